package io.mixgraph.dsp;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.Dither;
import io.mixgraph.audio.SampleEncoding;
import org.jspecify.annotations.Nullable;

/**
 * Turns samples into exactly the values that an encoding holds, in place, so that what is measured is what is written.
 * Nothing is clipped: a sample beyond full scale stays there, and {@link #over} tells of it.
 *
 * <ul>
 *   <li>{@link SampleEncoding#FLOAT32}: rounded to the nearest float; dither is for integers.
 *   <li>{@link Dither#NONE}: rounded to the nearest multiple of the step (2^−15 for {@link SampleEncoding#PCM16}, 2^−23
 *       for {@link SampleEncoding#PCM24}), half to even.
 *   <li>{@link Dither#TPDF}: triangular dither of ±1 step added before (S. P. Lipshitz, R. A. Wannamaker, J.
 *       Vanderkooy, "Quantization and Dither: A Theoretical Survey", JAES 40(5), 1992). Its error is white, of variance
 *       ¼ step². The dither is a function of seed, frame and channel alone.
 *   <li>{@link Dither#SHAPED}: the same with its last errors fed back, so that the error goes through 1 + Σ cₖ·z^−k.
 *       From 32001 to 64000 Hz these are the five E-weighted coefficients of S. P. Lipshitz, J. Vanderkooy and R. A.
 *       Wannamaker, "Minimally Audible Noise Shaping", JAES 39(11), 1991, designed for 44.1 kHz: quietest about 4 kHz,
 *       12 dB more noise in all. Above, where there is room past hearing, (1 − z^−1)², 8 dB more in all. Below there is
 *       no such room, and nothing is fed back. Errors are bounded and only ever summed, so it is stable.
 * </ul>
 *
 * <p>Used by one thread at a time.
 */
public final class Quantiser {
    /** The increment and the two multipliers of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014, figure 16). */
    static final long GAMMA = 0x9E3779B97F4A7C15L;

    private static final long MIX_1 = 0xBF58476D1CE4E5B9L;
    private static final long MIX_2 = 0x94D049BB133111EBL;

    private static final double[] E_WEIGHTED = {-2.033, 2.165, -1.959, 1.590, -0.6149};
    private static final double[] TWICE_DIFFERENCED = {-2.0, 1.0, 0.0, 0.0, 0.0};
    private static final double[] WHITE = {};
    private static final int E_WEIGHTED_ABOVE_RATE = 32_000;
    private static final int E_WEIGHTED_UP_TO_RATE = 64_000;

    private final SampleEncoding encoding;
    private final Dither dither;
    private final double[] feedback;
    private final long seed;
    private long frame;
    private float[] floats = {};

    /** For each channel its last errors, the latest first. */
    private double[][] errors = {};

    private @Nullable Over over;

    /**
     * A sample that the encoding cannot hold.
     *
     * @param peak the largest magnitude that was met, full scale is 1; infinite when one was no number
     * @param frame where it was first met, counted from the first frame quantised
     * @param channel in which channel, from 0
     */
    public record Over(double peak, long frame, int channel) {}

    /**
     * @param encoding what the values are for
     * @param dither what is added before rounding to integers; floats take none
     * @param sampleRate chooses how a shaped error is shaped
     * @param seed chooses the dither; any value. Signals that are summed later want different seeds
     */
    public Quantiser(SampleEncoding encoding, Dither dither, int sampleRate, long seed) {
        this.encoding = encoding;
        this.dither = dither;
        this.feedback = feedback(dither, sampleRate);
        this.seed = seed;
    }

    /**
     * By how much a sample below full scale is moved at most: half a step, a step more with dither, and that times 1 +
     * Σ|cₖ| when it is shaped (9.37 with the E-weighted coefficients, 4 above 64000 Hz).
     */
    public static double reach(SampleEncoding encoding, Dither dither, int sampleRate) {
        if (!encoding.integer()) {
            return 0x1p-25;
        }
        double sum = 1.0;
        for (double c : feedback(dither, sampleRate)) {
            sum += Math.abs(c);
        }
        return step(encoding) * (dither == Dither.NONE ? 0.5 : 1.5 * sum);
    }

    private static double[] feedback(Dither dither, int sampleRate) {
        if (dither != Dither.SHAPED || sampleRate <= E_WEIGHTED_ABOVE_RATE) {
            return WHITE;
        }
        return sampleRate <= E_WEIGHTED_UP_TO_RATE ? E_WEIGHTED : TWICE_DIFFERENCED;
    }

    private static double step(SampleEncoding encoding) {
        return encoding == SampleEncoding.PCM16 ? 0x1p-15 : 0x1p-23;
    }

    /** Quantises the next {@code frames} frames in place. The block stays the caller's. */
    public void quantise(AudioBlock block, int frames) {
        if (errors.length < block.channels() && feedback.length > 0) {
            errors = new double[block.channels()][feedback.length];
        }
        for (int c = 0; c < block.channels(); c++) {
            double[] x = block.channel(c);
            if (!encoding.integer()) {
                floats = floats.length < frames ? new float[frames] : floats;
                Mixing.roundToFloat(x, floats, frames);
                if (NotFinite.first(x, frames) >= 0) {
                    findOvers(x, frames, c, 0, Float.MAX_VALUE);
                }
                continue;
            }
            double step = step(encoding);
            long state = mix(seed + mix(c)) + frame * GAMMA;
            if (dither == Dither.NONE) {
                round(x, frames, step);
            } else if (feedback.length == 0) {
                dither(x, frames, step, state);
            } else {
                shape(x, frames, step, state, feedback, errors[c]);
            }
            findOvers(x, frames, c, step / 2, 1 - step / 2);
        }
        frame += frames;
    }

    /**
     * The highest sample so far that the encoding cannot hold, the earliest of equals; null when there is none.
     * Integers hold −1 and not +1; floats hold everything but what rounds to infinity.
     */
    public @Nullable Over over() {
        return over;
    }

    /**
     * Adding 1.5 · 2^52 steps leaves no bit below a step; what is too large for that (2^51 steps) has few such bits,
     * and is over anyway.
     */
    private static void round(double[] x, int frames, double step) {
        double large = 0x1.8p52 * step;
        for (int i = 0; i < frames; i++) {
            x[i] = (x[i] + large) - large;
        }
    }

    /** The sum of two uniform 32-bit numbers, centred, is the triangle. */
    private static void dither(double[] x, int frames, double step, long from) {
        double large = 0x1.8p52 * step;
        double unit = 0x1p-32 * step;
        long state = from;
        for (int i = 0; i < frames; i++) {
            state += GAMMA;
            long bits = mix(state);
            double noise = ((bits >> 32) + (int) bits + 1) * unit;
            x[i] = (x[i] + noise + large) - large;
        }
    }

    /** What is rounded is the sample and its share of the last errors; the error is what rounding and dither add. */
    private static void shape(double[] x, int frames, double step, long from, double[] feedback, double[] errors) {
        double large = 0x1.8p52 * step;
        double unit = 0x1p-32 * step;
        double c1 = feedback[0];
        double c2 = feedback[1];
        double c3 = feedback[2];
        double c4 = feedback[3];
        double c5 = feedback[4];
        double e1 = errors[0];
        double e2 = errors[1];
        double e3 = errors[2];
        double e4 = errors[3];
        double e5 = errors[4];
        long state = from;
        for (int i = 0; i < frames; i++) {
            state += GAMMA;
            long bits = mix(state);
            double noise = ((bits >> 32) + (int) bits + 1) * unit;
            double wanted = x[i] + (c1 * e1 + c2 * e2 + c3 * e3 + c4 * e4 + c5 * e5);
            double stored = (wanted + noise + large) - large;
            x[i] = stored;
            e5 = e4;
            e4 = e3;
            e3 = e2;
            e2 = e1;
            double error = stored - wanted;
            e1 = Math.abs(error) <= 2 * step ? error : 0.0; // No error of a sample that is no number outlasts it.
        }
        errors[0] = e1;
        errors[1] = e2;
        errors[2] = e3;
        errors[3] = e4;
        errors[4] = e5;
    }

    static long mix(long z) {
        z = (z ^ (z >>> 30)) * MIX_1;
        z = (z ^ (z >>> 27)) * MIX_2;
        return z ^ (z >>> 31);
    }

    /** Range is symmetric about −{@code shift}: for integers half a step below zero. */
    private void findOvers(double[] x, int frames, int channel, double shift, double limit) {
        for (int i = 0; i < frames; i++) {
            if (!(Math.abs(x[i] + shift) <= limit)) {
                remember(x[i], frame + i, channel);
            }
        }
    }

    private void remember(double value, long at, int channel) {
        double peak = Double.isNaN(value) ? Double.POSITIVE_INFINITY : Math.abs(value);
        if (over == null || peak > over.peak || (peak == over.peak && at < over.frame)) {
            over = new Over(peak, at, channel);
        }
    }
}
