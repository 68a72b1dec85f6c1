package io.mixgraph.dsp;

/**
 * The low-pass filter that takes a signal from one sample rate to another: a sinc under a Kaiser window, h(t) = 2·fc·
 * sinc(2·fc·t)·I0(β√(1 − (2t/T)²)) / I0(β), with t in input frames, β and T by Kaiser's formulas (Oppenheim and
 * Schafer, Discrete-Time Signal Processing, 3rd edition, equations 7.75 and 7.76).
 *
 * <p>Relative to the lower of the two Nyquist frequencies it is flat up to {@link #PASSBAND} (within 0.001 dB) and at
 * least {@link #STOPBAND_DB} down from there on, so nothing audible folds. It is symmetric about t = 0: linear phase
 * and no shift in time. Each phase sums to exactly one but for rounding, so a constant stays that constant.
 *
 * <p>The rates reduce to L/M. Output frame n lies at the input position n·M/L, in whole numbers, and its fraction is
 * one of L phases. Up to {@value #MAX_EXACT_PHASES} phases are kept as they are. More than that (44099 to 48000 has
 * 48000) are interpolated on a straight line between the phases of a table so fine (1024 steps to an input frame when
 * raising the rate) that the error stays 120 dB down.
 */
public final class ResamplerDesign {
    /** The lowest rate that can be converted, in Hz. */
    public static final int MIN_RATE = 8_000;

    /** The highest rate that can be converted, in Hz. */
    public static final int MAX_RATE = 192_000;

    /** The end of the passband, as a part of the lower Nyquist frequency: 20 kHz for 44.1 kHz. */
    public static final double PASSBAND = 0.91;

    /** What the window is designed for, in dB: rejection from the lower Nyquist frequency on. */
    public static final double STOPBAND_DB = 110.0;

    static final int MAX_EXACT_PHASES = 640;
    private static final int STEPS = 1024;

    private final int inputRate;
    private final int outputRate;
    private final int up;
    private final int down;
    private final int taps;
    private final double[][] table;

    private ResamplerDesign(int inputRate, int outputRate) {
        this.inputRate = inputRate;
        this.outputRate = outputRate;
        int common = greatestCommonDivisor(inputRate, outputRate);
        this.up = outputRate / common;
        this.down = inputRate / common;
        double nyquist = Math.min(1.0, (double) outputRate / inputRate);
        double transition = StrictMath.PI * (1.0 - PASSBAND) * nyquist;
        double order = (STOPBAND_DB - 8.0) / (2.285 * transition);
        this.taps = 4 * (int) StrictMath.ceil(order / 4.0);
        int steps = exact() ? up : (int) StrictMath.ceil(STEPS * nyquist);
        this.table = table(steps, taps, nyquist * (1.0 + PASSBAND) / 2.0);
    }

    /**
     * The filter from one rate to another.
     *
     * @param inputRate 8000 to 192000 Hz
     * @param outputRate 8000 to 192000 Hz, another than {@code inputRate}
     */
    public static ResamplerDesign between(int inputRate, int outputRate) {
        if (Math.min(inputRate, outputRate) < MIN_RATE || Math.max(inputRate, outputRate) > MAX_RATE) {
            throw new IllegalArgumentException("rates of " + MIN_RATE + " to " + MAX_RATE + " Hz can be converted, not "
                    + inputRate + " to " + outputRate);
        }
        if (inputRate == outputRate) {
            throw new IllegalArgumentException("nothing to convert: both rates are " + inputRate);
        }
        return new ResamplerDesign(inputRate, outputRate);
    }

    public int inputRate() {
        return inputRate;
    }

    public int outputRate() {
        return outputRate;
    }

    /** How many input frames one output frame is made of. */
    public int taps() {
        return taps;
    }

    /**
     * How long a converted signal is: {@code inputFrames} · outputRate / inputRate, exactly, rounded to the nearest
     * frame, half up.
     *
     * @param inputFrames 0 or more
     */
    public long outputFrames(long inputFrames) {
        return outputFrames(inputFrames, inputRate, outputRate);
    }

    /** The same for any two rates, without the filter. */
    public static long outputFrames(long inputFrames, int inputRate, int outputRate) {
        int common = greatestCommonDivisor(inputRate, outputRate);
        long up = outputRate / common;
        long down = inputRate / common;
        return Math.addExact(Math.multiplyExact(Math.multiplyExact(inputFrames, 2L), up), down) / (2L * down);
    }

    /**
     * The gain of the filter for a sine of the input; real, because its phase is zero. Above the input's own Nyquist
     * frequency it is the gain of the images.
     *
     * @param hz 0 or more
     */
    public double response(double hz) {
        int steps = table.length - 1;
        double sum = 0.0;
        for (int step = 0; step < steps; step++) {
            for (int k = 0; k < taps; k++) {
                double t = k + 1 - taps / 2 - (double) step / steps;
                sum += table[step][k] * StrictMath.cos(2.0 * StrictMath.PI * hz / inputRate * t);
            }
        }
        return sum / steps;
    }

    /** L: output frames to every {@link #down} input frames. */
    int up() {
        return up;
    }

    /** M: input frames to every {@link #up} output frames. */
    int down() {
        return down;
    }

    /** Whether {@link #table} holds each phase that occurs, rather than a grid to interpolate. */
    boolean exact() {
        return up <= MAX_EXACT_PHASES;
    }

    /**
     * The phases: row i, of {@link #taps} values, is for an output frame that lies i/(rows − 1) of an input frame after
     * the last input frame of the first half. Not to be written to.
     */
    double[][] table() {
        return table;
    }

    private static double[][] table(int steps, int taps, double cutoff) {
        double[][] table = new double[steps + 1][taps];
        for (int step = 0; 2 * step <= steps; step++) {
            double[] phase = table[step];
            double sum = 0.0;
            for (int k = 0; k < taps; k++) {
                phase[k] = windowedSinc(k + 1 - taps / 2 - (double) step / steps, cutoff, taps);
                sum += phase[k];
            }
            double[] mirrored = table[steps - step];
            for (int k = 0; k < taps; k++) {
                phase[k] /= sum;
            }
            for (int k = 0; k < taps; k++) {
                mirrored[taps - 1 - k] = phase[k];
            }
        }
        return table;
    }

    private static double windowedSinc(double t, double cutoff, int taps) {
        double u = 2.0 * t / taps;
        if (u * u >= 1.0) {
            return 0.0;
        }
        double beta = 0.1102 * (STOPBAND_DB - 8.7);
        double window = besselI0(beta * Math.sqrt(1.0 - u * u));
        double angle = StrictMath.PI * cutoff * t;
        return angle == 0.0 ? window : window * StrictMath.sin(angle) / angle;
    }

    /** The modified Bessel function of order zero, by its power series Σ ((x/2)^k / k!)². */
    static double besselI0(double x) {
        double quarter = x * x / 4.0;
        double term = 1.0;
        double sum = 1.0;
        for (int k = 1; term > sum * 1e-17; k++) {
            term *= quarter / ((double) k * k);
            sum += term;
        }
        return sum;
    }

    private static int greatestCommonDivisor(int a, int b) {
        return b == 0 ? a : greatestCommonDivisor(b, a % b);
    }
}
