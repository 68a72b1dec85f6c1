package io.mixgraph.dsp;

/**
 * Follows a curve with one time constant downwards and another upwards, and waits before it rises: each as
 * {@link EnvelopeFollower} has it, 63 % of a step after one time constant. It rises only after as many frames in a row
 * as the hold has, in all of which the input was above it.
 *
 * <p>Here without a branch: the sign bit of the distance and of the frames left to wait choose the step among the bits
 * of the two. What is within 1e-8 of the input is set to it at every 64th frame since the reset, so that it arrives
 * exactly.
 *
 * <p>Its output depends on the frames since {@link #reset}, not on how they are cut into blocks. Used by one thread at
 * a time; allocates nothing.
 */
public final class HoldingFollower {
    private static final int SETTLE_FRAMES = 64;

    /** Further away than where rounding stops the slowest step, and far below what can be heard. */
    private static final double SETTLE_WITHIN = 1e-8;

    private final int sampleRate;
    private long fallBits;
    private long riseBits;
    private long holdFrames;

    private double target;
    private double state;
    private long waitFrames;
    private int framesSinceSettled;

    /**
     * @param fallMs time constant downwards in milliseconds, 0 (at once) or more
     * @param holdMs how long it waits before it rises, in milliseconds
     * @param riseMs time constant upwards in milliseconds, 0 (at once) or more
     * @param sampleRate in Hz
     */
    public HoldingFollower(double fallMs, double holdMs, double riseMs, int sampleRate) {
        this.sampleRate = sampleRate;
        retune(fallMs, holdMs, riseMs);
    }

    /** Goes on from where it is with other times. */
    public final void retune(double fallMs, double holdMs, double riseMs) {
        fallBits = Double.doubleToRawLongBits(1.0 - StrictMath.exp(-1000.0 / (fallMs * sampleRate)));
        riseBits = Double.doubleToRawLongBits(1.0 - StrictMath.exp(-1000.0 / (riseMs * sampleRate)));
        holdFrames = (long) StrictMath.rint(holdMs * sampleRate / 1000.0);
    }

    /** Replaces the first {@code frames} values by what follows them. */
    public void process(double[] x, int frames) {
        int from = 0;
        while (from < frames) {
            int to = Math.min(frames, from + SETTLE_FRAMES - framesSinceSettled);
            run(x, from, to);
            framesSinceSettled += to - from;
            if (framesSinceSettled == SETTLE_FRAMES) {
                framesSinceSettled = 0;
                state = Math.abs(target - state) < SETTLE_WITHIN ? target : state;
            }
            from = to;
        }
    }

    /**
     * Starts afresh.
     *
     * @param rest where it stands, waiting for nothing
     */
    public void reset(double rest) {
        target = rest;
        state = rest;
        waitFrames = 0;
        framesSinceSettled = 0;
    }

    private void run(double[] x, int from, int to) {
        long fall = fallBits;
        long rise = riseBits;
        long hold = holdFrames;
        long wait = waitFrames;
        double s = state;
        double in = target;
        for (int i = from; i < to; i++) {
            in = x[i];
            // All ones where it has to rise, and where it has to wait.
            long rising = Double.doubleToRawLongBits(s - in) >> 63;
            long waiting = -wait >> 63;
            double step = Double.longBitsToDouble((rising & ~waiting & rise) | (~rising & fall));
            s += (in - s) * step;
            wait = (rising & (wait + waiting)) | (~rising & hold);
            x[i] = s;
        }
        target = in;
        state = s;
        waitFrames = wait;
    }
}
