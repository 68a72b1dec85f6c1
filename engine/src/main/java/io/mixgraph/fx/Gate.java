package io.mixgraph.fx;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.Decibels;
import io.mixgraph.dsp.GateFollower;
import io.mixgraph.dsp.Log2Exp2;
import io.mixgraph.dsp.PeakLevel;

/**
 * A gate: lowers what is below a threshold by a fixed range. It opens when the peak level of MAIN or of a key, over all
 * channels, reaches the threshold. It closes when the level has stayed more than the hysteresis below that for longer
 * than the hold. Between, the gain moves in a straight line in dB, over the whole range in the attack or the release.
 * Open, the gain is exactly 1.
 *
 * <p>With a look-ahead of the attack or more, the gate is open when the sound that opens it comes, and nothing of it is
 * cut.
 */
@Example("threshold_db: -45, hold_ms: 80")
public record Gate(
        @Parameter(doc = "The level that opens it.", min = -100, max = 20)
        double thresholdDb,

        @Parameter(doc = "From closed to open.", min = 0, max = 1000, absent = "1")
        double attackMs,

        @Parameter(doc = "How long it stays open when the level is gone.", min = 0, max = 5000, absent = "50")
        double holdMs,

        @Parameter(doc = "From open to closed.", min = 0, max = 10000, absent = "150")
        double releaseMs,

        @Parameter(doc = "The gain when closed.", min = -144, max = 0, absent = "-60")
        double rangeDb,

        @Parameter(doc = "How far below the threshold it closes.", min = 0, max = 24, absent = "4")
        double hysteresisDb,

        @Parameter(
                doc = "How far ahead it sees, which delays the signal.",
                min = 0,
                max = 20,
                absent = "0",
                automatable = false)
        double lookaheadMs)
        implements LookaheadEffect {

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
            private double range = rangeDb / Log2Exp2.DB_PER_LOG2;

            @Override
            public void detect(AudioBlock driver, int frames, double[][] curves) {
                double[] x = curves[0];
                PeakLevel.linked(driver, frames, x);
                follower.process(x, frames);
                Log2Exp2.exp2(x, range, 1.0, frames);
            }

            @Override
            public void reset() {
                follower.reset();
            }

            @Override
            public void retune(Effect effect) {
                Gate gate = (Gate) effect;
                range = gate.rangeDb / Log2Exp2.DB_PER_LOG2;
                follower.retune(
                        Decibels.toGain(gate.thresholdDb),
                        Decibels.toGain(gate.thresholdDb - gate.hysteresisDb),
                        gate.attackMs,
                        gate.holdMs,
                        gate.releaseMs);
            }
        };
    }

    @Override
    public Applicator newApplicator(AudioFormat main) {
        return new GainApplicator();
    }
}
