package io.mixgraph.audio;

import java.util.ArrayList;
import java.util.List;

/**
 * What each channel of a signal is, in channel order. Mixing knows {@link #MONO} and {@link #STEREO}; the wider layouts
 * exist to be measured and to be refused by name.
 *
 * @param speakers one position per channel, 1 to 64 of them
 */
public record ChannelLayout(List<Speaker> speakers) {
    public static final ChannelLayout MONO = new ChannelLayout(List.of(Speaker.FRONT_CENTER));
    public static final ChannelLayout STEREO = new ChannelLayout(List.of(Speaker.FRONT_LEFT, Speaker.FRONT_RIGHT));

    public ChannelLayout {
        speakers = List.copyOf(speakers);
        if (speakers.isEmpty() || speakers.size() > 64) {
            throw new IllegalArgumentException("a layout has 1 to 64 channels, not " + speakers.size());
        }
    }

    /** The number of channels. */
    public int channels() {
        return speakers.size();
    }

    /**
     * The layout that {@code channels} channels have when nothing says otherwise: mono, stereo, L R C, quad, L R C Ls
     * Rs, 5.1, 6.1, 7.1 in the order of ITU-R BS.775 and the WAVE mask.
     *
     * @throws IllegalArgumentException when there is no such convention (0 or more than 8 channels)
     */
    public static ChannelLayout ofCount(int channels) {
        return switch (channels) {
            case 1 -> MONO;
            case 2 -> STEREO;
            case 3 -> ofMask(0x7, 3);
            case 4 -> ofMask(0x33, 4);
            case 5 ->
                new ChannelLayout(List.of(
                        Speaker.FRONT_LEFT,
                        Speaker.FRONT_RIGHT,
                        Speaker.FRONT_CENTER,
                        Speaker.SIDE_LEFT,
                        Speaker.SIDE_RIGHT));
            case 6 -> ofMask(0x60F, 6);
            case 7 -> ofMask(0x70F, 7);
            case 8 -> ofMask(0x63F, 8);
            default -> throw new IllegalArgumentException("no standard layout has " + channels + " channels");
        };
    }

    /**
     * The layout that a WAVE channel mask names. A mask that does not name exactly {@code channels} known positions
     * falls back to {@link #ofCount}; a mono mask of any position is {@link #MONO}.
     */
    public static ChannelLayout ofMask(int mask, int channels) {
        if (channels == 1) {
            return MONO;
        }
        List<Speaker> speakers = new ArrayList<>();
        for (Speaker speaker : Speaker.values()) {
            if ((mask & speaker.maskBit()) != 0) {
                speakers.add(speaker);
            }
        }
        return speakers.size() == channels && Integer.bitCount(mask) == channels
                ? new ChannelLayout(speakers)
                : ofCount(channels);
    }

    /** The WAVE channel mask of this layout. */
    public int mask() {
        int mask = 0;
        for (Speaker speaker : speakers) {
            mask |= speaker.maskBit();
        }
        return mask;
    }
}
