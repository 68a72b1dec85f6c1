package io.mixgraph.render;

import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.Dither;
import io.mixgraph.audio.SampleEncoding;
import io.mixgraph.model.FileFormat;
import java.util.List;
import java.util.Objects;

/**
 * A file that a render will write.
 *
 * @param id the bus's id, {@code master}, {@code pre_master}, {@code residual}, or the deliverable's
 * @param kind what it is
 * @param path where, relative to the output folder, with forward slashes
 * @param format rate and channels
 * @param file container, encoding, dither and bit rate, with nothing left open
 * @param frames its exact length
 * @param bytes its exact size; of a compressed file, about the most that it can take
 * @param inSum whether it is one of the stems that sum to the master's input, or to the master
 * @param streams the names of the stems that a {@link FileFormat.Container#STEM_MP4} holds beside the mix; empty
 *     otherwise
 */
public record PlannedFile(
        String id,
        Kind kind,
        String path,
        AudioFormat format,
        FileFormat file,
        long frames,
        long bytes,
        boolean inSum,
        List<String> streams) {

    public PlannedFile {
        Objects.requireNonNull(file.encoding(), "encoding");
        Objects.requireNonNull(file.dither(), "dither");
        streams = List.copyOf(streams);
    }

    /** The same with samples that are stored as floats. */
    PlannedFile ofFloats() {
        FileFormat floats = FileFormat.DEFAULT.resolved(SampleEncoding.FLOAT32);
        return new PlannedFile(id, kind, path, format, floats, frames, bytes, inSum, streams);
    }

    /** How samples are stored, or handed to the encoder. */
    public SampleEncoding encoding() {
        return Objects.requireNonNull(file.encoding());
    }

    /** What is added before rounding. */
    public Dither dither() {
        return Objects.requireNonNull(file.dither());
    }

    /** What a file is. */
    public enum Kind {
        AUDIO_MASTER,
        AUDIO_PRE_MASTER,
        AUDIO_BUS_STEM,
        AUDIO_DELIVERABLE;

        /**
         * Whether files of this kind go out on their own and so say what they are, by tags and, as WAV, their loudness;
         * others are parts, and say their id.
         */
        public boolean describesItself() {
            return this == AUDIO_MASTER || this == AUDIO_DELIVERABLE;
        }
    }
}
