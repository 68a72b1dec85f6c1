package io.mixgraph.fx;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.Decibels;
import io.mixgraph.dsp.GateFollower;
import io.mixgraph.dsp.Log2Exp2;
import io.mixgraph.dsp.PeakLevel;
import io.mixgraph.dsp.SmoothStep;

/**
 * A ducker: lowers the signal by a fixed depth while another one, the key, is there: music under a voice.
 *
 * <p>It goes down when the peak level of the key, over all channels, reaches the threshold, and is all the way down
 * after the attack. It goes up when the level has stayed more than the hysteresis below the threshold for longer than
 * the hold, and is all the way up after the release. On the way the reduction in dB is depth·(3p² − 2p³) with p going
 * from 0 to 1 in a straight line, or back: it starts and ends softly and is half the depth in the middle. Turned round
 * on the way, it goes back from where it is. Up, the gain is exactly 1. A hold of half a period of the lowest note of
 * the key, or more, carries it over the zero crossings.
 *
 * <p>With a look-ahead of the attack, the signal is down when the first sound of the key comes.
 */
@Example("threshold_db: -35, depth_db: 9, key: voice")
public record Ducker(
        @Parameter(doc = "The level of the key that lowers the signal.", min = -100, max = 20)
        double thresholdDb,

        @Parameter(doc = "By how much the signal is lowered.", min = 0, max = 96, absent = "12")
        double depthDb,

        @Parameter(doc = "From untouched to lowered.", min = 0, max = 5000, absent = "50")
        double attackMs,

        @Parameter(doc = "How long it stays lowered when the key is gone.", min = 0, max = 10000, absent = "300")
        double holdMs,

        @Parameter(doc = "From lowered to untouched.", min = 0, max = 10000, absent = "500")
        double releaseMs,

        @Parameter(doc = "How far below the threshold the key counts as gone.", min = 0, max = 24, absent = "6")
        double hysteresisDb,

        @Parameter(
                doc = "How far ahead it sees, which delays the signal.",
                min = 0,
                max = 200,
                absent = "0",
                automatable = false)
        double lookaheadMs)
        implements LookaheadEffect {

    @Override
    public boolean needsKey() {
        return true;
    }

    @Override
    public int curveCount() {
        return 1;
    }

    @Override
    public Detector newDetector(AudioFormat input) {
        GateFollower follower = new GateFollower(
                Decibels.toGain(thresholdDb),
                Decibels.toGain(thresholdDb - hysteresisDb),
                attackMs,
                holdMs,
                releaseMs,
                input.sampleRate());
        return new Detector() {
            private double depth = -depthDb / Log2Exp2.DB_PER_LOG2;

            @Override
            public void detect(AudioBlock driver, int frames, double[][] curves) {
                double[] x = curves[0];
                PeakLevel.linked(driver, frames, x);
                follower.process(x, frames);
                SmoothStep.reversed(x, frames);
                Log2Exp2.exp2(x, depth, 1.0, frames);
            }

            @Override
            public void reset() {
                follower.reset();
            }

            @Override
            public void retune(Effect effect) {
                Ducker ducker = (Ducker) effect;
                depth = -ducker.depthDb / Log2Exp2.DB_PER_LOG2;
                follower.retune(
                        Decibels.toGain(ducker.thresholdDb),
                        Decibels.toGain(ducker.thresholdDb - ducker.hysteresisDb),
                        ducker.attackMs,
                        ducker.holdMs,
                        ducker.releaseMs);
            }
        };
    }

    @Override
    public Applicator newApplicator(AudioFormat main) {
        return new GainApplicator();
    }
}
