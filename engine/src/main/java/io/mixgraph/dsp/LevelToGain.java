package io.mixgraph.dsp;

/**
 * From the level of a band to its gain: logarithm, static curve, attack and release on what that asks for, and back to
 * linear. The order is that of D. Giannoulis, M. Massberg and J. D. Reiss, "Digital Dynamic Range Compressor Design: A
 * Tutorial and Analysis", J. Audio Eng. Soc. 60(6), 2012, figure 7c. While nothing departs from rest, the gain is
 * exactly the gain at rest.
 *
 * <p>Its output depends on the frames since {@link #reset}, not on how they are cut into blocks. Used by one thread at
 * a time; allocates nothing.
 */
public final class LevelToGain {
    private final EnvelopeFollower follower;
    private DepartureCurve curve;
    private double direction;
    private double rest;

    /**
     * @param curve in log2 of the amplitude
     * @param attackMs time constant of leaving the rest, in milliseconds
     * @param releaseMs time constant of going back to it, in milliseconds
     * @param direction 1 when departing raises the gain, −1 when it lowers it
     * @param rest linear gain when nothing departs
     * @param sampleRate in Hz
     */
    public LevelToGain(
            DepartureCurve curve, double attackMs, double releaseMs, double direction, double rest, int sampleRate) {
        this.follower = new EnvelopeFollower(attackMs, releaseMs, sampleRate);
        this.curve = curve;
        this.direction = direction;
        this.rest = rest;
    }

    /** Goes on from where it is with other settings. */
    public void retune(DepartureCurve curve, double attackMs, double releaseMs, double direction, double rest) {
        follower.retune(attackMs, releaseMs);
        this.curve = curve;
        this.direction = direction;
        this.rest = rest;
    }

    /**
     * Replaces the first {@code frames} linear levels by linear gains.
     *
     * @param scratch at least {@code frames} long, overwritten
     */
    public void process(double[] x, double[] scratch, int frames) {
        Log2Exp2.log2(x, scratch, frames);
        curve.departure(x, frames);
        follower.process(x, frames);
        Log2Exp2.exp2(x, direction, rest, frames);
    }

    /** Returns to rest. */
    public void reset() {
        follower.reset();
    }

    /**
     * Replaces the first {@code frames} linear levels by what part they are of other levels.
     *
     * @param level 0 or more; changed
     * @param whole 0 or more
     * @param floor added to {@code whole}, above 0: of a whole that is far below it every part is small
     */
    public static void relative(double[] level, double[] whole, double floor, int frames) {
        for (int i = 0; i < frames; i++) {
            level[i] /= whole[i] + floor;
        }
    }
}
