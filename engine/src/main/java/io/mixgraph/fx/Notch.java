package io.mixgraph.fx;

import io.mixgraph.dsp.Biquad;
import io.mixgraph.dsp.BiquadDesign;
import java.util.List;

/** Takes one frequency out altogether. */
@Example("frequency_hz: 50, q: 20")
public record Notch(
        @Parameter(doc = "What to take out.", min = 10, max = 24000)
        double frequencyHz,

        @Parameter(doc = "How narrow it is: centre over the width at -3 dB.", min = 0.1, max = 40, absent = "10")
        double q)
        implements BiquadEffect {

    @Override
    public List<Biquad> sections(int sampleRate) {
        return List.of(BiquadDesign.notch(frequencyHz, q, sampleRate));
    }
}
