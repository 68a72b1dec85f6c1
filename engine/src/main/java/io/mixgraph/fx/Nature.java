package io.mixgraph.fx;

/** What an effect does to a sum of signals, which decides how stems can pass it. */
public enum Nature {
    /** No detector: the output is a linear function of MAIN (equaliser, delay, reverb). */
    LINEAR,
    /** A detector makes control curves; given the curves, the output is linear in MAIN (compressor, gate, limiter). */
    CONTROLLED,
    /** Anything else (saturation). */
    NONLINEAR
}
