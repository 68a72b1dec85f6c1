package io.mixgraph.fx;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.dsp.GridQuantiser;
import io.mixgraph.dsp.SampleHold;

/**
 * Fewer bits and fewer samples: rounds to the multiples of 2^(1 − bits), which for whole bits are the levels of a
 * converter of so many bits for ±1, and holds every so many frames the first of them. Bits need not be whole: 7.5 has
 * steps of 2^−6.5. Nothing is clipped, nothing is filtered, and nothing is delayed. With dither, a sample of exactly 0
 * stays 0, so that silence stays silence.
 */
@Example("downsample: 4")
public record BitCrush(
        @Parameter(doc = "Bits for the range of ±1; need not be whole.", min = 1, max = 24, absent = "8")
        double bits,

        @Parameter(doc = "How many frames each sample is held for; 1 for none.", min = 1, max = 256, absent = "1")
        int downsample,

        @Parameter(doc = "Noise before rounding: none or tpdf, a triangular one of ±1 step.", absent = "none")
        Dither dither,

        @Parameter(doc = "Chooses the dither.", min = 0, max = Integer.MAX_VALUE, absent = "0")
        int seed)
        implements Effect {

    /** What is added before rounding. */
    public enum Dither {
        /** Nothing. */
        NONE,
        /** Two uniform random numbers: a triangle of ±1 step. */
        TPDF
    }

    @Override
    public Nature nature() {
        return Nature.NONLINEAR;
    }

    @Override
    public long tailFrames(int sampleRate) {
        return downsample - 1L;
    }

    private double step() {
        return StrictMath.pow(2.0, 1.0 - bits);
    }

    @Override
    public Applicator newApplicator(AudioFormat main) {
        GridQuantiser quantiser = new GridQuantiser(step(), dither == Dither.TPDF, seed);
        SampleHold hold = new SampleHold(main.channels(), downsample);
        return new Applicator() {
            @Override
            public void apply(AudioBlock block, int frames, double[][] curves) {
                quantiser.process(block, frames);
                hold.process(block, frames);
            }

            @Override
            public void reset() {
                quantiser.reset();
                hold.reset();
            }

            @Override
            public void retune(Effect effect) {
                quantiser.retune(((BitCrush) effect).step());
            }
        };
    }
}
