package io.mixgraph.dsp;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.Dither;
import io.mixgraph.audio.SampleEncoding;
import java.util.Arrays;

/** By how much rounding can have moved samples: the loops that add it up. Arrays are used from index 0. */
public final class RoundingBound {
    /** What turns the exponent of a float into half the distance to the next one. */
    private static final double HALF_ULP = 0x1p-24;

    private static final int EXPONENT = 0x7F800000;

    private RoundingBound() {}

    /**
     * bound += the most by which a {@link Quantiser} moved samples.
     *
     * @param x the samples as it left them
     */
    public static void add(
            SampleEncoding encoding, Dither dither, int sampleRate, double[] x, double[] bound, int frames) {
        if (encoding.integer()) {
            add(Quantiser.reach(encoding, dither, sampleRate), bound, frames);
        } else {
            addHalfUlps(x, bound, frames);
        }
    }

    /** bound += constant */
    private static void add(double constant, double[] bound, int frames) {
        for (int i = 0; i < frames; i++) {
            bound[i] += constant;
        }
    }

    /** bound += half the distance between neighbouring 32-bit floats at x, which are floats themselves. */
    static void addHalfUlps(double[] x, double[] bound, int frames) {
        for (int i = 0; i < frames; i++) {
            int exponent = Float.floatToRawIntBits((float) x[i]) & EXPONENT;
            bound[i] += Math.max(Float.intBitsToFloat(exponent) * HALF_ULP, 0x1p-150);
        }
    }

    /**
     * The highest magnitude of any channel up to each frame.
     *
     * @param before what it was before the first
     * @param peaks the caller's, written
     * @return what it is after the last
     */
    public static double runningPeak(AudioBlock x, double before, double[] peaks, int frames) {
        Arrays.fill(peaks, 0, frames, before);
        boolean rises = false;
        for (int c = 0; c < x.channels(); c++) {
            if (Mixing.exceeds(x.channel(c), before, frames)) {
                rises = true;
                raise(peaks, x.channel(c), frames);
            }
        }
        double highest = before;
        for (int i = 0; i < frames && rises; i++) {
            highest = Math.max(highest, peaks[i]);
            peaks[i] = highest;
        }
        return highest;
    }

    private static void raise(double[] peaks, double[] x, int frames) {
        for (int i = 0; i < frames; i++) {
            peaks[i] = Math.max(peaks[i], Math.abs(x[i]));
        }
    }

    /**
     * Replaces a sum by the magnitude of its difference from what it is to be.
     *
     * @param gain of {@code whole}
     */
    public static void difference(double[] sum, double gain, double[] whole, int frames) {
        for (int i = 0; i < frames; i++) {
            sum[i] = Math.abs(sum[i] - gain * whole[i]);
        }
    }

    /** Whether no value lies above its bound. */
    public static boolean holds(double[] values, double[] bound, int frames) {
        for (int i = 0; i < frames; i++) {
            if (values[i] > bound[i]) {
                return false;
            }
        }
        return true;
    }
}
