package io.mixgraph.render;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.dsp.DelayLine;
import io.mixgraph.fx.Applicator;
import io.mixgraph.fx.Effect;
import io.mixgraph.fx.Nature;
import io.mixgraph.fx.Parameter;

/** What is left of an effect when all but its latency is taken away. */
record PassThrough(
        @Parameter(doc = "As the effect declares it, in frames.")
        int lookahead,

        @Parameter(doc = "As the effect declares it, in frames.")
        int applicatorLatency)
        implements Effect {
    static PassThrough of(Effect effect, int sampleRate) {
        return new PassThrough(effect.lookaheadFrames(sampleRate), effect.applicatorLatencyFrames(sampleRate));
    }

    @Override
    public Nature nature() {
        return Nature.LINEAR;
    }

    @Override
    public int lookaheadFrames(int sampleRate) {
        return lookahead;
    }

    @Override
    public int applicatorLatencyFrames(int sampleRate) {
        return applicatorLatency;
    }

    @Override
    public Applicator newApplicator(AudioFormat main) {
        DelayLine delay = new DelayLine(main.channels(), applicatorLatency);
        return new Applicator() {
            @Override
            public void apply(AudioBlock signal, int frames, double[][] curves) {
                delay.process(signal, frames);
            }

            @Override
            public void reset() {
                throw new UnsupportedOperationException("is never run twice");
            }
        };
    }
}
