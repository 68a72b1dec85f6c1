package io.mixgraph.audio;

import java.io.IOException;

/**
 * A recording that can be opened any number of times, also at once: a file, a buffer, a generator. Safe for use by many
 * threads.
 */
public interface AudioSource {
    /** What to call it in messages: usually its path as the user wrote it. */
    String name();

    AudioFormat format();

    /** Its exact length in frames at its own rate, 0 or more. */
    long frames();

    /**
     * Opens it at a frame; every stream so opened gives the same samples for the same frames.
     *
     * @param firstFrame 0 to {@link #frames()}
     * @return a stream whose first frame is {@code firstFrame}; the caller closes it
     * @throws IOException naming the file when it cannot be opened
     */
    FrameSource open(long firstFrame) throws IOException;
}
