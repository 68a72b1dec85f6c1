package io.mixgraph.fx;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.dsp.Biquad;
import io.mixgraph.dsp.BiquadCascade;
import java.util.List;

/**
 * An effect that is nothing but filter sections. Because they are values, its curve can be drawn and tested without
 * audio, and neighbours in a strip can run as one cascade.
 */
public interface BiquadEffect extends Effect {
    /**
     * The sections in order; how many does not depend on parameters that can be automated. Frequencies above 0.49 of
     * the sample rate work as 0.49 of it. Their type is the engine's own; what others need of them is
     * {@link #magnitude}.
     */
    List<Biquad> sections(int sampleRate);

    /** By how much a sine of {@code hz} becomes louder, linear: the product of the sections' magnitudes. */
    default double magnitude(double hz, int sampleRate) {
        double magnitude = 1;
        for (Biquad section : sections(sampleRate)) {
            magnitude *= section.magnitude(hz, sampleRate);
        }
        return magnitude;
    }

    @Override
    default Nature nature() {
        return Nature.LINEAR;
    }

    @Override
    default long tailFrames(int sampleRate) {
        return BiquadCascade.tailFrames(sections(sampleRate));
    }

    @Override
    default Applicator newApplicator(AudioFormat main) {
        BiquadCascade cascade = new BiquadCascade(sections(main.sampleRate()), main.channels());
        return new Applicator() {
            @Override
            public void apply(AudioBlock block, int frames, double[][] curves) {
                cascade.process(block, frames);
            }

            @Override
            public void reset() {
                cascade.reset();
            }

            @Override
            public void retune(Effect effect) {
                cascade.retune(((BiquadEffect) effect).sections(main.sampleRate()));
            }
        };
    }

    /**
     * What it does to a sine, so that its curve can be drawn: the product of the magnitudes of its sections, and the
     * sum of their phases.
     *
     * @param hz the sine's frequency, from 0 to half the sample rate
     */
    default FrequencyResponse response(double hz, int sampleRate) {
        double magnitude = 1.0;
        double phase = 0.0;
        for (Biquad section : sections(sampleRate)) {
            magnitude *= section.magnitude(hz, sampleRate);
            phase += section.phase(hz, sampleRate);
        }
        return new FrequencyResponse(magnitude, StrictMath.IEEEremainder(phase, 2.0 * StrictMath.PI));
    }
}
