package io.mixgraph.model;

import io.mixgraph.audio.SampleEncoding;
import io.mixgraph.fx.Parameter;

/** How stems are written; {@code stems: false} is {@link #NONE}. */
public record StemOutput(
        @Parameter(doc = "Whether there are any; false is written `stems: false`.", absent = "true")
        boolean enabled,

        @Parameter(doc = "Where stems are taken.", absent = "pre_master")
        StemTap tap,

        @Parameter(doc = "The container.", absent = "wav") FileFormat.Container format,

        @Parameter(doc = "How samples are stored.", absent = "float32")
        SampleEncoding encoding,

        @Parameter(doc = "One gain for all stems, in the certificate.", min = -144, max = 60, absent = "0")
        double gainDb,

        @Parameter(doc = "Whether buses that feed another bus have a stem too, marked in_sum: false.", absent = "false")
        boolean nested) {
    public static final StemOutput DEFAULT =
            new StemOutput(true, StemTap.PRE_MASTER, FileFormat.Container.WAV, SampleEncoding.FLOAT32, 0, false);
    public static final StemOutput NONE =
            new StemOutput(false, StemTap.PRE_MASTER, FileFormat.Container.WAV, SampleEncoding.FLOAT32, 0, false);

    public StemOutput {
        tap = tap == null ? StemTap.PRE_MASTER : tap;
        format = format == null ? FileFormat.Container.WAV : format;
        encoding = encoding == null ? SampleEncoding.FLOAT32 : encoding;
    }

    /** These stems in another encoding. */
    public StemOutput withEncoding(SampleEncoding newEncoding) {
        return new StemOutput(enabled, tap, format, newEncoding, gainDb, nested);
    }

    /** Where a stem is taken. */
    public enum StemTap {
        /** What the bus hands to the master: the stems sum to the master's input. */
        PRE_MASTER
    }
}
