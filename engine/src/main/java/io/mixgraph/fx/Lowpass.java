package io.mixgraph.fx;

import io.mixgraph.dsp.Biquad;
import io.mixgraph.dsp.BiquadDesign;
import java.util.List;

/** A Butterworth lowpass: −3.01 dB at its frequency, and down from there by the slope. */
public record Lowpass(
        @Parameter(doc = "The cutoff, where it is 3 dB down.", min = 10, max = 24000)
        double frequencyHz,

        @Parameter(
                doc = "How steep it is: 6, 12 or 24.",
                oneOf = {6, 12, 24},
                absent = "12")
        int slopeDbPerOctave)
        implements BiquadEffect {

    @Override
    public List<Biquad> sections(int sampleRate) {
        return BiquadDesign.butterworthLowpass(frequencyHz, slopeDbPerOctave / 6, sampleRate);
    }
}
