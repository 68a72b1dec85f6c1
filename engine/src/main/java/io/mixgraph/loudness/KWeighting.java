package io.mixgraph.loudness;

import io.mixgraph.audio.ChannelLayout;
import io.mixgraph.audio.Speaker;
import io.mixgraph.dsp.KWeightingDesign;
import io.mixgraph.dsp.KWeightingFilter;

/**
 * The weighting of ITU-R BS.1770-5, Annex 1: a high shelf for the head and a high-pass, which {@link KWeightingDesign}
 * designs, and a factor per channel.
 */
final class KWeighting {
    /** The lowest sample rate at which loudness can be measured. */
    static final int MIN_SAMPLE_RATE = KWeightingDesign.MIN_SAMPLE_RATE;

    private static final double SURROUND_WEIGHT = 1.41;

    private KWeighting() {}

    /**
     * A fresh filter, for one channel or two.
     *
     * @throws IllegalArgumentException when the rate is below {@link #MIN_SAMPLE_RATE}
     */
    static KWeightingFilter filter(int sampleRate) {
        return KWeightingDesign.filter(sampleRate);
    }

    /** The shelf's b0, b1, b2, a1, a2 at a sample rate. */
    static double[] shelf(int sampleRate) {
        return KWeightingDesign.shelf(sampleRate);
    }

    /** The high-pass's b0, b1, b2, a1, a2 at a sample rate. */
    static double[] highPass(int sampleRate) {
        return KWeightingDesign.highPass(sampleRate);
    }

    /**
     * The factor of each channel's mean square (ITU-R BS.1770-5, Annex 1, Tables 3 and 4): 1.41 for loudspeakers 60° to
     * 120° to the side, 0 for low-frequency effects, 1 for all others. Back left and right are the surrounds of a
     * layout without sides, at 110°; beside sides they stand at 135° to 150° and count 1.
     */
    static double[] channelWeights(ChannelLayout layout) {
        boolean sides = layout.speakers().contains(Speaker.SIDE_LEFT)
                || layout.speakers().contains(Speaker.SIDE_RIGHT);
        double[] weights = new double[layout.channels()];
        for (int c = 0; c < weights.length; c++) {
            weights[c] = switch (layout.speakers().get(c)) {
                case LOW_FREQUENCY -> 0.0;
                case SIDE_LEFT, SIDE_RIGHT -> SURROUND_WEIGHT;
                case BACK_LEFT, BACK_RIGHT -> sides ? 1.0 : SURROUND_WEIGHT;
                default -> 1.0;
            };
        }
        return weights;
    }
}
