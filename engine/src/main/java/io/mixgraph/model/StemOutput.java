package io.mixgraph.model;

import io.mixgraph.audio.SampleEncoding;
import io.mixgraph.fx.Inline;
import io.mixgraph.fx.Parameter;

/** How stems are written; {@code stems: false} is {@link #NONE}. */
public record StemOutput(
        @Parameter(doc = "Whether there are any; false is written `stems: false`.", absent = "true")
        boolean enabled,

        @Parameter(doc = "Where stems are taken.", absent = "pre_master")
        StemTap tap,

        @Inline FileFormat file,

        @Parameter(doc = "One gain for all stems, in the certificate.", min = -144, max = 60, absent = "0")
        double gainDb,

        @Parameter(doc = "Whether buses that feed another bus have a stem too, marked in_sum: false.", absent = "false")
        boolean nested) {
    public static final StemOutput DEFAULT = new StemOutput(true, StemTap.PRE_MASTER, FileFormat.DEFAULT, 0, false);
    public static final StemOutput NONE = new StemOutput(false, StemTap.PRE_MASTER, FileFormat.DEFAULT, 0, false);

    public StemOutput {
        tap = tap == null ? StemTap.PRE_MASTER : tap;
        file = file == null ? FileFormat.DEFAULT : file;
    }

    /** These stems in another encoding. */
    public StemOutput withEncoding(SampleEncoding newEncoding) {
        return withFile(new FileFormat(file.format(), newEncoding, file.dither(), file.bitrateKbps()));
    }

    /** These stems in another format. */
    public StemOutput withFile(FileFormat newFile) {
        return new StemOutput(enabled, tap, newFile, gainDb, nested);
    }

    /** Stems taken at a tap, whether or not there were any: only those that are summed. */
    public StemOutput on(StemTap newTap) {
        return new StemOutput(true, newTap, file, gainDb, false);
    }

    /** These stems, taken elsewhere. */
    public StemOutput withTap(StemTap newTap) {
        return new StemOutput(enabled, newTap, file, gainDb, nested);
    }
}
