package io.mixgraph.dsp;

/**
 * A value that moves to where it is sent with one time constant: s[n] = s[n−1] + (1 − α)·(t − s[n−1]) with α =
 * e^(−1/(τ·Fs)); 63 % of the way is done after one τ. What is within 1e-8 of its target is set to it at every 64th
 * frame since the reset, so that it arrives exactly.
 *
 * <p>It depends on the frames since {@link #reset}, not on how they are cut into blocks. Used by one thread at a time;
 * allocates nothing.
 */
public final class Glide {
    private static final int SETTLE_FRAMES = 64;

    /** Further away than where rounding stops the slowest step, and far below what can be heard in log2 of a gain. */
    private static final double SETTLE_WITHIN = 1e-8;

    private final int sampleRate;
    private double step;
    private double target;
    private double value;
    private int framesSinceSettled;

    /**
     * @param timeMs the time constant in milliseconds, 0 (at once) or more
     * @param sampleRate in Hz
     */
    public Glide(double timeMs, int sampleRate) {
        this.sampleRate = sampleRate;
        retune(timeMs);
    }

    /** Goes on from where it is with another time constant. */
    public final void retune(double timeMs) {
        step = 1.0 - StrictMath.exp(-1000.0 / (timeMs * sampleRate));
    }

    /** Sends it somewhere. */
    public void to(double target) {
        this.target = target;
    }

    /** Keeps it where it is. */
    public void stay() {
        target = value;
    }

    /** Writes {@code frames} values from index {@code from} on. */
    public void process(double[] x, int from, int frames) {
        int at = from;
        int end = from + frames;
        while (at < end) {
            int to = Math.min(end, at + SETTLE_FRAMES - framesSinceSettled);
            run(x, at, to);
            framesSinceSettled += to - at;
            if (framesSinceSettled == SETTLE_FRAMES) {
                framesSinceSettled = 0;
                value = Math.abs(target - value) < SETTLE_WITHIN ? target : value;
            }
            at = to;
        }
    }

    /** Returns to 0, and stays there. */
    public void reset() {
        target = 0.0;
        value = 0.0;
        framesSinceSettled = 0;
    }

    private void run(double[] x, int from, int to) {
        double k = step;
        double t = target;
        double s = value;
        for (int i = from; i < to; i++) {
            s += (t - s) * k;
            x[i] = s;
        }
        value = s;
    }
}
