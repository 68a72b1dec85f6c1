package io.mixgraph.dsp;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The interpolation filters of a true-peak meter: Kaiser-windowed sincs (J. F. Kaiser, “Nonrecursive digital filter
 * design using the I0-sinh window function”, IEEE ISCAS 1974) in polyphase branches, each summing to one, so that a
 * constant is read exactly.
 *
 * <p>The fine filter has {@value #TAPS} taps per branch and is cut off at half the sample rate: it passes up to 0.48 of
 * the rate within 0.02 dB and rejects images above 0.52 of it by 54 dB. It reads 16 points per frame, or as many more
 * as make 192 kHz (ITU-R BS.1770-5, Annex 2), but only where they can matter. The coarse filter has
 * {@value #COARSE_TAPS} taps and reads 4 points per frame, 2 from 88.2 kHz up, to find those places; it is cut off
 * higher, so that it errs upwards.
 */
final class TruePeakDesign {
    /** Taps of a branch of the fine filter. */
    static final int TAPS = 96;

    /** Taps of a branch of the coarse filter. */
    static final int COARSE_TAPS = 12;

    private static final double KAISER_BETA = 5.0;
    private static final double COARSE_KAISER_BETA = 3.4;
    private static final double COARSE_CUTOFF = 1.1;
    private static final int TWICE_FROM_RATE = 88_200;
    private static final int LOWEST_RATE_OF_FINE_GRID = 192_000;

    /** How low the coarse filter may read a peak, as a factor. */
    private static final double COARSE_DROOP = 0.7;

    /** Coarse points per frame. */
    final int coarse;
    /** Fine points per frame, a multiple of {@link #coarse}. */
    final int fine;
    /** {@code branches[q][k]} weighs the k-th of the taps for the point q/fine of the way to the next frame. */
    final double[][] branches;
    /** The same for the coarse points, which lie (p + ½)/coarse of the way to the next frame. */
    final double[][] coarseBranches;
    /** The first half of the coarse filter half-way to the next frame; the second is its mirror. */
    final double[] midpoint;
    /** No midpoint is higher than the highest of the samples it is made of times this. */
    final double midpointBound;
    /** No fine point is higher than the highest sample times this. */
    final double bound;
    /**
     * A peak is at most its nearest coarse point divided by this. A band-limited signal whose highest magnitude is M is
     * at least M·cos(π/(2·coarse)) at the nearest coarse point (R. J. Duffin and A. C. Schaeffer, “Some properties of
     * functions of exponential type”, Bull. AMS 44, 1938).
     */
    final double coarseReach;
    /** The same of samples and midpoints alone, two per frame. */
    final double midpointReach;

    /** Every design that was asked for, by its points; there are but a few, and making one takes milliseconds. */
    private static final Map<List<Integer>, TruePeakDesign> DESIGNS = new ConcurrentHashMap<>();

    /** The filters for a sample rate; not to be written to. */
    static TruePeakDesign of(int sampleRate) {
        int coarse = sampleRate < TWICE_FROM_RATE ? 4 : 2;
        int fine = 16;
        while ((long) fine * sampleRate < LOWEST_RATE_OF_FINE_GRID) {
            fine *= 2;
        }
        return DESIGNS.computeIfAbsent(
                List.of(coarse, fine), points -> new TruePeakDesign(points.get(0), points.get(1)));
    }

    private TruePeakDesign(int coarse, int fine) {
        this.coarse = coarse;
        this.fine = fine;
        branches = new double[fine][TAPS];
        double largest = 1.0;
        for (int q = 0; q < fine; q++) {
            largest = Math.max(largest, design(branches[q], (double) q / fine, 1.0, KAISER_BETA));
        }
        bound = largest * (1.0 + 1e-9);
        coarseBranches = new double[coarse][COARSE_TAPS];
        for (int p = 0; p < coarse; p++) {
            design(coarseBranches[p], (p + 0.5) / coarse, COARSE_CUTOFF, COARSE_KAISER_BETA);
        }
        coarseReach = COARSE_DROOP * StrictMath.cos(Math.PI / (2.0 * coarse));
        midpoint = new double[COARSE_TAPS];
        midpointBound = design(midpoint, 0.5, COARSE_CUTOFF, COARSE_KAISER_BETA) * (1.0 + 1e-9);
        midpointReach = COARSE_DROOP * StrictMath.cos(Math.PI / 4.0);
    }

    /** Fills one branch and gives the sum of its magnitudes. */
    private static double design(double[] branch, double fraction, double cutoff, double beta) {
        int taps = branch.length;
        double sum = 0.0;
        for (int k = 0; k < taps; k++) {
            double t = k - (taps / 2 - 1) - fraction;
            double u = t / (taps / 2.0);
            branch[k] = sinc(cutoff * t) * besselI0(beta * Math.sqrt(Math.max(0.0, 1.0 - u * u)));
            sum += branch[k];
        }
        double magnitudes = 0.0;
        for (int k = 0; k < taps; k++) {
            branch[k] /= sum;
            magnitudes += Math.abs(branch[k]);
        }
        return magnitudes;
    }

    private static double sinc(double t) {
        if (t == 0.0) {
            return 1.0;
        }
        return t == Math.rint(t) ? 0.0 : StrictMath.sin(Math.PI * t) / (Math.PI * t);
    }

    /** The modified Bessel function of the first kind and order zero, by its power series. */
    private static double besselI0(double x) {
        double quarter = x * x / 4.0;
        double term = 1.0;
        double sum = 1.0;
        for (int k = 1; term > sum * 1e-17; k++) {
            term *= quarter / ((double) k * k);
            sum += term;
        }
        return sum;
    }
}
