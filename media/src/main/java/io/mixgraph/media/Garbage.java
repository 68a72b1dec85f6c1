package io.mixgraph.media;

/**
 * What collecting freed.
 *
 * @param objects how many objects that no artifact needs were deleted
 * @param bytes how much they took
 */
public record Garbage(long objects, long bytes) {}
