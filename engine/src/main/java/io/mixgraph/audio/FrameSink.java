package io.mixgraph.audio;

import java.io.Closeable;
import java.io.IOException;

/** Takes a stream of frames, from front to back, from one thread at a time. */
public interface FrameSink extends Closeable {
    /**
     * Takes the first {@code frames} frames of {@code block}, which stays the caller's and is not kept.
     *
     * @throws IOException naming the file and the frame at which writing failed
     */
    void write(AudioBlock block, int frames) throws IOException;

    /** Ends the stream. What was written is whole only once this has returned. Closing twice is harmless. */
    @Override
    void close() throws IOException;
}
