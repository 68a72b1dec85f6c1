package io.mixgraph.testing;

/**
 * A true-peak meter unlike our own: 16 points between two frames, each by a sinc of 320 taps under a Kaiser window (β =
 * 9) that is cut off at half the rate.
 */
public final class LongMeter {
    private static final int TAPS = 320;
    private static final int POINTS = 16;
    private static final int MIDDLE = POINTS / 2;

    /** A point is at most a quarter of a frame from a frame or from the middle of two: cos(π/4). */
    private static final double NEAR = 0.7;

    private static final double[][] SINC = sinc();

    private LongMeter() {}

    private static double[][] sinc() {
        double[][] branches = new double[POINTS][TAPS];
        for (int q = 0; q < POINTS; q++) {
            for (int k = 0; k < TAPS; k++) {
                double t = k - (TAPS / 2 - 1) - (double) q / POINTS;
                double u = 2.0 * t / TAPS;
                double sinc = t == 0.0 ? 1.0 : Math.sin(Math.PI * t) / (Math.PI * t);
                branches[q][k] = sinc * bessel(9.0 * Math.sqrt(Math.max(0.0, 1.0 - u * u))) / bessel(9.0);
            }
        }
        return branches;
    }

    private static double bessel(double x) {
        double term = 1.0;
        double sum = 1.0;
        for (int k = 1; k < 60; k++) {
            term *= x * x / 4.0 / ((double) k * k);
            sum += term;
        }
        return sum;
    }

    /** The true peak of channels, linear. */
    public static double peak(double[]... channels) {
        double highest = 0.0;
        for (double[] x : channels) {
            double[] padded = new double[x.length + 2 * TAPS];
            System.arraycopy(x, 0, padded, TAPS, x.length);
            for (double value : x) {
                highest = Math.max(highest, Math.abs(value));
            }
            for (int i = 0; i < x.length + TAPS; i++) {
                int now = i + TAPS / 2 - 1;
                double near = Math.max(Math.abs(padded[now]), Math.abs(padded[now + 1]));
                near = Math.max(near, Math.abs(point(MIDDLE, padded, i)));
                for (int q = 1; q < POINTS && near > NEAR * highest; q++) {
                    highest = Math.max(highest, Math.abs(point(q, padded, i)));
                }
            }
        }
        return highest;
    }

    private static double point(int q, double[] padded, int from) {
        double[] branch = SINC[q];
        double even = 0.0;
        double odd = 0.0;
        for (int k = 0; k < TAPS; k += 2) {
            even += branch[k] * padded[from + k];
            odd += branch[k + 1] * padded[from + k + 1];
        }
        return even + odd;
    }

    /** The same in dBTP. */
    public static double peakDb(double[]... channels) {
        return 20.0 * Math.log10(peak(channels));
    }
}
