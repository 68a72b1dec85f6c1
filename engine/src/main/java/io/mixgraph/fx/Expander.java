package io.mixgraph.fx;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.dsp.ExpansionCurve;
import io.mixgraph.dsp.HoldingFollower;
import io.mixgraph.dsp.Log2Exp2;
import io.mixgraph.dsp.PeakLevel;

/**
 * A downward expander: below the threshold the output falls by {@code ratio} dB for each dB of the input, until the
 * range is taken away. The peak level of the driving signal over all channels, in logarithmic units, goes through the
 * static curve, is smoothed, and turned into one gain for all channels.
 *
 * <p>The static curve is {@link ExpansionCurve}, the mirror of equation 4 of D. Giannoulis, M. Massberg and J. D.
 * Reiss, "Digital Dynamic Range Compressor Design: A Tutorial and Analysis", J. Audio Eng. Soc. 60(6), 2012. With u =
 * threshold − level and W for the knee, all in dB, the reduction is
 *
 * <pre>
 * 0                                 where 2u &lt; −W
 * (ratio − 1)·(u + W/2)² / (2W)     where 2|u| ≤ W
 * (ratio − 1)·u                     where 2u &gt; W
 * </pre>
 *
 * but never more than the range.
 *
 * <p>Attack and release are time constants of the reduction in dB: after a step of the level, 63 % (1 − 1/e) of the
 * change is done after one of them. The attack is that of a falling reduction, when the signal comes; the release that
 * of a rising one, when it goes. The reduction rises only when the level has asked for more of it for longer than the
 * hold: with a hold of half a period or more, the zero crossings of a low note do not let it rise. It begins as in
 * silence. Where nothing is to be reduced, the gain arrives at exactly 1.
 */
@Example("threshold_db: -45, ratio: 3")
public record Expander(
        @Parameter(doc = "The level below which it reduces.", min = -100, max = 20)
        double thresholdDb,

        @Parameter(
                doc = "How many dB the output falls for each dB of the input, below the threshold.",
                min = 1,
                max = 20,
                absent = "2")
        double ratio,

        @Parameter(doc = "Width of the soft bend around the threshold.", min = 0, max = 48, absent = "6")
        double kneeDb,

        @Parameter(doc = "The most it takes away.", min = 0, max = 144, absent = "40")
        double rangeDb,

        @Parameter(doc = "Time constant of a falling reduction.", min = 0, max = 1000, absent = "1")
        double attackMs,

        @Parameter(doc = "How long it waits before the reduction rises.", min = 0, max = 5000, absent = "20")
        double holdMs,

        @Parameter(doc = "Time constant of a rising reduction.", min = 0, max = 10000, absent = "150")
        double releaseMs)
        implements Effect {

    @Override
    public Nature nature() {
        return Nature.CONTROLLED;
    }

    @Override
    public int curveCount() {
        return 1;
    }

    /** The curve in dB: what is reduced by how much, before attack, hold and release. */
    ExpansionCurve curve() {
        return new ExpansionCurve(thresholdDb, ratio, kneeDb, rangeDb);
    }

    private ExpansionCurve log2Curve() {
        return new ExpansionCurve(
                thresholdDb / Log2Exp2.DB_PER_LOG2,
                ratio,
                kneeDb / Log2Exp2.DB_PER_LOG2,
                rangeDb / Log2Exp2.DB_PER_LOG2);
    }

    @Override
    public Detector newDetector(AudioFormat input) {
        return new GainDetector(this, new HoldingFollower(attackMs, holdMs, releaseMs, input.sampleRate()));
    }

    @Override
    public Applicator newApplicator(AudioFormat main) {
        return new GainApplicator();
    }

    /** The gain: level, static curve, ballistics, and back to linear. */
    private static final class GainDetector implements Detector {
        private final HoldingFollower follower;
        private ExpansionCurve curve;

        /** Grown once, to the capacity of the blocks it is given. */
        private double[] scratch = new double[0];

        GainDetector(Expander settings, HoldingFollower follower) {
            this.follower = follower;
            this.curve = settings.log2Curve();
            follower.reset(inSilence());
        }

        private double inSilence() {
            return curve.reduction(Log2Exp2.log2(0.0));
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
            Log2Exp2.exp2(x, -1.0, 1.0, frames);
        }

        @Override
        public void reset() {
            follower.reset(inSilence());
        }

        @Override
        public void retune(Effect effect) {
            Expander settings = (Expander) effect;
            curve = settings.log2Curve();
            follower.retune(settings.attackMs, settings.holdMs, settings.releaseMs);
        }
    }
}
