package io.mixgraph.routing;

import io.mixgraph.fx.Limiter;
import io.mixgraph.model.LoudnessMode;
import org.jspecify.annotations.Nullable;

/**
 * What the master does after its effects: gain, then the loudness gain, then the limiter.
 *
 * @param gainDb the master's fader over the timeline
 * @param limiter the true-peak limiter, null when it is off
 * @param target the loudness to reach, null for none
 */
public record MasterFinish(
        Curve gainDb, @Nullable Limiter limiter, @Nullable Target target) {

    /** The same with another fader. */
    MasterFinish withGainDb(Curve newGainDb) {
        return new MasterFinish(newGainDb, limiter, target);
    }

    /**
     * A loudness to reach.
     *
     * @param lufs integrated loudness
     * @param truePeakDb the ceiling in dBTP
     * @param mode what to do when peaks are in the way
     * @param maxReductionDb with {@link LoudnessMode#LIMIT}, the most that the limiter may take away; null for any
     * @param preset {@code name@version} of the published target it is; null when it was given in figures
     * @param maxShortTermLufs above which short-term loudness the published target does not hold; null for none
     */
    public record Target(
            double lufs,
            double truePeakDb,
            LoudnessMode mode,
            @Nullable Double maxReductionDb,
            @Nullable String preset,
            @Nullable Double maxShortTermLufs) {

        /** A target in figures, the limiter free to take away what it must. */
        public static Target of(double lufs, double truePeakDb, LoudnessMode mode) {
            return new Target(lufs, truePeakDb, mode, null, null, null);
        }

        /** The same so much louder, under a ceiling so much higher. */
        public Target moved(double byLu, double ceilingByDb) {
            return new Target(lufs + byLu, truePeakDb + ceilingByDb, mode, maxReductionDb, preset, maxShortTermLufs);
        }
    }
}
