package io.mixgraph.dsp;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.SampleEncoding;
import org.jspecify.annotations.Nullable;

/**
 * Turns samples into exactly the values that an encoding holds, in place, so that what is measured is what is written.
 * Nothing is clipped: a sample beyond full scale stays there, and {@link #over} tells of it.
 *
 * <ul>
 *   <li>{@link SampleEncoding#FLOAT32}: rounded to the nearest float.
 *   <li>{@link SampleEncoding#PCM24}: rounded to the nearest multiple of 2^−23, half to even.
 *   <li>{@link SampleEncoding#PCM16}: triangular dither of ±1 step (TPDF; S. P. Lipshitz, R. A. Wannamaker, J.
 *       Vanderkooy, "Quantization and Dither: A Theoretical Survey", JAES 40(5), 1992), then rounded to the nearest
 *       multiple of 2^−15, half to even. The dither is a function of seed, frame and channel alone.
 * </ul>
 *
 * <p>Used by one thread at a time.
 */
public final class Quantiser {
    /** The increment and the two multipliers of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014, figure 16). */
    static final long GAMMA = 0x9E3779B97F4A7C15L;

    private static final long MIX_1 = 0xBF58476D1CE4E5B9L;
    private static final long MIX_2 = 0x94D049BB133111EBL;

    private final SampleEncoding encoding;
    private final long seed;
    private long frame;
    private float[] floats = {};
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
     * @param seed chooses the dither; any value. Signals that are summed later want different seeds
     */
    public Quantiser(SampleEncoding encoding, long seed) {
        this.encoding = encoding;
        this.seed = seed;
    }

    /** Quantises the next {@code frames} frames in place. The block stays the caller's. */
    public void quantise(AudioBlock block, int frames) {
        for (int c = 0; c < block.channels(); c++) {
            double[] x = block.channel(c);
            switch (encoding) {
                case FLOAT32 -> {
                    toFloat32(x, frames);
                    if (NotFinite.first(x, frames) >= 0) {
                        findOvers(x, frames, c, 0, Float.MAX_VALUE);
                    }
                }
                case PCM24 -> {
                    toInt24(x, frames);
                    findOvers(x, frames, c, 0x1p-24, 1 - 0x1p-24);
                }
                case PCM16 -> {
                    toDitheredInt16(x, frames, mix(seed + mix(c)) + frame * GAMMA);
                    findOvers(x, frames, c, 0x1p-16, 1 - 0x1p-16);
                }
            }
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

    /** There and back in two loops: in one, the two conversions wait for each other on JDK 17. */
    private void toFloat32(double[] x, int frames) {
        if (floats.length < frames) {
            floats = new float[frames];
        }
        float[] rounded = floats;
        for (int i = 0; i < frames; i++) {
            rounded[i] = (float) x[i];
        }
        for (int i = 0; i < frames; i++) {
            x[i] = rounded[i];
        }
    }

    /**
     * Below 2^28, adding 1.5 · 2^29 leaves no bit below 2^−23; what is larger has few such bits, and is over anyway.
     */
    private static void toInt24(double[] x, int frames) {
        for (int i = 0; i < frames; i++) {
            x[i] = (x[i] + 0x1.8p29) - 0x1.8p29;
        }
    }

    /** The sum of two uniform 32-bit numbers, centred, is the triangle; all of it is exact but the final rounding. */
    private static void toDitheredInt16(double[] x, int frames, long state) {
        for (int i = 0; i < frames; i++) {
            state += GAMMA;
            long bits = mix(state);
            double dither = ((bits >> 32) + (int) bits + 1) * 0x1p-47;
            x[i] = (x[i] + dither + 0x1.8p37) - 0x1.8p37;
        }
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
