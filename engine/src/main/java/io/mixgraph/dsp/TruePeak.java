package io.mixgraph.dsp;

import java.util.Arrays;

/**
 * The true peak of one channel (ITU-R BS.1770-5, Annex 2): magnitudes of the signal between its samples, read from a
 * grid of 16 points per frame or more at about the cost of 4. The caller names a value of interest; stretches that
 * cannot exceed it are skipped, and the fine grid is computed only around coarse points that could hide a higher peak.
 *
 * <p>Interpolation needs frames on both sides, so what is read lies {@link #DELAY_FRAMES} behind: feeding frame n reads
 * the points from frame n − delay (included) to the next (excluded). Before its first frame the signal is silence; feed
 * as many frames of silence to read its end. Samples must be finite. Used by one thread at a time.
 */
public final class TruePeak {
    /** The most frames that one call takes. */
    public static final int WINDOW = 256;

    /** By how many frames the reading lies behind what was fed. */
    public static final int DELAY_FRAMES = TruePeakDesign.TAPS / 2;

    private static final int TAPS = TruePeakDesign.TAPS;
    private static final int HALF = TAPS / 2;
    private static final int COARSE_TAPS = TruePeakDesign.COARSE_TAPS;
    private static final int COARSE_HALF = COARSE_TAPS / 2;

    private final TruePeakDesign design;

    /** The coarse branches of one and three quarters are each other's mirror: their half sum and half difference. */
    private final double[] quarterEven = new double[COARSE_HALF];

    private final double[] quarterOdd = new double[COARSE_HALF];
    private final double[] middleBranch;

    /** The last TAPS samples, then the window's. */
    private final double[] signal = new double[TAPS + WINDOW];

    /** Coarse points, from the frame before the window's first. */
    private final double[] even = new double[WINDOW + 1];

    private final double[] odd = new double[WINDOW + 1];
    private final double[] middle = new double[WINDOW + 1];
    private final double[] early1 = new double[WINDOW + 1];
    private final double[] early2 = new double[WINDOW + 1];
    private final double[] early3 = new double[WINDOW + 1];
    private final double[] late1 = new double[WINDOW + 1];
    private final double[] late2 = new double[WINDOW + 1];
    private final double[] late3 = new double[WINDOW + 1];
    private double samplePeak;

    /** A meter for signals of this sample rate, 8000 to 192000. */
    public TruePeak(int sampleRate) {
        design = new TruePeakDesign(sampleRate);
        middleBranch = design.coarseBranches[design.coarse / 2];
        if (design.coarse == 4) {
            double[] quarter = design.coarseBranches[1];
            for (int k = 0; k < COARSE_HALF; k++) {
                quarterEven[k] = 0.5 * (quarter[k] + quarter[COARSE_TAPS - 1 - k]);
                quarterOdd[k] = 0.5 * (quarter[k] - quarter[COARSE_TAPS - 1 - k]);
            }
        }
    }

    /** No point between samples is higher than the highest sample times this. */
    public double bound() {
        return design.bound;
    }

    /** The highest magnitude of the samples fed since the last reset. */
    public double samplePeak() {
        return samplePeak;
    }

    /**
     * Feeds frames and reads the highest point they complete. The result depends on where windows are cut when
     * {@code interest} depends on earlier results: cut them at fixed frames.
     *
     * @param x the samples, from {@code from}, {@code frames} of them, at most {@link #WINDOW}
     * @param interest a linear magnitude; only a higher one is of interest
     * @return the highest magnitude when it is above {@code interest}; otherwise some value not above it
     */
    public double highest(double[] x, int from, int frames, double interest) {
        double highest = 0.0;
        if (load(x, from, frames) * design.bound > interest) {
            interpolate(frames);
            double floor = design.coarseReach * interest;
            for (int i = 0; i < frames; i++) {
                if (coarsePeak(i) >= floor) {
                    double refined = refine(i);
                    if (refined > highest) {
                        highest = refined;
                        floor = Math.max(floor, design.coarseReach * refined);
                    }
                }
            }
        }
        keep(frames);
        return highest;
    }

    /**
     * Feeds frames and raises an envelope to the highest point of each frame they complete, where that is a peak:
     * frames on the way up to a higher neighbour may be left alone. Values above {@code interest} do not depend on how
     * the signal is cut into calls.
     *
     * @param x the samples, from {@code from}, {@code frames} of them, at most {@link #WINDOW}
     * @param interest a linear magnitude; frames that do not exceed it may be left alone
     * @param envelope the caller's; value i is raised to the highest magnitude between frame i − delay and the next
     */
    public void envelope(double[] x, int from, int frames, double interest, double[] envelope) {
        if (load(x, from, frames) * design.bound > interest) {
            interpolate(frames);
            double floor = design.coarseReach * interest;
            for (int i = 0; i < frames; i++) {
                if (coarsePeak(i) >= floor) {
                    envelope[i] = Math.max(envelope[i], refine(i));
                }
            }
        }
        keep(frames);
    }

    /** Returns to the state of a fresh one. */
    public void reset() {
        Arrays.fill(signal, 0.0);
        samplePeak = 0.0;
    }

    /** Appends the samples; gives the highest magnitude among all that the window's points depend on. */
    private double load(double[] x, int from, int frames) {
        double before = 0.0;
        for (int i = 0; i < TAPS; i++) {
            double a = Math.abs(signal[i]);
            if (a > before) {
                before = a;
            }
        }
        double fresh = 0.0;
        for (int i = 0; i < frames; i++) {
            double a = Math.abs(x[from + i]);
            if (a > fresh) {
                fresh = a;
            }
        }
        System.arraycopy(x, from, signal, TAPS, frames);
        if (fresh > samplePeak) {
            samplePeak = fresh;
        }
        return Math.max(before, fresh);
    }

    private void keep(int frames) {
        System.arraycopy(signal, frames, signal, 0, TAPS);
    }

    /** Computes the coarse points of the window's frames and of the one before. */
    private void interpolate(int frames) {
        int n = frames + 1;
        Arrays.fill(even, 0, n, 0.0);
        Arrays.fill(odd, 0, n, 0.0);
        Arrays.fill(middle, 0, n, 0.0);
        int first = HALF - COARSE_HALF;
        int last = first + COARSE_TAPS - 1;
        for (int k = 0; k < COARSE_HALF; k += 3) {
            System.arraycopy(signal, first + k, early1, 0, n);
            System.arraycopy(signal, first + k + 1, early2, 0, n);
            System.arraycopy(signal, first + k + 2, early3, 0, n);
            System.arraycopy(signal, last - k, late1, 0, n);
            System.arraycopy(signal, last - k - 1, late2, 0, n);
            System.arraycopy(signal, last - k - 2, late3, 0, n);
            double[] m = middleBranch;
            addSums(early1, early2, early3, late1, late2, late3, middle, m[k], m[k + 1], m[k + 2], n);
            if (design.coarse == 4) {
                double[] e = quarterEven;
                addSums(early1, early2, early3, late1, late2, late3, even, e[k], e[k + 1], e[k + 2], n);
                double[] o = quarterOdd;
                addDifferences(early1, early2, early3, late1, late2, late3, odd, o[k], o[k + 1], o[k + 2], n);
            }
        }
    }

    /** The highest coarse point of window frame i, its sample included. */
    private double coarsePeak(int i) {
        // The higher of |e + o| and |e - o| is |e| + |o|.
        double peak = Math.abs(even[i + 1]) + Math.abs(odd[i + 1]);
        double m = Math.abs(middle[i + 1]);
        double s = Math.abs(signal[i + HALF]);
        peak = peak > m ? peak : m;
        return peak > s ? peak : s;
    }

    /** The magnitude of the coarse point p of window frame i, which may be −1. */
    private double coarse(int i, int p) {
        if (p == 0) {
            return Math.abs(signal[i + HALF]);
        }
        if (2 * p == design.coarse) {
            return Math.abs(middle[i + 1]);
        }
        return Math.abs(p == 1 ? even[i + 1] + odd[i + 1] : even[i + 1] - odd[i + 1]);
    }

    private static void addSums(
            double[] a1,
            double[] a2,
            double[] a3,
            double[] b1,
            double[] b2,
            double[] b3,
            double[] y,
            double h1,
            double h2,
            double h3,
            int frames) {
        for (int i = 0; i < frames; i++) {
            y[i] += h1 * (a1[i] + b1[i]) + h2 * (a2[i] + b2[i]) + h3 * (a3[i] + b3[i]);
        }
    }

    private static void addDifferences(
            double[] a1,
            double[] a2,
            double[] a3,
            double[] b1,
            double[] b2,
            double[] b3,
            double[] y,
            double h1,
            double h2,
            double h3,
            int frames) {
        for (int i = 0; i < frames; i++) {
            y[i] += h1 * (a1[i] - b1[i]) + h2 * (a2[i] - b2[i]) + h3 * (a3[i] - b3[i]);
        }
    }

    /**
     * The highest point of window frame i: its sample, or what a search by halved steps on the fine grid finds around
     * the highest coarse point, unless a neighbour of that is in another frame and higher still.
     */
    private double refine(int i) {
        int top = 0;
        double topMagnitude = coarse(i, 0);
        for (int p = 1; p < design.coarse; p++) {
            double y = coarse(i, p);
            if (y > topMagnitude) {
                topMagnitude = y;
                top = p;
            }
        }
        double sample = Math.abs(signal[i + HALF]);
        boolean falling = top == 0 && coarse(i - 1, design.coarse - 1) > topMagnitude;
        boolean rising = top == design.coarse - 1 && coarse(i + 1, 0) > topMagnitude;
        if (falling || rising) {
            return sample;
        }
        int at = top * (design.fine / design.coarse);
        double highest = point(i, at);
        for (int step = design.fine / design.coarse / 2; step > 0; step /= 2) {
            double before = point(i, at - step);
            double after = point(i, at + step);
            if (before > highest && before >= after) {
                highest = before;
                at -= step;
            } else if (after > highest) {
                highest = after;
                at += step;
            }
        }
        return Math.max(sample, highest);
    }

    /**
     * The magnitude of the fine point q of window frame i; q may lie up to one frame before, and i + q/fine up to the
     * window's end.
     */
    private double point(int i, int q) {
        int from = q < 0 ? i : i + 1;
        double[] branch = design.branches[q < 0 ? q + design.fine : q];
        double sum1 = 0.0;
        double sum2 = 0.0;
        double sum3 = 0.0;
        double sum4 = 0.0;
        for (int k = 0; k < TAPS; k += 4) {
            sum1 += branch[k] * signal[from + k];
            sum2 += branch[k + 1] * signal[from + k + 1];
            sum3 += branch[k + 2] * signal[from + k + 2];
            sum4 += branch[k + 3] * signal[from + k + 3];
        }
        return Math.abs((sum1 + sum2) + (sum3 + sum4));
    }
}
