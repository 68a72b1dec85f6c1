package io.mixgraph.loudness;

import io.mixgraph.audio.Decibels;
import java.util.Arrays;

/**
 * Loudness from hop energies: the weighted mean squares of consecutive 100 ms, one number each. Pure functions; the
 * meter and the search for the loudness gain share them. Undefined levels are negative infinity.
 */
public final class Gating {
    /** Hops in a gating block or momentary window of 400 ms; blocks overlap by three of them. */
    static final int BLOCK_HOPS = 4;

    /** Hops in a short-term window of 3 s. */
    static final int SHORT_TERM_HOPS = 30;

    private static final double OFFSET_LU = -0.691;
    /** What is not louder than this is not measured (ITU-R BS.1770-5, Annex 1). */
    public static final double ABSOLUTE_GATE_LUFS = -70.0;
    /** The relative gate, against what passes the absolute one (likewise). */
    public static final double INTEGRATED_GATE_LU = -10.0;

    private static final double RANGE_GATE_LU = -20.0;

    private Gating() {}

    /** The loudness of a weighted mean square: −0.691 + 10·log10 (ITU-R BS.1770-5, Annex 1, equation 2). */
    public static double lufs(double meanSquare) {
        return OFFSET_LU + Decibels.fromPower(meanSquare);
    }

    /** The weighted mean square of a loudness. */
    static double meanSquare(double lufs) {
        return StrictMath.pow(10.0, (lufs - OFFSET_LU) / 10.0);
    }

    /**
     * The integrated loudness (ITU-R BS.1770-5, Annex 1, equations 4 to 7): blocks of 400 ms at every 100 ms, absolute
     * gate at −70 LUFS, relative gate 10 LU below what passes it.
     *
     * @param hops hop energies
     * @param count how many of them count
     */
    public static double integrated(double[] hops, int count) {
        double absolute = meanSquare(ABSOLUTE_GATE_LUFS);
        double relative = meanAbove(hops, count, BLOCK_HOPS, absolute) * gain(INTEGRATED_GATE_LU);
        return lufs(meanAbove(hops, count, BLOCK_HOPS, Math.max(absolute, relative)));
    }

    /** The energies of all blocks of 400 ms, at every 100 ms: the means of their hops. */
    public static double[] blocks(double[] hops) {
        double[] blocks = new double[Math.max(0, hops.length - BLOCK_HOPS + 1)];
        for (int i = 0; i < blocks.length; i++) {
            blocks[i] = mean(hops, i, BLOCK_HOPS);
        }
        return blocks;
    }

    /** The integrated loudness of these blocks, of one signal or of several, gated together. */
    public static double integratedOf(double[] blocks) {
        double absolute = meanSquare(ABSOLUTE_GATE_LUFS);
        double relative = meanAbove(blocks, blocks.length, 1, absolute) * gain(INTEGRATED_GATE_LU);
        return lufs(meanAbove(blocks, blocks.length, 1, Math.max(absolute, relative)));
    }

    /**
     * The highest that {@link #integratedOf} can be when the energy of every block is in its range.
     *
     * @param low the least energy of each block
     * @param high the most, not less
     */
    public static double highestIntegrated(double[] low, double[] high) {
        double absolute = meanSquare(ABSOLUTE_GATE_LUFS);
        double lowGate = Math.max(absolute, lowestMean(low, high, absolute, absolute) * gain(INTEGRATED_GATE_LU));
        double highGate = Math.max(absolute, highestMean(low, high, absolute, absolute) * gain(INTEGRATED_GATE_LU));
        return lufs(highestMean(low, high, lowGate, highGate));
    }

    /** The lowest that {@link #integratedOf} can be, likewise; negative infinity when no block may pass. */
    public static double lowestIntegrated(double[] low, double[] high) {
        double absolute = meanSquare(ABSOLUTE_GATE_LUFS);
        double lowGate = Math.max(absolute, lowestMean(low, high, absolute, absolute) * gain(INTEGRATED_GATE_LU));
        double highGate = Math.max(absolute, highestMean(low, high, absolute, absolute) * gain(INTEGRATED_GATE_LU));
        return lufs(lowestMean(low, high, lowGate, highGate));
    }

    /**
     * The highest mean above a gate that is in a range: of all blocks that are above it for certain, and of those
     * others that may be and raise the mean. Each round leaves out what the last one found too low (W. Dinkelbach, “On
     * nonlinear fractional programming”, Management Science 13, 1967).
     */
    private static double highestMean(double[] low, double[] high, double lowGate, double highGate) {
        double mean = 0.0;
        while (true) {
            double sum = 0.0;
            long n = 0;
            for (int i = 0; i < low.length; i++) {
                if (low[i] > highGate || (high[i] > lowGate && high[i] > mean)) {
                    sum += high[i];
                    n++;
                }
            }
            double next = n == 0 ? 0.0 : sum / n;
            if (next <= mean) {
                return mean;
            }
            mean = next;
        }
    }

    /** The lowest, likewise; 0 when it is not certain of any block that it passes. */
    private static double lowestMean(double[] low, double[] high, double lowGate, double highGate) {
        double mean = Double.POSITIVE_INFINITY;
        while (true) {
            double sum = 0.0;
            long n = 0;
            boolean certain = false;
            for (int i = 0; i < low.length; i++) {
                double least = Math.max(low[i], lowGate);
                if (low[i] > highGate || (high[i] > lowGate && least < mean)) {
                    certain |= low[i] > highGate;
                    sum += least;
                    n++;
                }
            }
            double next = certain ? sum / n : 0.0;
            if (next >= mean || next == 0.0) {
                return Math.min(mean, next);
            }
            mean = next;
        }
    }

    /** The relative gate of {@link #integrated}. */
    public static double threshold(double[] hops, int count) {
        return lufs(meanAbove(hops, count, BLOCK_HOPS, meanSquare(ABSOLUTE_GATE_LUFS)) * gain(INTEGRATED_GATE_LU));
    }

    /**
     * The loudness range in LU (EBU Tech 3342): short-term loudness at every 100 ms, absolute gate at −70 LUFS,
     * relative gate 20 LU below what passes it, from the 10th to the 95th percentile; 0 when nothing passes.
     */
    public static double range(double[] hops, int count) {
        double absolute = meanSquare(ABSOLUTE_GATE_LUFS);
        double gate = Math.max(absolute, meanAbove(hops, count, SHORT_TERM_HOPS, absolute) * gain(RANGE_GATE_LU));
        double[] passing = new double[Math.max(0, count - SHORT_TERM_HOPS + 1)];
        int n = 0;
        for (int i = 0; i + SHORT_TERM_HOPS <= count; i++) {
            double energy = mean(hops, i, SHORT_TERM_HOPS);
            if (energy > gate) {
                passing[n++] = energy;
            }
        }
        if (n == 0) {
            return 0.0;
        }
        Arrays.sort(passing, 0, n);
        return lufs(passing[percentile(n, 95)]) - lufs(passing[percentile(n, 10)]);
    }

    /** The index of a percentile among n sorted values, to the nearest (EBU Tech 3342, section 3). */
    private static int percentile(int n, int percent) {
        return (int) (((long) (n - 1) * percent * 2 + 100) / 200);
    }

    /** The mean energy of the windows above a gate; 0 when there is none. */
    private static double meanAbove(double[] hops, int count, int windowHops, double gate) {
        double sum = 0.0;
        long n = 0;
        for (int i = 0; i + windowHops <= count; i++) {
            double energy = mean(hops, i, windowHops);
            if (energy > gate) {
                sum += energy;
                n++;
            }
        }
        return n == 0 ? 0.0 : sum / n;
    }

    private static double mean(double[] hops, int from, int count) {
        double sum = 0.0;
        for (int i = from; i < from + count; i++) {
            sum += hops[i];
        }
        return sum / count;
    }

    private static double gain(double lu) {
        return StrictMath.pow(10.0, lu / 10.0);
    }
}
