package io.mixgraph.dsp;

import io.mixgraph.audio.AudioBlock;
import java.util.Arrays;

/**
 * Takes the first of every so many frames since {@link #reset} and holds it until the next. Nothing is filtered before
 * or after. Used by one thread at a time; allocates nothing.
 */
public final class SampleHold {
    private final int everyFrames;
    private final double[] held;
    private int sinceTaken;

    /**
     * @param channels number of channels
     * @param everyFrames 1 (passes everything) or more
     */
    public SampleHold(int channels, int everyFrames) {
        if (everyFrames < 1) {
            throw new IllegalArgumentException("a sample cannot be held for " + everyFrames + " frames");
        }
        this.everyFrames = everyFrames;
        this.held = new double[channels];
    }

    /** Holds the next {@code frames} frames in place. The block stays the caller's. */
    public void process(AudioBlock block, int frames) {
        if (everyFrames == 1) {
            return;
        }
        for (int c = 0; c < held.length; c++) {
            held[c] = hold(block.channel(c), frames, held[c]);
        }
        sinceTaken = (int) ((sinceTaken + (long) frames) % everyFrames);
    }

    private double hold(double[] x, int frames, double before) {
        double value = before;
        int left = (everyFrames - sinceTaken) % everyFrames;
        int at = Math.min(left, frames);
        Arrays.fill(x, 0, at, value);
        while (at < frames) {
            value = x[at];
            int to = Math.min(frames, at + everyFrames);
            Arrays.fill(x, at, to, value);
            at = to;
        }
        return value;
    }

    /** Returns to the state of a fresh one. */
    public void reset() {
        Arrays.fill(held, 0.0);
        sinceTaken = 0;
    }
}
