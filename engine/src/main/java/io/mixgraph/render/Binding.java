package io.mixgraph.render;

/** What bound the loudness of a finished file. */
public enum Binding {
    /** Nothing was asked for. */
    NONE,
    /** The target is met. */
    TARGET,
    /** Peaks are in the way: no gain meets the target under the ceiling, or the gain was held back. */
    TRUE_PEAK,
    /** There is nothing to measure. */
    SILENCE
}
