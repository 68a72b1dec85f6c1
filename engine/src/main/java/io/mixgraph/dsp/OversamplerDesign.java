package io.mixgraph.dsp;

/**
 * The filters between a signal and the same signal at 2, 4, 8, 16 or 32 times its rate: one for each doubling, linear
 * phase, Kaiser-windowed sincs that stop by {@value #STOPBAND_DB} dB within 1 dB (Oppenheim and Schafer, Discrete-Time
 * Signal Processing, 3rd edition, equations 7.75 and 7.76). Each is used twice, on the way up and on the way down.
 *
 * <p>The first is flat as far as 20 kHz at 44.1 kHz, and as far in proportion at other rates, and stops from half the
 * rate on: nothing folds, not even close to it. The others are half-band filters (every second tap but the middle one
 * is 0), which get shorter as there is more and more room between the signal and its images.
 */
final class OversamplerDesign {
    /** The end of the passband, as a part of half the sample rate. */
    static final double PASSBAND = 20_000.0 / 22_050.0;

    /** What the first is designed for. */
    static final double STOPBAND_DB = 110.0;

    /** What the others are designed for, because Kaiser's formulas promise too much of short filters. */
    private static final double HALF_BAND_DB = 120.0;

    private OversamplerDesign() {}

    /**
     * The filter of one doubling, symmetric, of odd length, its sum 1.
     *
     * @param doubling 1 for the first, from the signal's own rate
     */
    static double[] filter(int doubling) {
        return doubling == 1 ? first() : halfBand(doubling);
    }

    /** From {@link #PASSBAND} of a half to a half of the passband that half the rate is after doubling. */
    private static double[] first() {
        double order = order(STOPBAND_DB, StrictMath.PI / 2.0 * (1.0 - PASSBAND));
        int middle = (int) StrictMath.ceil(order / 2.0);
        double[] h = new double[2 * middle + 1];
        double cutoff = (1.0 + PASSBAND) / 4.0;
        for (int n = 0; n < h.length; n++) {
            h[n] = windowedSinc(n - middle, cutoff, middle, STOPBAND_DB);
        }
        // The branches, one for each frame of a pair, pass a constant alike.
        normalise(h, 0, 2, 0.5);
        normalise(h, 1, 2, 0.5);
        return h;
    }

    /**
     * Flat to π/2^doubling, where the signal ends; its first image begins as far below π, and mirrors into what is
     * stopped.
     */
    private static double[] halfBand(int doubling) {
        double order = order(HALF_BAND_DB, StrictMath.PI * (1.0 - StrictMath.scalb(2.0, -doubling)));
        int quarter = (int) StrictMath.ceil((order + 2.0) / 4.0);
        int middle = 2 * quarter - 1;
        double[] h = new double[2 * middle + 1];
        for (int n = 0; n < h.length; n += 2) {
            h[n] = windowedSinc(n - middle, 0.5, middle, HALF_BAND_DB);
        }
        normalise(h, 0, 2, 0.5);
        h[middle] = 0.5;
        return h;
    }

    private static double order(double stopbandDb, double transition) {
        return (stopbandDb - 8.0) / (2.285 * transition);
    }

    private static void normalise(double[] h, int from, int step, double to) {
        double sum = 0.0;
        for (int n = from; n < h.length; n += step) {
            sum += h[n];
        }
        for (int n = from; n < h.length; n += step) {
            h[n] *= to / sum;
        }
    }

    /** At t frames from the middle, with the cutoff as a part of half the rate. */
    private static double windowedSinc(double t, double cutoff, int middle, double stopbandDb) {
        double beta = 0.1102 * (stopbandDb - 8.7);
        double u = t / middle;
        double window = ResamplerDesign.besselI0(beta * Math.sqrt(1.0 - u * u));
        double angle = StrictMath.PI * cutoff * t;
        return angle == 0.0 ? window : window * StrictMath.sin(angle) / angle;
    }
}
