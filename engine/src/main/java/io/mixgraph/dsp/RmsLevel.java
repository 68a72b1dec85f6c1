package io.mixgraph.dsp;

/**
 * The root of the mean square of one channel over an exponential window: m[n] = α·m[n−1] + (1 − α)·x²[n] with α =
 * e^(−1/(τ·Fs)) (U. Zölzer, ed., "DAFX: Digital Audio Effects", 2nd edition, 2011, chapter on dynamic range control,
 * RMS measurement), of which the level is √m. A sine of amplitude a reads a/√2, 3.01 dB below its peak.
 *
 * <p>A mean square below 1e-30 is taken as 0 at every 64th frame since the reset, so that rest is exact. The output
 * depends on the frames since {@link #reset}, not on how they are cut into blocks. Used by one thread at a time;
 * allocates nothing.
 */
public final class RmsLevel {
    private static final int FLUSH_FRAMES = 64;
    private static final double FLUSH_BELOW = 1e-30;

    private final int sampleRate;
    private double share;
    private double meanSquare;
    private int framesSinceFlush;

    /**
     * @param windowMs the time constant τ in milliseconds, 0 (the magnitude itself) or more
     * @param sampleRate in Hz
     */
    public RmsLevel(double windowMs, int sampleRate) {
        this.sampleRate = sampleRate;
        retune(windowMs);
    }

    /** Goes on from where it is with another time constant. */
    public final void retune(double windowMs) {
        share = 1.0 - StrictMath.exp(-1000.0 / (windowMs * sampleRate));
    }

    /**
     * Reads the level of the next frames.
     *
     * @param x one channel, not changed
     * @param frames how many of its frames to read
     * @param level at least {@code frames} long; written
     */
    public void process(double[] x, int frames, double[] level) {
        for (int i = 0; i < frames; i++) {
            level[i] = x[i] * x[i];
        }
        int from = 0;
        while (from < frames) {
            int to = Math.min(frames, from + FLUSH_FRAMES - framesSinceFlush);
            average(level, from, to);
            framesSinceFlush += to - from;
            if (framesSinceFlush == FLUSH_FRAMES) {
                framesSinceFlush = 0;
                meanSquare = meanSquare < FLUSH_BELOW ? 0.0 : meanSquare;
            }
            from = to;
        }
        for (int i = 0; i < frames; i++) {
            level[i] = Math.sqrt(level[i]);
        }
    }

    /** Returns to silence. */
    public void reset() {
        meanSquare = 0.0;
        framesSinceFlush = 0;
    }

    private void average(double[] squares, int from, int to) {
        double k = share;
        double m = meanSquare;
        for (int i = from; i < to; i++) {
            m += k * (squares[i] - m);
            squares[i] = m;
        }
        meanSquare = m;
    }
}
