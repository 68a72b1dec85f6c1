package io.mixgraph.audio;

/** What is added before samples are rounded to integers, so that the rounding is noise and not distortion. */
public enum Dither {
    /** Nothing: rounding to nearest. */
    NONE,
    /** Triangular noise of ±1 step: white, its level the same whatever the signal. */
    TPDF,
    /** Triangular noise whose error is moved to where hearing is least sensitive. */
    SHAPED
}
