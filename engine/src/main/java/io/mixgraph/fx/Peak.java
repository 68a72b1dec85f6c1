package io.mixgraph.fx;

import io.mixgraph.dsp.Biquad;
import io.mixgraph.dsp.BiquadDesign;
import java.util.List;

/** A bell around a frequency. */
@Example("frequency_hz: 3500, gain_db: 2.5, q: 0.9")
public record Peak(
        @Parameter(doc = "The centre.", min = 10, max = 24000)
        double frequencyHz,

        @Parameter(doc = "Gain at the centre.", min = -24, max = 24)
        double gainDb,

        @Parameter(doc = "How narrow it is: centre over bandwidth.", min = 0.1, max = 40, absent = "1")
        double q)
        implements BiquadEffect {

    @Override
    public List<Biquad> sections(int sampleRate) {
        return List.of(BiquadDesign.peak(frequencyHz, gainDb, q, sampleRate));
    }
}
