package io.mixgraph.dsp;

import io.mixgraph.audio.AudioBlock;
import java.util.List;

/**
 * Scales and filters the side signal of a stereo signal: with M = (L + R)/2 and S = (L − R)/2, it gives L = M + w·F(S)
 * and R = M − w·F(S). Used by one thread at a time; allocates nothing but scratch, once.
 */
public final class SideSignal {
    private final BiquadCascade filter;
    private final boolean filtered;
    private double width;

    /** The side in its only channel. Grown once, to the capacity of the blocks it is given. */
    private AudioBlock side = new AudioBlock(1, 1);

    /**
     * @param width w; where it is 1 and nothing filtered, no bit is changed
     * @param sections of F, in order; none leaves S as it is
     */
    public SideSignal(double width, List<Biquad> sections) {
        this.width = width;
        this.filter = new BiquadCascade(sections, 1);
        this.filtered = !sections.isEmpty();
    }

    /** Goes on with another width and another filter, of as many sections. */
    public void retune(double newWidth, List<Biquad> sections) {
        width = newWidth;
        filter.retune(sections);
    }

    /** Changes the next {@code frames} frames of a stereo block, which stays the caller's, in place. */
    public void process(AudioBlock block, int frames) {
        if (width == 1.0 && !filtered) {
            return;
        }
        if (side.capacity() < frames) {
            side = new AudioBlock(1, block.capacity());
        }
        double w = width;
        double[] l = block.channel(0);
        double[] r = block.channel(1);
        double[] s = side.channel(0);
        for (int i = 0; i < frames; i++) {
            s[i] = 0.5 * (l[i] - r[i]);
        }
        filter.process(side, frames);
        for (int i = 0; i < frames; i++) {
            double m = 0.5 * (l[i] + r[i]);
            double d = w * s[i];
            l[i] = m + d;
            r[i] = m - d;
        }
    }

    /** Returns to the state of a fresh one, with the width and the filter it was last given. */
    public void reset() {
        filter.reset();
    }
}
