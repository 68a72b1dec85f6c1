package io.mixgraph.fx;

import io.mixgraph.dsp.Biquad;
import io.mixgraph.dsp.BiquadDesign;
import java.util.List;

/**
 * Tilts the spectrum around a pivot: half of the gain up far above it, half of it down far below, 0 dB at the pivot,
 * and the reverse where the gain is negative. With s in units of the pivot and a = 10^(gainDb/40),
 *
 * <pre>
 * H(s) = (a·s + 1) / (s + a)
 * </pre>
 *
 * which goes from 1/a to a. It is a first-order low shelf and a first-order high shelf that meet at the pivot, by the
 * bilinear transform; see {@link BiquadDesign#tilt}. At the pivot the slope is the steepest, 6.02·(a² − 1)/(a² + 1) dB
 * per octave, and nowhere does the curve turn back.
 */
@Example("gain_db: 3")
public record Tilt(
        @Parameter(doc = "The gain far above the pivot less the gain far below it.", min = -24, max = 24)
        double gainDb,

        @Parameter(doc = "The pivot, where the gain is 0 dB.", min = 10, max = 24000, absent = "1000")
        double frequencyHz)
        implements BiquadEffect {

    @Override
    public List<Biquad> sections(int sampleRate) {
        return List.of(BiquadDesign.tilt(frequencyHz, gainDb, sampleRate));
    }
}
