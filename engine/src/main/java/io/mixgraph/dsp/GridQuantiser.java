package io.mixgraph.dsp;

import io.mixgraph.audio.AudioBlock;

/**
 * Rounds a signal to the multiples of a step, half to even. Nothing is clipped. With dither, a triangular one of ±1
 * step (TPDF; S. P. Lipshitz, R. A. Wannamaker, J. Vanderkooy, "Quantization and Dither: A Theoretical Survey", JAES
 * 40(5), 1992) is added before: then mean and variance of the error, 0 and step²/4, do not depend on the signal. A
 * sample of exactly 0 stays 0 all the same, so that silence stays silence.
 *
 * <p>The dither is a function of the seed, the frame since {@link #reset} and the channel alone. Used by one thread at
 * a time.
 */
public final class GridQuantiser {
    private final boolean dithered;
    private final long seed;
    private double step;
    private long frame;

    /**
     * @param step above 0
     * @param dithered whether to dither
     * @param seed chooses the dither; any value
     */
    public GridQuantiser(double step, boolean dithered, long seed) {
        this.step = step;
        this.dithered = dithered;
        // Other than that of a file's dither with the same seed.
        this.seed = Quantiser.mix(seed ^ Quantiser.GAMMA);
    }

    /** Goes on with another step. */
    public void retune(double newStep) {
        this.step = newStep;
    }

    /** Quantises the next {@code frames} frames in place. The block stays the caller's. */
    public void process(AudioBlock block, int frames) {
        for (int c = 0; c < block.channels(); c++) {
            if (dithered) {
                dither(block.channel(c), frames, Quantiser.mix(seed + Quantiser.mix(c)) + frame * Quantiser.GAMMA);
            } else {
                round(block.channel(c), frames);
            }
        }
        frame += frames;
    }

    /** Begins at the first frame again. */
    public void reset() {
        frame = 0;
    }

    /** Adding 0.0 leaves no negative zero. */
    private void round(double[] x, int frames) {
        double grid = step;
        for (int i = 0; i < frames; i++) {
            x[i] = Math.rint(x[i] / grid) * grid + 0.0;
        }
    }

    /** The sum of two uniform 32-bit numbers, centred, is the triangle. */
    private void dither(double[] x, int frames, long state) {
        double grid = step;
        long at = state;
        for (int i = 0; i < frames; i++) {
            at += Quantiser.GAMMA;
            long bits = Quantiser.mix(at);
            double triangle = ((bits >> 32) + (int) bits + 1) * 0x1p-32;
            x[i] = x[i] == 0.0 ? 0.0 : Math.rint(x[i] / grid + triangle) * grid + 0.0;
        }
    }
}
