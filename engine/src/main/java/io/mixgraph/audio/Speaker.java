package io.mixgraph.audio;

/**
 * A loudspeaker position, in the bit order of {@code dwChannelMask} (WAVE_FORMAT_EXTENSIBLE): the ordinal of a constant
 * is its bit.
 */
public enum Speaker {
    FRONT_LEFT,
    FRONT_RIGHT,
    FRONT_CENTER,
    LOW_FREQUENCY,
    BACK_LEFT,
    BACK_RIGHT,
    FRONT_LEFT_OF_CENTER,
    FRONT_RIGHT_OF_CENTER,
    BACK_CENTER,
    SIDE_LEFT,
    SIDE_RIGHT;

    /** The bit of this position in a channel mask. */
    public int maskBit() {
        return 1 << ordinal();
    }
}
