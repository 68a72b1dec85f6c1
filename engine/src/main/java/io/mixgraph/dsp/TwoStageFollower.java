package io.mixgraph.dsp;

/**
 * Follows a curve of values of 0 or more with a release that depends on how long they lasted. Both of its stages are
 * smoothed as {@link EnvelopeFollower} smooths: f[n] follows the input with the attack and the release, s[n] follows
 * f[n] with a charge while f is above and a long release while it is below. The output is the higher of the two.
 *
 * <p>While the input rises or stays, f is the higher and the second stage changes nothing. After a peak much shorter
 * than the charge, s is low and the output falls with the release. After a value D that lasted much longer than the
 * charge, the output falls with the second stage: D·(S·e^(−t/S) − R·e^(−t/R)) / (S − R) for a release R and a long
 * release S.
 *
 * <p>Its output depends on the frames since {@link #reset}, not on how they are cut into blocks. Used by one thread at
 * a time; allocates nothing.
 */
public final class TwoStageFollower {
    private static final int FLUSH_FRAMES = 64;

    /** What decays below this becomes 0, so that rest is exact. */
    private static final double FLUSH_BELOW = 1e-15;

    private final int sampleRate;
    private double mean;
    private double half;
    private double slowMean;
    private double slowHalf;
    private double fast;
    private double slow;
    private int framesSinceFlush;

    /**
     * All times are in milliseconds, 0 (at once) or more.
     *
     * @param attackMs time constant of the first stage upwards
     * @param releaseMs time constant of the first stage downwards
     * @param chargeMs time constant of the second stage upwards
     * @param longReleaseMs time constant of the second stage downwards
     * @param sampleRate in Hz
     */
    public TwoStageFollower(double attackMs, double releaseMs, double chargeMs, double longReleaseMs, int sampleRate) {
        this.sampleRate = sampleRate;
        retune(attackMs, releaseMs, chargeMs, longReleaseMs);
    }

    /** Goes on from where it is with other time constants. */
    public final void retune(double attackMs, double releaseMs, double chargeMs, double longReleaseMs) {
        double attack = step(attackMs);
        double release = step(releaseMs);
        double charge = step(chargeMs);
        double longRelease = step(longReleaseMs);
        mean = 0.5 * (attack + release);
        half = 0.5 * (attack - release);
        slowMean = 0.5 * (charge + longRelease);
        slowHalf = 0.5 * (charge - longRelease);
    }

    private double step(double ms) {
        return 1.0 - StrictMath.exp(-1000.0 / (ms * sampleRate));
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
                fast = fast < FLUSH_BELOW ? 0.0 : fast;
                slow = slow < FLUSH_BELOW ? 0.0 : slow;
            }
            from = to;
        }
    }

    /** Returns to 0. */
    public void reset() {
        fast = 0.0;
        slow = 0.0;
        framesSinceFlush = 0;
    }

    private void run(double[] x, int from, int to) {
        double a = mean;
        double b = half;
        double p = slowMean;
        double q = slowHalf;
        double f = fast;
        double s = slow;
        for (int i = from; i < to; i++) {
            double d = x[i] - f;
            f += d * a + Math.abs(d) * b;
            double e = f - s;
            s += e * p + Math.abs(e) * q;
            double above = f - s;
            x[i] = s + 0.5 * (above + Math.abs(above));
        }
        fast = f;
        slow = s;
    }
}
