package io.mixgraph.loudness;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.dsp.KWeightingFilter;
import java.util.Arrays;

/**
 * The K-weighted energy of a signal, summed over its channels by their weights (ITU-R BS.1770-5, Annex 1, equation 2).
 * Sums do not depend on how the signal is cut into blocks. Used by one thread at a time.
 */
public final class WeightedEnergy {
    private final double[] weights;

    /** The channels that count; the filters take them two by two. */
    private final int[] channels;

    private final KWeightingFilter[] filters;

    /**
     * @param format of the signal, any layout of known speakers
     * @throws IllegalArgumentException when the rate is below 8000 Hz
     */
    public WeightedEnergy(AudioFormat format) {
        weights = KWeighting.channelWeights(format.layout());
        int[] audible = new int[weights.length];
        int count = 0;
        for (int c = 0; c < weights.length; c++) {
            if (weights[c] > 0.0) {
                audible[count++] = c;
            }
        }
        channels = Arrays.copyOf(audible, count);
        filters = new KWeightingFilter[(count + 1) / 2];
        for (int i = 0; i < filters.length; i++) {
            filters[i] = KWeighting.filter(format.sampleRate());
        }
    }

    /** Adds {@code frames} frames of {@code block}, which stays the caller's, from index {@code from}. */
    public void add(AudioBlock block, int from, int frames) {
        for (int i = 0; i < filters.length; i++) {
            double[] first = block.channel(channels[2 * i]);
            if (2 * i + 1 < channels.length) {
                filters[i].addPair(first, block.channel(channels[2 * i + 1]), from, frames);
            } else {
                filters[i].addSingle(first, from, frames);
            }
        }
    }

    /** The weighted sum of squares since it was last taken, or since the start. */
    public double take() {
        double sum = 0.0;
        for (int i = 0; i < filters.length; i++) {
            sum += weights[channels[2 * i]] * filters[i].firstSquares();
            if (2 * i + 1 < channels.length) {
                sum += weights[channels[2 * i + 1]] * filters[i].secondSquares();
            }
            filters[i].clearSquares();
        }
        return sum;
    }
}
