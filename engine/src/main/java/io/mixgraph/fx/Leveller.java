package io.mixgraph.fx;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.Decibels;
import io.mixgraph.dsp.Glide;
import io.mixgraph.dsp.KWeightingDesign;
import io.mixgraph.dsp.KWeightingFilter;
import io.mixgraph.dsp.Log2Exp2;
import java.util.Arrays;

/**
 * A leveller: rides the gain slowly towards a loudness, as a hand on a fader would.
 *
 * <p>The loudness is −0.691 + 10·log10 of the mean square of the K-weighted signal, summed over the channels (ITU-R
 * BS.1770-5, Annex 1), over the last 400 ms (the momentary loudness of EBU Tech 3341), read every 100 ms. As in the
 * gating of BS.1770 what is quiet does not count: of the four pieces of 100 ms, those below the gate are left out. The
 * gain in dB is sent to target − loudness, at most the range away from 0, and moves there with one time constant: 63 %
 * (1 − 1/e) of the way is done after it. While all four pieces are below the gate it stays where it is. It begins at 0
 * dB, exactly 1.
 *
 * <p>What is steady comes out within 0.1 LU of the target after five time constants and 100 ms for a start up to 12 LU
 * away, where the range allows it. All channels have one gain.
 */
@Example("target_lufs: -20")
public record Leveller(
        @Parameter(doc = "The loudness to ride to.", min = -40, max = -6)
        double targetLufs,

        @Parameter(doc = "The most it raises or lowers.", min = 0, max = 24, absent = "12")
        double rangeDb,

        @Parameter(doc = "Time constant of the ride.", min = 0.5, max = 30, absent = "3")
        double timeS,

        @Parameter(doc = "The loudness below which the gain is held.", min = -70, max = -20, absent = "-50")
        double gateLufs)
        implements Effect {

    /** The offset of the definition of loudness, which gives a tone of 997 Hz its level. */
    private static final double OFFSET = -0.691;

    private static final int PIECES = 4;

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
        return new GainDetector(this, input);
    }

    @Override
    public Applicator newApplicator(AudioFormat main) {
        return new GainApplicator();
    }

    /** Mean squares of pieces, of them a loudness, of it the gain to glide to. */
    private static final class GainDetector implements Detector {
        private final int channels;
        private final KWeightingFilter filter;
        private final int pieceFrames;
        private final Glide gain;
        private Leveller settings;

        /** The mean squares of the last pieces, summed over the channels. */
        private final double[] pieces = new double[PIECES];

        private int nextPiece;
        private int framesInPiece;

        GainDetector(Leveller settings, AudioFormat input) {
            this.settings = settings;
            this.channels = input.channels();
            this.filter = KWeightingDesign.filter(input.sampleRate());
            this.pieceFrames = input.sampleRate() / 10;
            this.gain = new Glide(1000.0 * settings.timeS, input.sampleRate());
        }

        @Override
        public void detect(AudioBlock driver, int frames, double[][] curves) {
            double[] x = curves[0];
            int from = 0;
            while (from < frames) {
                int run = Math.min(frames - from, pieceFrames - framesInPiece);
                if (channels == 1) {
                    filter.addSingle(driver.channel(0), from, run);
                } else {
                    filter.addPair(driver.channel(0), driver.channel(1), from, run);
                }
                gain.process(x, from, run);
                from += run;
                framesInPiece += run;
                if (framesInPiece == pieceFrames) {
                    endPiece();
                }
            }
            Log2Exp2.exp2(x, 1.0, 1.0, frames);
        }

        private void endPiece() {
            pieces[nextPiece] = (filter.firstSquares() + filter.secondSquares()) / pieceFrames;
            filter.clearSquares();
            nextPiece = (nextPiece + 1) % PIECES;
            framesInPiece = 0;
            aim();
        }

        private void aim() {
            double sum = 0.0;
            int count = 0;
            for (double piece : pieces) {
                if (loudness(piece) >= settings.gateLufs) {
                    sum += piece;
                    count++;
                }
            }
            if (count == 0) {
                gain.stay();
                return;
            }
            double wanted = settings.targetLufs - loudness(sum / count);
            double within = Math.max(-settings.rangeDb, Math.min(settings.rangeDb, wanted));
            gain.to(within / Log2Exp2.DB_PER_LOG2);
        }

        private static double loudness(double meanSquare) {
            return OFFSET + Decibels.fromPower(meanSquare);
        }

        @Override
        public void reset() {
            filter.reset();
            gain.reset();
            Arrays.fill(pieces, 0.0);
            nextPiece = 0;
            framesInPiece = 0;
        }

        @Override
        public void retune(Effect effect) {
            settings = (Leveller) effect;
            gain.retune(1000.0 * settings.timeS);
            aim();
        }
    }
}
