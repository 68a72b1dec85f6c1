package io.mixgraph.model;

/** How a curve goes from a point to the next. */
public enum CurveShape {
    /** In a straight line, in the parameter's unit. */
    LINEAR,
    /** Not at all, until it jumps. */
    HOLD
}
