package io.mixgraph.model;

import io.mixgraph.audio.Dither;
import io.mixgraph.audio.SampleEncoding;
import io.mixgraph.fx.Parameter;
import org.jspecify.annotations.Nullable;

/** The format of a file that is written. What is null follows from the container and from what the file is. */
public record FileFormat(
        @Parameter(doc = "The container.", absent = "wav") Container format,

        @Parameter(
                doc = "How samples are stored; when absent, as much as the container holds: float32 for stems and what"
                        + " is made of them, pcm24 for the master.")
        @Nullable
        SampleEncoding encoding,

        @Parameter(doc = "What is added before rounding to integers; tpdf for pcm16, none for pcm24 when absent.")
        @Nullable
        Dither dither,

        @Parameter(
                doc = "Bit rate in kbit/s of mp3 (320 when absent), aac (256) and opus (192); for each stream of a"
                        + " stem_mp4 (256).",
                min = 8,
                max = 640)
        @Nullable
        Integer bitrateKbps) {
    /** Whatever follows from what the file is. */
    public static final FileFormat DEFAULT = new FileFormat(Container.WAV, null, null, null);

    public FileFormat {
        format = format == null ? Container.WAV : format;
    }

    /** A WAV file of such samples. */
    public static FileFormat wav(SampleEncoding encoding) {
        return new FileFormat(Container.WAV, encoding, null, null);
    }

    /**
     * The same with nothing left open.
     *
     * @param preferred the encoding when none is written
     */
    public FileFormat resolved(SampleEncoding preferred) {
        SampleEncoding samples = encoding;
        if (samples == null && format.lossy()) {
            samples = SampleEncoding.FLOAT32;
        } else if (samples == null) {
            samples = format.holds(preferred) ? preferred : SampleEncoding.PCM24;
        }
        Dither chosen = dither;
        if (chosen == null) {
            chosen = samples == SampleEncoding.PCM16 ? Dither.TPDF : Dither.NONE;
        }
        Integer bitrate = bitrateKbps;
        if (bitrate == null && format.lossy()) {
            bitrate = format.defaultBitrateKbps;
        }
        return new FileFormat(format, samples, chosen, bitrate);
    }

    /** Containers that can be written. */
    public enum Container {
        /** RIFF WAVE; RF64 by itself past 4 GiB. */
        WAV("wav", true, true, 0),
        /** RF64 whatever the size (EBU Tech 3306). */
        RF64("wav", true, true, 0),
        /** Free Lossless Audio Codec. */
        FLAC("flac", true, false, 0),
        /** Apple Lossless in MP4. */
        ALAC("m4a", true, false, 0),
        /** MPEG-1 Layer III. */
        MP3("mp3", false, true, 320),
        /** AAC Low Complexity in MP4. */
        AAC("m4a", false, true, 256),
        /** Opus in Ogg. */
        OPUS("opus", false, true, 192),
        /**
         * One mix and four stems in MP4, for DJ software: AAC, or Apple Lossless when the encoding is pcm16 or pcm24.
         */
        STEM_MP4("stem.mp4", true, true, 256);

        private final String extension;
        private final boolean integers;
        private final boolean floats;
        private final int defaultBitrateKbps;

        Container(String extension, boolean integers, boolean floats, int defaultBitrateKbps) {
            this.extension = extension;
            this.integers = integers;
            this.floats = floats;
            this.defaultBitrateKbps = defaultBitrateKbps;
        }

        /** What file names end in, without the dot. */
        public String extension() {
            return extension;
        }

        /** Whether it can hold such samples; a lossy codec is handed floats. */
        public boolean holds(SampleEncoding encoding) {
            return encoding.integer() ? integers : floats;
        }

        /** Whether it has a bit rate to be chosen, and what comes back may differ from what went in. */
        public boolean lossy() {
            return defaultBitrateKbps > 0;
        }

        /** Whether the engine writes it itself. */
        public boolean wave() {
            return this == WAV || this == RF64;
        }
    }
}
