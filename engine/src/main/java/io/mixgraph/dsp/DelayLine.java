package io.mixgraph.dsp;

import io.mixgraph.audio.AudioBlock;
import java.util.Arrays;

/** Delays a signal by a whole number of frames, silence before it. Used by one thread at a time. */
public final class DelayLine {
    private final double[][] ring;
    private final int delayFrames;
    /** Grown once, to the capacity of the blocks it is given. */
    private double[] held = new double[0];

    private int position;

    /**
     * @param channels number of channels
     * @param delayFrames by how much, 0 or more; 0 passes the signal untouched
     */
    public DelayLine(int channels, int delayFrames) {
        if (delayFrames < 0) {
            throw new IllegalArgumentException("a delay of " + delayFrames + " frames");
        }
        this.ring = new double[channels][delayFrames];
        this.delayFrames = delayFrames;
    }

    /** Delays the first {@code frames} frames of {@code block}, which stays the caller's, in place. */
    public void process(AudioBlock block, int frames) {
        if (delayFrames == 0) {
            return;
        }
        if (held.length < frames) {
            held = new double[block.capacity()];
        }
        int next = position;
        for (int c = 0; c < ring.length; c++) {
            next = exchange(ring[c], block.channel(c), frames);
        }
        position = next;
    }

    private int exchange(double[] line, double[] x, int frames) {
        int at = position;
        int done = 0;
        while (done < frames) {
            int run = Math.min(frames - done, delayFrames - at);
            System.arraycopy(line, at, held, 0, run);
            System.arraycopy(x, done, line, at, run);
            System.arraycopy(held, 0, x, done, run);
            done += run;
            at += run;
            if (at == delayFrames) {
                at = 0;
            }
        }
        return at;
    }

    /** Forgets everything: what comes out next is silence. */
    public void reset() {
        for (double[] line : ring) {
            Arrays.fill(line, 0.0);
        }
        position = 0;
    }
}
