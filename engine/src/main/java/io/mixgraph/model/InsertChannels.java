package io.mixgraph.model;

/** What of a stereo signal goes through an effect. On a mono signal, side and right are nothing, and the rest is it. */
public enum InsertChannels {
    /** All of it. */
    STEREO,
    /** Half the sum of left and right. */
    MID,
    /** Half their difference. */
    SIDE,
    LEFT,
    RIGHT
}
