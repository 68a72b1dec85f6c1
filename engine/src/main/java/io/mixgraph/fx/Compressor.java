package io.mixgraph.fx;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.Decibels;
import io.mixgraph.dsp.CompressionCurve;
import io.mixgraph.dsp.EnvelopeFollower;
import io.mixgraph.dsp.Log2Exp2;
import io.mixgraph.dsp.PeakLevel;

/**
 * A feed-forward compressor: the peak level of MAIN or of a key, in logarithmic units, through the static curve, then
 * smoothed, then turned into one gain for all channels. The order is the one that D. Giannoulis, M. Massberg and J. D.
 * Reiss recommend ("Digital Dynamic Range Compressor Design: A Tutorial and Analysis", J. Audio Eng. Soc. 60(6), 2012,
 * figure 7c: level detection in the log domain, after the gain computer).
 *
 * <p>Attack and release are time constants of the reduction in dB: after a step of the level, 63 % (1 − 1/e) of the
 * change is done after one of them. Where there is nothing to reduce and no make-up, the gain is exactly 1.
 */
public record Compressor(
        @Parameter(doc = "The level from which it reduces.", min = -100, max = 20)
        double thresholdDb,

        @Parameter(doc = "Input over output above the threshold, in dB.", min = 1, max = 100, absent = "2")
        double ratio,

        @Parameter(doc = "Time constant of a rising reduction.", min = 0, max = 1000, absent = "10")
        double attackMs,

        @Parameter(doc = "Time constant of a falling reduction.", min = 0, max = 10000, absent = "120")
        double releaseMs,

        @Parameter(doc = "Width of the soft bend around the threshold.", min = 0, max = 48, absent = "6")
        double kneeDb,

        @Parameter(doc = "Gain afterwards.", min = -24, max = 36, absent = "0")
        double makeupDb)
        implements Effect {

    @Override
    public Nature nature() {
        return Nature.CONTROLLED;
    }

    @Override
    public int curveCount() {
        return 1;
    }

    @Override
    public Detector newDetector(AudioFormat input) {
        EnvelopeFollower follower = new EnvelopeFollower(attackMs, releaseMs, input.sampleRate());
        return new GainDetector(this, follower);
    }

    @Override
    public Applicator newApplicator(AudioFormat main) {
        return new GainApplicator();
    }

    /** The gain: level, static curve, ballistics, and back to linear with the make-up. */
    private static final class GainDetector implements Detector {
        private final EnvelopeFollower follower;
        private CompressionCurve curve;
        private double makeup;

        /** Grown once, to the capacity of the blocks it is given. */
        private double[] scratch = new double[0];

        GainDetector(Compressor settings, EnvelopeFollower follower) {
            this.follower = follower;
            this.curve = settings.log2Curve();
            this.makeup = Decibels.toGain(settings.makeupDb);
        }

        @Override
        public void detect(AudioBlock driver, int frames, double[][] curves) {
            if (scratch.length < frames) {
                scratch = new double[driver.capacity()];
            }
            double[] x = curves[0];
            PeakLevel.linked(driver, frames, x);
            Log2Exp2.log2(x, scratch, frames);
            curve.reduction(x, frames);
            follower.process(x, frames);
            Log2Exp2.exp2(x, -1.0, makeup, frames);
        }

        @Override
        public void reset() {
            follower.reset();
        }

        @Override
        public void retune(Effect effect) {
            Compressor settings = (Compressor) effect;
            curve = settings.log2Curve();
            makeup = Decibels.toGain(settings.makeupDb);
            follower.retune(settings.attackMs, settings.releaseMs);
        }
    }

    private CompressionCurve log2Curve() {
        return new CompressionCurve(thresholdDb / Log2Exp2.DB_PER_LOG2, ratio, kneeDb / Log2Exp2.DB_PER_LOG2);
    }
}
