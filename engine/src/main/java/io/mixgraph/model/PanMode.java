package io.mixgraph.model;

/** What a pan does to a stereo signal. */
public enum PanMode {
    /** One knob: the near side stays, the far side falls. */
    BALANCE,
    /** Two knobs: left and right are each placed like a mono signal. */
    DUAL
}
