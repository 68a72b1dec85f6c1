package io.mixgraph.fx;

import io.mixgraph.dsp.Biquad;
import io.mixgraph.dsp.BiquadDesign;
import java.util.List;

/** Gain below a frequency, unity above it. */
@Example("frequency_hz: 120, gain_db: 3")
public record LowShelf(
        @Parameter(doc = "Where half of the gain in dB is reached.", min = 10, max = 24000)
        double frequencyHz,

        @Parameter(doc = "Gain far below.", min = -24, max = 24)
        double gainDb,

        @Parameter(doc = "How steep it is; above 0.707 it overshoots.", min = 0.1, max = 10, absent = "0.707")
        double q)
        implements BiquadEffect {

    @Override
    public List<Biquad> sections(int sampleRate) {
        return List.of(BiquadDesign.lowShelf(frequencyHz, gainDb, q, sampleRate));
    }
}
