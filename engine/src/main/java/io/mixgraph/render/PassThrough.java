package io.mixgraph.render;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.dsp.DelayLine;
import io.mixgraph.fx.Applicator;
import io.mixgraph.fx.Effect;
import io.mixgraph.fx.Nature;

/**
 * What is left of an effect when all but its latency is taken away.
 *
 * @param lookahead as the effect declares it, in frames
 * @param applicatorLatency as the effect declares it, in frames
 */
record PassThrough(int lookahead, int applicatorLatency) implements Effect {
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
