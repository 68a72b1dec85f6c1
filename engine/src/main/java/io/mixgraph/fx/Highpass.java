package io.mixgraph.fx;

import io.mixgraph.dsp.Biquad;
import io.mixgraph.dsp.BiquadDesign;
import java.util.List;

/**
 * A highpass: a Butterworth filter, −3.01 dB at its frequency, or a Linkwitz-Riley filter, −6.02 dB there; down from
 * there by the slope. The formulas are those of {@link BiquadDesign}.
 */
@Example("frequency_hz: 80, slope_db_per_octave: 18")
public record Highpass(
        @Parameter(doc = "The cutoff, where it is 3 dB down, or 6 dB as linkwitz_riley.", min = 10, max = 24000)
        double frequencyHz,

        @Parameter(
                doc = "How steep it is: 6, 12, 18, 24, 30, 36, 42 or 48.",
                oneOf = {6, 12, 18, 24, 30, 36, 42, 48},
                absent = "12")
        int slopeDbPerOctave,

        @Parameter(
                doc = "The shape around the cutoff; linkwitz_riley, for crossovers, comes in 12, 24, 36 and 48.",
                absent = "butterworth")
        FilterShape shape)
        implements BiquadEffect {

    public Highpass {
        shape.check(slopeDbPerOctave);
    }

    /** A Butterworth highpass. */
    public Highpass(double frequencyHz, int slopeDbPerOctave) {
        this(frequencyHz, slopeDbPerOctave, FilterShape.BUTTERWORTH);
    }

    @Override
    public List<Biquad> sections(int sampleRate) {
        int order = slopeDbPerOctave / 6;
        return switch (shape) {
            case BUTTERWORTH -> BiquadDesign.butterworthHighpass(frequencyHz, order, sampleRate);
            case LINKWITZ_RILEY -> BiquadDesign.linkwitzRileyHighpass(frequencyHz, order, sampleRate);
        };
    }
}
