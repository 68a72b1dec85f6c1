package io.mixgraph.model;

/** How the loudness gain is chosen. */
public enum LoudnessMode {
    /** The gain that makes the finished file meet the target, the limiter working as it must. */
    LIMIT,
    /** The gain is held so that the limiter stays idle, even if the target is not reached. */
    HOLD_BACK,
    /** Measure and report only; the gain is 0 dB. */
    OFF
}
