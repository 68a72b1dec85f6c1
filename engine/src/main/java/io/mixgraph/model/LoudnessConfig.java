package io.mixgraph.model;

import io.mixgraph.fx.Parameter;
import org.jspecify.annotations.Nullable;

/** The loudness the master is to have, as written: a target in figures, or the name of a published one. */
public record LoudnessConfig(
        @Parameter(
                doc =
                        "A published target by name (spotify, ebu_r128@1, …), in place of target_lufs; none for no target.")
        @Nullable
        String preset,

        @Parameter(doc = "Integrated loudness to reach.", min = -70, max = 0) @Nullable
        Double targetLufs,

        @Parameter(doc = "The limiter's ceiling in dBTP; -1 when absent.", min = -60, max = 0) @Nullable
        Double truePeakDb,

        @Parameter(doc = "What to do when peaks are in the way.", absent = "limit")
        LoudnessMode mode,

        @Parameter(
                doc = "With mode: limit, the most that the limiter may take away; any amount when absent. 0 is as"
                        + " hold_back.",
                min = 0,
                max = 60)
        @Nullable
        Double maxReductionDb) {

    public LoudnessConfig {
        mode = mode == null ? LoudnessMode.LIMIT : mode;
    }

    /** Whether there may be a target: the preset {@code none} is none. */
    boolean wanted() {
        return preset == null
                || !Roles.normalise(preset).replaceFirst("@.*", "").equals("none");
    }

    /** A target in LUFS under a ceiling in dBTP, with the limiter. */
    public static LoudnessConfig of(double targetLufs, double truePeakDb) {
        return new LoudnessConfig(null, targetLufs, truePeakDb, LoudnessMode.LIMIT, null);
    }
}
