package io.mixgraph.dsp;

/**
 * The gain of a transient shaper from three envelopes of one level: the level itself, one that rises slower, and one
 * that falls slower. Their ratios, and so the gain, do not depend on how loud the signal is.
 *
 * <p>Used by one thread at a time; allocates nothing while running, except for scratch that grows once.
 */
public final class TransientGain {
    /** Half a period of 20 Hz: the peaks of any audible tone are a steady level. */
    public static final double HOLD_MS = 25.0;

    /** Time constant at which the level falls, so that the steps from peak to peak become smooth. */
    public static final double FALL_MS = 10.0;

    private final PeakHold hold;
    private final EnvelopeFollower level;
    private final EnvelopeFollower slowRise;
    private final EnvelopeFollower slowFall;
    private double attackAmount;
    private double attackLimit;
    private double sustainAmount;
    private double sustainLimit;
    private double[] rising = new double[0];
    private double[] falling = new double[0];
    private double[] scratch = new double[0];

    /**
     * @param attackMs time constant of the envelope that rises slower, in milliseconds
     * @param sustainMs time constant of the envelope that falls slower, in milliseconds
     * @param sampleRate in Hz
     */
    public TransientGain(double attackMs, double sustainMs, int sampleRate) {
        this.hold = new PeakHold((int) StrictMath.ceil(HOLD_MS * sampleRate / 1000.0));
        this.level = new EnvelopeFollower(0.0, FALL_MS, sampleRate);
        this.slowRise = new EnvelopeFollower(attackMs, 0.0, sampleRate);
        this.slowFall = new EnvelopeFollower(0.0, sustainMs, sampleRate);
    }

    /**
     * Goes on from where it is with other time constants.
     *
     * @see #TransientGain
     */
    public void retune(double attackMs, double sustainMs) {
        slowRise.retune(attackMs, 0.0);
        slowFall.retune(0.0, sustainMs);
    }

    /**
     * How much of each ratio becomes gain.
     *
     * @param attackAmount of how far the slower rise lags behind: 1 adds all of it, −1 takes it away
     * @param attackLimit of that lag, in log2
     * @param sustainAmount of how far the level has fallen below the slower fall
     * @param sustainLimit of that fall, in log2
     */
    public void amounts(double attackAmount, double attackLimit, double sustainAmount, double sustainLimit) {
        this.attackAmount = attackAmount;
        this.attackLimit = attackLimit;
        this.sustainAmount = sustainAmount;
        this.sustainLimit = sustainLimit;
    }

    /** Replaces the first {@code frames} linear levels by linear gains. */
    public void process(double[] x, int frames) {
        if (scratch.length < frames) {
            rising = new double[x.length];
            falling = new double[x.length];
            scratch = new double[x.length];
        }
        hold.process(x, frames);
        level.process(x, frames);
        System.arraycopy(x, 0, rising, 0, frames);
        System.arraycopy(x, 0, falling, 0, frames);
        slowRise.process(rising, frames);
        slowFall.process(falling, frames);
        Log2Exp2.log2(x, scratch, frames);
        Log2Exp2.log2(rising, scratch, frames);
        Log2Exp2.log2(falling, scratch, frames);
        mix(x, rising, falling, frames);
        Log2Exp2.exp2(x, 1.0, 1.0, frames);
    }

    /** Returns to silence. */
    public void reset() {
        hold.reset();
        level.reset();
        slowRise.reset();
        slowFall.reset();
    }

    private void mix(double[] x, double[] rise, double[] fall, int frames) {
        double a = attackAmount;
        double s = sustainAmount;
        double mostA = attackLimit;
        double mostS = sustainLimit;
        for (int i = 0; i < frames; i++) {
            double lag = x[i] - rise[i];
            double gone = fall[i] - x[i];
            double overA = lag - mostA;
            double overS = gone - mostS;
            x[i] = a * (lag - 0.5 * (overA + Math.abs(overA))) + s * (gone - 0.5 * (overS + Math.abs(overS)));
        }
    }
}
