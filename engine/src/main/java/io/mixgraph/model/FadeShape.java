package io.mixgraph.model;

/** The curve of a fade, over its normalised time t from 0 (silent) to 1 (full). */
public enum FadeShape {
    /** Gain t: two crossed fades sum to unity gain, for material that is alike. */
    LINEAR,
    /** Gain sin(t·π/2): two crossed fades sum to unity power, for material that is not. */
    EQUAL_POWER
}
