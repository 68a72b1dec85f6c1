package io.mixgraph.fx;

import io.mixgraph.dsp.Biquad;
import io.mixgraph.dsp.BiquadDesign;
import java.util.List;

/** Gain above a frequency, unity below it. */
@Example("frequency_hz: 9000, gain_db: 2")
public record HighShelf(
        @Parameter(doc = "Where half of the gain in dB is reached.", min = 10, max = 24000)
        double frequencyHz,

        @Parameter(doc = "Gain far above.", min = -24, max = 24)
        double gainDb,

        @Parameter(doc = "How steep it is; above 0.707 it overshoots.", min = 0.1, max = 10, absent = "0.707")
        double q)
        implements BiquadEffect {

    @Override
    public List<Biquad> sections(int sampleRate) {
        return List.of(BiquadDesign.highShelf(frequencyHz, gainDb, q, sampleRate));
    }
}
