package io.mixgraph.dsp;

import java.util.ArrayList;
import java.util.List;

/**
 * The bands of a {@link Crossover} as filter sections, so that their curves can be drawn and tested without audio.
 *
 * <p>S. H. Linkwitz, "Active Crossover Networks for Noncoincident Drivers", J. Audio Eng. Soc. 24(1), 1976: a
 * fourth-order lowpass and highpass, each the square of a second-order Butterworth filter, are both 6 dB down at the
 * crossover and in phase everywhere. Their sum (S. P. Lipshitz and J. Vanderkooy, "In-Phase Crossover Network Design",
 * J. Audio Eng. Soc. 34(11), 1986) is, with s normalised to the crossover,
 *
 * <pre>
 * (1 + s⁴) / (s² + √2·s + 1)² = (s² − √2·s + 1) / (s² + √2·s + 1)
 * </pre>
 *
 * which is an allpass. More bands are split off upwards one after another. A band passes the allpass of every crossover
 * above it, which those that are split there pass on their own account; then all of them add up to the product of the
 * allpasses.
 */
public final class CrossoverDesign {
    /** How far below −120 dB the rest must be besides: the slowest band starts that much lower than the sum at most. */
    private static final double MARGIN_DB = 20.0;

    /** Nepers, the powers of e, in one decibel. */
    private static final double NEPERS_PER_DB = StrictMath.log(10.0) / 20.0;

    /** 24 dB per octave: the pair adds up to one allpass section. */
    private static final int ORDER = 4;

    private CrossoverDesign() {}

    /** The fourth-order lowpass: −6.02 dB at {@code hz}, 24 dB per octave above. */
    static List<Biquad> lowpass(double hz, int sampleRate) {
        return BiquadDesign.linkwitzRileyLowpass(hz, ORDER, sampleRate);
    }

    /** The fourth-order highpass: −6.02 dB at {@code hz}, 24 dB per octave below. */
    static List<Biquad> highpass(double hz, int sampleRate) {
        return BiquadDesign.linkwitzRileyHighpass(hz, ORDER, sampleRate);
    }

    /** What the two add up to. */
    static Biquad allpass(double hz, int sampleRate) {
        return BiquadDesign.linkwitzRileyAllpass(hz, ORDER, sampleRate).get(0);
    }

    /**
     * All sections that a band passes.
     *
     * @param crossoversHz rising, one fewer than there are bands
     * @param band counted from 0, the lowest
     */
    public static List<Biquad> band(double[] crossoversHz, int band, int sampleRate) {
        List<Biquad> sections = new ArrayList<>();
        for (int k = 0; k < Math.min(band, crossoversHz.length); k++) {
            sections.addAll(highpass(crossoversHz[k], sampleRate));
        }
        if (band < crossoversHz.length) {
            sections.addAll(lowpass(crossoversHz[band], sampleRate));
        }
        for (int k = band + 1; k < crossoversHz.length; k++) {
            sections.add(allpass(crossoversHz[k], sampleRate));
        }
        return sections;
    }

    /**
     * Frames until what remains of the impulse response of all bands is below −120 dB of its peak, whatever the gains
     * of the bands do.
     *
     * @param spreadDb by how much the highest gain that any band may have is above the lowest
     */
    public static long tailFrames(double[] crossoversHz, double spreadDb, int sampleRate) {
        long longest = 0;
        for (int band = 0; band <= crossoversHz.length; band++) {
            List<Biquad> sections = band(crossoversHz, band, sampleRate);
            double radius = 0.0;
            for (Biquad section : sections) {
                radius = Math.max(radius, section.poleRadius());
            }
            double further = (spreadDb + MARGIN_DB) * NEPERS_PER_DB / -StrictMath.log(radius);
            longest = Math.max(longest, BiquadCascade.tailFrames(sections) + (long) further);
        }
        return longest;
    }
}
