package io.mixgraph.render;

import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.AudioSource;
import io.mixgraph.audio.FrameSink;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Where a render's files go. */
public interface RenderTarget {
    /**
     * Opens a file for writing. It will be given exactly {@code file.frames()} frames whose values its encoding holds
     * exactly, and closed.
     *
     * @throws IOException naming the file
     */
    FileSink open(PlannedFile file) throws IOException;

    /**
     * Makes room for a signal to be written once and then read in any order.
     *
     * @throws IOException when there is none
     */
    Spool spool(AudioFormat format, long frames) throws IOException;

    /** A file being written. */
    interface FileSink extends FrameSink {
        /** SHA-256 of the whole file in hexadecimal, after {@link #close}; null when it has no bytes of its own. */
        @Nullable
        String sha256();
    }

    /** A signal kept aside, in float64. */
    interface Spool extends Closeable {
        /** Takes the signal, once. */
        FrameSink sink();

        /** Gives it back, after the sink is closed. */
        AudioSource source();
    }
}
