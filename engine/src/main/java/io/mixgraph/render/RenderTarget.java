package io.mixgraph.render;

import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.AudioSource;
import io.mixgraph.audio.FrameSink;
import io.mixgraph.loudness.Loudness;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Where a render's files go. */
public interface RenderTarget {
    /**
     * Opens a file for writing. It will be given exactly {@code file.frames()} frames whose values its encoding holds
     * exactly, settled and closed; or it is closed before, and given up.
     *
     * @throws IOException naming the file
     */
    FileSink open(PlannedFile file) throws IOException;

    /**
     * What was reported of a file that is there already, just as it would be written; null when there is none. Then it
     * stays, and is not opened.
     *
     * @param content the digest of everything that decides its bytes, in lower-case hexadecimal
     */
    default RenderReport.@Nullable FileReport finished(PlannedFile file, String content) {
        return null;
    }

    /**
     * Hears of a file that is finished, for {@link #finished}.
     *
     * @param content as there
     */
    default void made(String content, RenderReport.FileReport report) {}

    /**
     * Makes room for a signal to be written once and then read in any order.
     *
     * @throws IOException when there is none
     */
    Spool spool(AudioFormat format, long frames) throws IOException;

    /** A file being written. */
    interface FileSink extends FrameSink {
        /** SHA-256 of the whole file in hexadecimal, once it is settled; null when it has no bytes of its own. */
        @Nullable
        String sha256();

        /**
         * What was measured on the samples it was given, for files that say so of themselves; called once, after the
         * last frame and before {@link #settle}.
         */
        default void measured(Loudness loudness) {}

        /**
         * Does a piece of what is to be done once the last frame is there, such as reading the file once more for its
         * digest: little enough that nobody waits for it. Called again and again until nothing is left; before that the
         * file is not whole, and {@link #close} gives it up.
         *
         * @return about how many bytes are still to be gone through, never more than before; 0 when nothing is left
         * @throws IOException naming the file
         */
        default long settle() throws IOException {
            return 0;
        }

        /** What an encoder made of it, once it is settled; null when the file holds the samples as they are. */
        default @Nullable Encoded encoded() {
            return null;
        }
    }

    /**
     * What an encoder made of a file.
     *
     * @param encoder the codec and the library that ran it, as it names itself
     * @param delayFrames how many frames a decoder puts before the first one unless it heeds the file, which declares
     *     them
     * @param pcmSha256 SHA-256 of the samples handed to the encoder, little-endian, interleaved, in the planned
     *     encoding
     * @param decodedTruePeakDbtp the true peak of what the file decodes to; NaN for a lossless one, whose samples are
     *     those handed over
     */
    record Encoded(String encoder, int delayFrames, String pcmSha256, double decodedTruePeakDbtp) {}

    /** A signal kept aside, in float64. */
    interface Spool extends Closeable {
        /** Takes the signal, once. */
        FrameSink sink();

        /** Gives it back, after the sink is closed. */
        AudioSource source();
    }
}
