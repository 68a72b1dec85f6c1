package io.mixgraph.dsp;

import io.mixgraph.audio.AudioBlock;

/** The instantaneous level that drives dynamics. */
public final class PeakLevel {
    private PeakLevel() {}

    /**
     * The largest magnitude of any channel, frame by frame: channels that share one gain keep their balance.
     *
     * <p>max(a, b) = (a + b + |a − b|) / 2, which vectorises where {@link Math#max} does not.
     *
     * @param block the signal, not changed
     * @param frames how many of its frames to read
     * @param level at least {@code frames} long; written
     */
    public static void linked(AudioBlock block, int frames, double[] level) {
        double[] first = block.channel(0);
        for (int i = 0; i < frames; i++) {
            level[i] = Math.abs(first[i]);
        }
        for (int c = 1; c < block.channels(); c++) {
            double[] x = block.channel(c);
            for (int i = 0; i < frames; i++) {
                double a = level[i];
                double b = Math.abs(x[i]);
                level[i] = 0.5 * (a + b + Math.abs(a - b));
            }
        }
    }

    /**
     * The magnitude of one channel.
     *
     * @param x the channel, not changed
     * @param frames how many of its frames to read
     * @param level at least {@code frames} long; written
     */
    public static void ofChannel(double[] x, int frames, double[] level) {
        for (int i = 0; i < frames; i++) {
            level[i] = Math.abs(x[i]);
        }
    }

    /** Replaces the first {@code frames} levels by those of {@code other} where they are higher. */
    public static void raise(double[] level, double[] other, int frames) {
        for (int i = 0; i < frames; i++) {
            double a = level[i];
            double b = other[i];
            level[i] = 0.5 * (a + b + Math.abs(a - b));
        }
    }

    /**
     * Moves the lower of two channels towards the higher, frame by frame, by a share of what they differ by; the higher
     * keeps its bits.
     *
     * @param share 0 leaves them alone, 1 makes them equal
     */
    public static void link(double[] left, double[] right, double share, int frames) {
        double half = 0.5 * share;
        for (int i = 0; i < frames; i++) {
            double d = right[i] - left[i];
            double magnitude = Math.abs(d);
            left[i] += half * (magnitude + d);
            right[i] += half * (magnitude - d);
        }
    }
}
