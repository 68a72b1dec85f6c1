package io.mixgraph.model;

/** What a strip makes of its two input channels before its effects. A mono signal stays as it is. */
public enum InputMode {
    /** Left and right as they are. */
    STEREO,
    /** Half the sum of both on both sides. */
    MONO_SUM,
    /** The channels are mid and side: left is their sum, right their difference. */
    MID_SIDE,
    /** Left on both sides. */
    LEFT,
    /** Right on both sides. */
    RIGHT,
    /** Left and right change places. */
    SWAPPED
}
