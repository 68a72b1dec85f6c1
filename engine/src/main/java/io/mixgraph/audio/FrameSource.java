package io.mixgraph.audio;

import java.io.Closeable;
import java.io.IOException;

/** A stream of frames, read once from front to back by one thread at a time. */
public interface FrameSource extends Closeable {
    AudioFormat format();

    /**
     * Fills {@code block} from index 0 with the next frames.
     *
     * @param block the caller's, with as many channels as {@link #format()}; written only up to the returned count
     * @param frames how many are wanted, 1 to {@code block.capacity()}
     * @return how many were read: exactly {@code frames} unless the stream ended, then fewer, and 0 from then on
     * @throws IOException naming the file and the frame at which reading failed
     */
    int read(AudioBlock block, int frames) throws IOException;

    /**
     * What this stream has shown of its recording so far, by the frames that it read and no others; whole once it has
     * given its last frame or is closed.
     */
    default Findings findings() {
        return Findings.NONE;
    }
}
