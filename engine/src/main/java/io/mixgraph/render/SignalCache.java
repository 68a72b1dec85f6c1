package io.mixgraph.render;

import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.Findings;
import io.mixgraph.audio.FrameSink;
import io.mixgraph.audio.FrameSource;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What buses handed on in earlier renders, each signal under a digest of everything that decides it. Samples are 32-bit
 * floats. A cache never fails a render: what it cannot keep is not kept, what it cannot give whole it does not have.
 * Safe for use by many threads and by many processes.
 */
public interface SignalCache {
    /** Has nothing and keeps nothing. */
    SignalCache NONE = new SignalCache() {
        @Override
        public boolean has(String digest) {
            return false;
        }

        @Override
        public @Nullable Recalled open(String digest) {
            return null;
        }

        @Override
        public @Nullable Keeping keep(String digest, AudioFormat format, long frames) {
            return null;
        }
    };

    /** Whether a signal seems to be there, without reading it: for plans. */
    boolean has(String digest);

    /**
     * Opens a signal that was kept, all of it found undamaged; null when there is none. The caller closes it.
     *
     * @param digest in lower-case hexadecimal
     */
    @Nullable
    Recalled open(String digest);

    /**
     * Starts to keep a signal; null when that is of no use, because it is there already or nothing can be kept.
     *
     * @param digest in lower-case hexadecimal
     * @param frames how long it is, exactly
     */
    @Nullable
    Keeping keep(String digest, AudioFormat format, long frames);

    /** A signal that was kept. */
    interface Recalled extends FrameSource {
        /** How long it is. */
        long frames();

        /** What was found of each recording it was made of, by {@link io.mixgraph.audio.AudioSource#digest}. */
        Map<String, Findings> recordings();
    }

    /** A signal being kept. Writing does not fail: when it cannot go on, the signal is given up silently. */
    interface Keeping extends FrameSink {
        /**
         * Says that all its frames were written, so that {@link #close} keeps it; without this, close gives it up.
         *
         * @param recordings what was found of each recording it was made of, by their digests
         */
        void whole(Map<String, Findings> recordings);

        @Override
        void close() throws IOException;
    }
}
