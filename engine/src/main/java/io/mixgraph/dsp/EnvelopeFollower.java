package io.mixgraph.dsp;

/**
 * Follows a curve of values of 0 or more, with one time constant while the target is above and another while it is
 * below: the "smooth, branching" detector of D. Giannoulis, M. Massberg and J. D. Reiss, "Digital Dynamic Range
 * Compressor Design: A Tutorial and Analysis", J. Audio Eng. Soc. 60(6), 2012: s[n] = α·s[n−1] + (1 − α)·x[n] with α =
 * e^(−1/(τ·Fs)). After a step, 1 − 1/e = 63 % of the way is done after one time constant.
 *
 * <p>Here without a branch: with d = x − s and k = 1 − α, the step d·k with k by the sign of d is d·(kA + kR)/2 +
 * |d|·(kA − kR)/2.
 *
 * <p>Its output depends on the frames since {@link #reset}, not on how they are cut into blocks. Used by one thread at
 * a time; allocates nothing.
 */
public final class EnvelopeFollower {
    private static final int FLUSH_FRAMES = 64;

    /** What decays below this becomes 0, so that rest is exact. */
    private static final double FLUSH_BELOW = 1e-15;

    private final int sampleRate;
    private double mean;
    private double half;
    private double state;
    private int framesSinceFlush;

    /**
     * @param attackMs time constant upwards in milliseconds, 0 (at once) or more
     * @param releaseMs time constant downwards in milliseconds, 0 (at once) or more
     * @param sampleRate in Hz
     */
    public EnvelopeFollower(double attackMs, double releaseMs, int sampleRate) {
        this.sampleRate = sampleRate;
        retune(attackMs, releaseMs);
    }

    /** Goes on from where it is with other time constants. */
    public final void retune(double attackMs, double releaseMs) {
        double attack = 1.0 - StrictMath.exp(-1000.0 / (attackMs * sampleRate));
        double release = 1.0 - StrictMath.exp(-1000.0 / (releaseMs * sampleRate));
        this.mean = 0.5 * (attack + release);
        this.half = 0.5 * (attack - release);
    }

    /** Replaces the first {@code frames} values by what follows them. */
    public void process(double[] x, int frames) {
        int from = 0;
        while (from < frames) {
            int to = Math.min(frames, from + FLUSH_FRAMES - framesSinceFlush);
            run(x, from, to);
            framesSinceFlush += to - from;
            if (framesSinceFlush == FLUSH_FRAMES) {
                framesSinceFlush = 0;
                state = state < FLUSH_BELOW ? 0.0 : state;
            }
            from = to;
        }
    }

    /** Returns to 0. */
    public void reset() {
        state = 0.0;
        framesSinceFlush = 0;
    }

    private void run(double[] x, int from, int to) {
        double a = mean;
        double b = half;
        double s = state;
        for (int i = from; i < to; i++) {
            double d = x[i] - s;
            s += d * a + Math.abs(d) * b;
            x[i] = s;
        }
        state = s;
    }
}
