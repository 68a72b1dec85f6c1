package io.mixgraph.render;

/** What bound the loudness of a finished file. */
public enum Binding {
    /** Nothing was asked for. */
    NONE,
    /** The target is met. */
    TARGET,
    /** Peaks are in the way: no gain meets the target under the ceiling, or the gain was held back. */
    TRUE_PEAK,
    /** More gain would have the limiter take away more than it may. */
    MAX_REDUCTION,
    /** The highest gain that is tried does not raise it to the target. */
    MAX_GAIN,
    /** There is nothing to measure, and no gain changes that. */
    SILENCE
}
