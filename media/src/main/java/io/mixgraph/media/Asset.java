package io.mixgraph.media;

/**
 * A recording that a render played. The registry knows it by its content and does not keep its bytes.
 *
 * @param sha256 of its bytes, in lower-case hexadecimal: its id
 * @param name as the session that used it first wrote it
 * @param size its bytes
 * @param format the extension of its file, in lower case
 * @param frames its length at its own rate
 * @param sampleRate frames per second
 * @param channels of its sound
 */
public record Asset(String sha256, String name, long size, String format, long frames, int sampleRate, int channels) {}
