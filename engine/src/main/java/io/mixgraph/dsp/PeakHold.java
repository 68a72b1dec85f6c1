package io.mixgraph.dsp;

import java.util.Arrays;

/**
 * The largest of the last so many values, frame by frame: held over half a period, the peaks of a tone become one
 * steady level. Its output depends on the frames since {@link #reset}, not on how they are cut into blocks. Used by one
 * thread at a time; allocates nothing while running.
 *
 * <p>M. van Herk, "A fast algorithm for local minimum and maximum filters on rectangular and octagonal kernels",
 * Pattern Recognition Letters 13(7), 1992: the frames since the reset are cut into chunks as long as the window; a
 * window is then the end of one chunk and the beginning of the next, and its maximum that of a running maximum backward
 * over the one and forward over the other: three comparisons a frame, whatever the window.
 */
public final class PeakHold {
    /** The chunk that is being filled; what is not yet overwritten are maxima from there to the chunk's end before. */
    private final double[] chunk;

    private int position;
    private double forward;

    /** @param frames how many values the maximum is over, at least 1 */
    public PeakHold(int frames) {
        if (frames < 1) {
            throw new IllegalArgumentException("a peak is held for a frame at least, not for " + frames);
        }
        this.chunk = new double[frames];
    }

    /** Replaces the first {@code frames} values, 0 or more, by the largest of the last ones up to each. */
    public void process(double[] x, int frames) {
        int from = 0;
        while (from < frames) {
            int run = Math.min(frames - from, chunk.length - position);
            hold(x, from, run);
            position += run;
            from += run;
            if (position == chunk.length) {
                turn();
            }
        }
    }

    /** Forgets everything: 0 before the first value. */
    public void reset() {
        Arrays.fill(chunk, 0.0);
        position = 0;
        forward = 0.0;
    }

    private void hold(double[] x, int from, int run) {
        double highest = forward;
        for (int i = 0; i < run; i++) {
            double value = x[from + i];
            highest = value > highest ? value : highest;
            int next = position + i + 1;
            double before = next < chunk.length ? chunk[next] : 0.0;
            chunk[position + i] = value;
            x[from + i] = before > highest ? before : highest;
        }
        forward = highest;
    }

    private void turn() {
        double highest = 0.0;
        for (int i = chunk.length - 1; i >= 0; i--) {
            highest = chunk[i] > highest ? chunk[i] : highest;
            chunk[i] = highest;
        }
        position = 0;
        forward = 0.0;
    }
}
