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
     */
    public record Target(double lufs, double truePeakDb, LoudnessMode mode) {}
}
