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
    public static final int WINDOW = 512;

    /** By how many frames the reading lies behind what was fed. */
    public static final int DELAY_FRAMES = TruePeakDesign.TAPS / 2 + 1;

    /** A climb whose start is below this much of what it must exceed is not worth while. */
    private static final double PROMISING = 0.75;

    private static final int TAPS = TruePeakDesign.TAPS;
    private static final int HALF = TAPS / 2;
    private static final int COARSE_TAPS = TruePeakDesign.COARSE_TAPS;
    private static final int COARSE_HALF = COARSE_TAPS / 2;

    /** In a window with more likely frames than one in so many, it is faster to compute the coarse points of all. */
    private static final int DENSE = 3;

    /** So many frames at a time are looked at or left alone. */
    private static final int STRETCH = 32;

    private final TruePeakDesign design;

    /** Coarse branches p and coarse − 1 − p are each other's mirror: their half sums and half differences. */
    private final double[][] evenBranches;

    private final double[][] oddBranches;

    /** The last TAPS + 1 samples, then the window's. */
    private final double[] signal = new double[TAPS + 1 + WINDOW];

    /**
     * The highest magnitude of the samples around the midpoint of each frame of a stretch and of the midpoint itself.
     */
    private final double[] rough = new double[WINDOW];

    /** Half sums and half differences of mirrored coarse points, from the frame before the window to the one after. */
    private final double[][] even;

    private final double[][] odd;

    /** The window's frames that could hold a peak, in order, and the highest magnitude that is known of each. */
    private final int[] likely = new int[WINDOW];

    private final double[] peak = new double[WINDOW];

    private final double[] early1 = new double[WINDOW + 2];
    private final double[] early2 = new double[WINDOW + 2];
    private final double[] early3 = new double[WINDOW + 2];
    private final double[] late1 = new double[WINDOW + 2];
    private final double[] late2 = new double[WINDOW + 2];
    private final double[] late3 = new double[WINDOW + 2];
    private double samplePeak;

    /** A meter for signals of this sample rate, 8000 to 192000. */
    public TruePeak(int sampleRate) {
        design = TruePeakDesign.of(sampleRate);
        int pairs = design.coarse / 2;
        evenBranches = new double[pairs][COARSE_HALF];
        oddBranches = new double[pairs][COARSE_HALF];
        even = new double[pairs][WINDOW + 2];
        odd = new double[pairs][WINDOW + 2];
        for (int p = 0; p < pairs; p++) {
            double[] branch = design.coarseBranches[p];
            for (int k = 0; k < COARSE_HALF; k++) {
                evenBranches[p][k] = 0.5 * (branch[k] + branch[COARSE_TAPS - 1 - k]);
                oddBranches[p][k] = 0.5 * (branch[k] - branch[COARSE_TAPS - 1 - k]);
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
        load(x, from, frames);
        double highest = 0.0;
        int count = findPeaks(frames, interest);
        if (count > 0) {
            // The most likely first: the higher the floor is from the start, the fewer are left.
            int likeliest = 0;
            for (int c = 1; c < count; c++) {
                likeliest = peak[c] > peak[likeliest] ? c : likeliest;
            }
            highest = refine(likely[likeliest], interest);
            double floor = design.coarseReach * Math.max(interest, highest);
            for (int c = 0; c < count; c++) {
                if (peak[c] >= floor && c != likeliest) {
                    double refined = refine(likely[c], Math.max(interest, highest));
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
        load(x, from, frames);
        int count = findPeaks(frames, interest);
        for (int c = 0; c < count; c++) {
            int i = likely[c];
            envelope[i] = Math.max(envelope[i], refine(i, interest));
        }
        keep(frames);
    }

    /** Returns to the state of a fresh one. */
    public void reset() {
        Arrays.fill(signal, 0.0);
        samplePeak = 0.0;
    }

    private void load(double[] x, int from, int frames) {
        System.arraycopy(x, from, signal, TAPS + 1, frames);
        double highest = samplePeak;
        for (int i = TAPS + 1; i < TAPS + 1 + frames; i++) {
            double magnitude = Math.abs(signal[i]);
            if (magnitude > highest) {
                highest = magnitude;
            }
        }
        samplePeak = highest;
    }

    private void keep(int frames) {
        System.arraycopy(signal, frames, signal, 0, TAPS + 1);
    }

    /**
     * Finds the window's frames whose coarse points come as near to {@code interest} as those of a peak above it, with
     * the coarse points of each of them and of its neighbours.
     *
     * @return how many there are in {@link #likely} and {@link #peak}
     */
    private int findPeaks(int frames, double interest) {
        if (!anyAbove(interest / design.bound, 0, TAPS + 1 + frames)) {
            return 0;
        }
        int count = findLikely(frames, design.midpointReach * interest);
        boolean dense = count * DENSE > frames;
        if (dense) {
            interpolate(frames);
        }
        double floor = design.coarseReach * interest;
        int found = 0;
        for (int c = 0; c < count; c++) {
            int i = likely[c];
            if (!dense) {
                interpolateFrame(i);
            }
            double highest = Math.abs(signal[i + HALF]);
            for (int p = 0; p < even.length; p++) {
                // The higher of |e + o| and |e - o| is |e| + |o|.
                highest = Math.max(highest, Math.abs(even[p][i + 1]) + Math.abs(odd[p][i + 1]));
            }
            if (highest >= floor) {
                if (!dense) {
                    interpolateFrame(i - 1);
                    interpolateFrame(i + 1);
                }
                likely[found] = i;
                peak[found] = highest;
                found++;
            }
        }
        return found;
    }

    private boolean anyAbove(double threshold, int from, int to) {
        for (int i = from; i < to; i++) {
            if (Math.abs(signal[i]) > threshold) {
                return true;
            }
        }
        return false;
    }

    /**
     * Fills {@link #likely} with the window's frames between whose ends something reaches the floor. Looks only at
     * stretches with a sample high enough for that.
     */
    private int findLikely(int frames, double floor) {
        int count = 0;
        int from = 0;
        while (from < frames) {
            int to = from;
            while (to < frames && anyLikely(to, frames, floor)) {
                to = Math.min(to + STRETCH, frames);
            }
            if (to > from) {
                count = addLikely(from, to, floor, count);
            }
            from = Math.min(to + STRETCH, frames);
        }
        return count;
    }

    /** Whether something in the stretch that begins with a frame could reach the floor. */
    private boolean anyLikely(int from, int frames, double floor) {
        int to = Math.min(from + STRETCH, frames);
        return floor == 0.0
                || anyAbove(floor / design.midpointBound, from + HALF - COARSE_HALF + 1, to + HALF + COARSE_HALF);
    }

    /** Adds the frames of one stretch to {@link #likely} that reach the floor. */
    private int addLikely(int from, int to, double floor, int found) {
        int n = to - from;
        int first = from + HALF - COARSE_HALF + 1;
        int last = from + HALF + COARSE_HALF;
        double[] h = design.midpoint;
        Arrays.fill(rough, 0, n, 0.0);
        shift(first, last, n);
        addSums(early1, early2, early3, late1, late2, late3, rough, h[0], h[1], h[2], n);
        shift(first + 3, last - 3, n);
        addSums(early1, early2, early3, late1, late2, late3, rough, h[3], h[4], h[5], n);
        raise(rough, early3, late3, n);
        int count = found;
        for (int i = 0; i < n; i++) {
            likely[count] = from + i;
            count += rough[i] >= floor ? 1 : 0;
        }
        return count;
    }

    /** Copies the signal from three frames on upwards, and from three on downwards. */
    private void shift(int early, int late, int frames) {
        System.arraycopy(signal, early, early1, 0, frames);
        System.arraycopy(signal, early + 1, early2, 0, frames);
        System.arraycopy(signal, early + 2, early3, 0, frames);
        System.arraycopy(signal, late, late1, 0, frames);
        System.arraycopy(signal, late - 1, late2, 0, frames);
        System.arraycopy(signal, late - 2, late3, 0, frames);
    }

    /** Computes the coarse points of the window's frames, of the one before and of the one after. */
    private void interpolate(int frames) {
        int n = frames + 2;
        int first = HALF - COARSE_HALF;
        int last = HALF + COARSE_HALF - 1;
        for (int p = 0; p < even.length; p++) {
            Arrays.fill(even[p], 0, n, 0.0);
            Arrays.fill(odd[p], 0, n, 0.0);
        }
        for (int k = 0; k < COARSE_HALF; k += 3) {
            shift(first + k, last - k, n);
            for (int p = 0; p < even.length; p++) {
                double[] e = evenBranches[p];
                addSums(early1, early2, early3, late1, late2, late3, even[p], e[k], e[k + 1], e[k + 2], n);
                double[] o = oddBranches[p];
                addDifferences(early1, early2, early3, late1, late2, late3, odd[p], o[k], o[k + 1], o[k + 2], n);
            }
        }
    }

    /** The same for one frame, to the bit. */
    private void interpolateFrame(int i) {
        int first = i + 1 + HALF - COARSE_HALF;
        int last = i + HALF + COARSE_HALF;
        for (int p = 0; p < even.length; p++) {
            double[] e = evenBranches[p];
            double[] o = oddBranches[p];
            double sum = 0.0;
            double difference = 0.0;
            for (int k = 0; k < COARSE_HALF; k += 3) {
                double a1 = signal[first + k];
                double a2 = signal[first + k + 1];
                double a3 = signal[first + k + 2];
                double b1 = signal[last - k];
                double b2 = signal[last - k - 1];
                double b3 = signal[last - k - 2];
                sum += e[k] * (a1 + b1) + e[k + 1] * (a2 + b2) + e[k + 2] * (a3 + b3);
                difference += o[k] * (a1 - b1) + o[k + 1] * (a2 - b2) + o[k + 2] * (a3 - b3);
            }
            even[p][i + 1] = sum;
            odd[p][i + 1] = difference;
        }
    }

    /** The magnitude of the coarse point p of window frame i, from −1 to the one after the window. */
    private double coarse(int i, int p) {
        if (p < even.length) {
            return Math.abs(even[p][i + 1] + odd[p][i + 1]);
        }
        int mirror = design.coarse - 1 - p;
        return Math.abs(even[mirror][i + 1] - odd[mirror][i + 1]);
    }

    /** Makes magnitudes of values, and raises them to those of two others. */
    private static void raise(double[] y, double[] a, double[] b, int frames) {
        for (int i = 0; i < frames; i++) {
            y[i] = Math.max(Math.abs(y[i]), Math.max(Math.abs(a[i]), Math.abs(b[i])));
        }
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
     * The highest point near window frame i: its sample, or the peak on the fine grid to which its highest coarse point
     * leads uphill, at most one frame away; its sample alone when a coarse point next door is higher. Exact only where
     * it exceeds {@code interest}.
     */
    private double refine(int i, double interest) {
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
        return falling || rising ? sample : Math.max(sample, climb(i, top, interest * PROMISING));
    }

    /** The peak on the fine grid uphill from a coarse point, by steps that are halved when they lead no higher. */
    private double climb(int i, int top, double floor) {
        int step = design.fine / design.coarse;
        int at = top * step + step / 2;
        double highest = point(i, at);
        if (highest < floor) {
            return highest;
        }
        while (step > 0) {
            double before = at - step >= -design.fine ? point(i, at - step) : 0.0;
            double after = before <= highest && at + step < 2 * design.fine ? point(i, at + step) : 0.0;
            if (before > highest) {
                highest = before;
                at -= step;
            } else if (after > highest) {
                highest = after;
                at += step;
            } else {
                step /= 2;
            }
        }
        return highest;
    }

    /** The magnitude of the point q/fine frames after window frame i, q from −fine to 2·fine − 1. */
    private double point(int i, int q) {
        int frame = Math.floorDiv(q, design.fine);
        int from = i + 1 + frame;
        double[] branch = design.branches[q - frame * design.fine];
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
