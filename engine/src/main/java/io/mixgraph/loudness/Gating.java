package io.mixgraph.loudness;

import io.mixgraph.audio.Decibels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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
    private static final double ABSOLUTE_GATE_LUFS = -70.0;
    private static final double INTEGRATED_GATE_LU = -10.0;
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

    /** The momentary loudness (400 ms) at the end of each hop; negative infinity before there are so many. */
    public static List<Double> momentary(List<Double> hops) {
        return series(hops, BLOCK_HOPS);
    }

    /** The short-term loudness (3 s) at the end of each hop; negative infinity before there are so many. */
    public static List<Double> shortTerm(List<Double> hops) {
        return series(hops, SHORT_TERM_HOPS);
    }

    private static List<Double> series(List<Double> hops, int windowHops) {
        double[] energies = hops.stream().mapToDouble(Double::doubleValue).toArray();
        List<Double> series = new ArrayList<>();
        for (int end = 1; end <= energies.length; end++) {
            series.add(
                    end < windowHops ? Double.NEGATIVE_INFINITY : lufs(mean(energies, end - windowHops, windowHops)));
        }
        return series;
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
