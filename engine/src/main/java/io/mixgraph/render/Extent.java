package io.mixgraph.render;

/**
 * What a file was given, counted while it was written.
 *
 * @param startFrame where on the timeline its first frame stands
 * @param frames how many it got
 * @param sampleRate at which rate
 */
record Extent(long startFrame, long frames, int sampleRate) {}
