package io.mixgraph.fx;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.Decibels;

/** A plain gain, with polarity. */
@Example("gain_db: -3")
public record Gain(
        @Parameter(doc = "Gain.", min = -144, max = 60, absent = "0")
        double gainDb,

        @Parameter(doc = "Whether to turn the polarity over.", absent = "false")
        boolean invert)
        implements Effect {

    @Override
    public Nature nature() {
        return Nature.LINEAR;
    }

    private double linear() {
        return invert ? -Decibels.toGain(gainDb) : Decibels.toGain(gainDb);
    }

    @Override
    public Applicator newApplicator(AudioFormat main) {
        return new Applicator() {
            private double gain = linear();
            private double step;
            private int glideFrames;

            @Override
            public void apply(AudioBlock block, int frames, double[][] curves) {
                int gliding = Math.min(frames, glideFrames);
                for (int c = 0; c < block.channels(); c++) {
                    double[] x = block.channel(c);
                    for (int i = 0; i < gliding; i++) {
                        x[i] *= gain + i * step;
                    }
                    for (int i = gliding; i < frames; i++) {
                        x[i] *= gain;
                    }
                }
                gain += gliding * step;
                glideFrames -= gliding;
            }

            @Override
            public void reset() {
                glideFrames = 0;
            }

            @Override
            public void retune(Effect effect) {
                gain = ((Gain) effect).linear();
                glideFrames = 0;
            }

            @Override
            public void glide(Effect from, Effect to, int frames) {
                retune(from);
                step = (((Gain) to).linear() - gain) / frames;
                glideFrames = frames;
            }
        };
    }
}
