package io.mixgraph.fx;

import io.mixgraph.audio.Decibels;
import io.mixgraph.dsp.Biquad;
import io.mixgraph.dsp.BiquadDesign;
import java.util.ArrayList;
import java.util.List;

/**
 * A parametric equaliser: bands in a row, each a section of the Audio EQ Cookbook; see {@link BiquadDesign}. A band
 * that is enabled is a section whatever its gain, so that gains can move through 0 dB; one that is not is left out.
 */
@Example(
        "bands: [{type: highpass, frequency_hz: 60}, {frequency_hz: 300, gain_db: -3, q: 1.4}, {type: high_shelf, frequency_hz: 8000, gain_db: 2}]")
public record Eq(
        @Parameter(doc = "The bands, in order: 1 to 32.", required = true)
        List<Band> bands,

        @Parameter(
                doc = "Whether bells keep their q, or grow narrower the more they raise or lower.",
                absent = "constant")
        QMode qMode)
        implements BiquadEffect {

    private static final int MOST_BANDS = 32;

    /** A proportional Q grows no further than this, the highest that can be written. */
    private static final double MAX_Q = 40.0;

    public Eq {
        bands = List.copyOf(bands);
        if (bands.isEmpty()) {
            throw new IllegalArgumentException("an eq has 1 to 32 bands, not 0; give it one, or leave the effect out");
        }
        if (bands.size() > MOST_BANDS) {
            throw new IllegalArgumentException(
                    "an eq has 1 to 32 bands, not " + bands.size() + "; put the others into a second eq");
        }
    }

    /** An equaliser whose bells keep their Q. */
    public Eq(List<Band> bands) {
        this(bands, QMode.CONSTANT);
    }

    /** What a band does. */
    public enum BandType {
        /** Raises or lowers a band around its frequency. */
        PEAK,
        /** Raises or lowers what is below its frequency, where half of the gain in dB is reached. */
        LOW_SHELF,
        /** Raises or lowers what is above its frequency, where half of the gain in dB is reached. */
        HIGH_SHELF,
        /** 12 dB per octave below its frequency, where the gain is Q. */
        HIGHPASS,
        /** 12 dB per octave above its frequency, where the gain is Q. */
        LOWPASS,
        /** Unity at its frequency, 6 dB per octave down on both sides. */
        BANDPASS,
        /** Nothing at its frequency, unity on both sides. */
        NOTCH,
        /** Turns the phase, by half a turn at its frequency, and leaves every level. */
        ALLPASS
    }

    /** How the Q of a bell goes with its gain. */
    public enum QMode {
        /** The bandwidth, between the points of half the gain in dB, is the same at every gain. */
        CONSTANT,
        /** Q is multiplied by 10^(|gain|/40), which doubles it at 12 dB, up to 40. */
        PROPORTIONAL
    }

    /** One band. */
    public record Band(
            @Parameter(doc = "What it does.", absent = "peak")
            BandType type,

            @Parameter(doc = "The centre, corner or cutoff.", min = 10, max = 24000)
            double frequencyHz,

            @Parameter(doc = "Gain of a peak or shelf; the other types have none.", min = -24, max = 24, absent = "0")
            double gainDb,

            @Parameter(
                    doc = "Centre over bandwidth, or how sharp the bend is; above 0.707 a shelf or pass overshoots.",
                    min = 0.1,
                    max = 40,
                    absent = "0.707")
            double q,

            @Parameter(doc = "Whether it is there at all.", absent = "true")
            boolean enabled) {}

    @Override
    public List<Biquad> sections(int sampleRate) {
        List<Biquad> sections = new ArrayList<>();
        for (Band band : bands) {
            if (band.enabled) {
                sections.add(section(band, sampleRate));
            }
        }
        return List.copyOf(sections);
    }

    private Biquad section(Band band, int sampleRate) {
        double hz = band.frequencyHz;
        return switch (band.type) {
            case PEAK -> BiquadDesign.peak(hz, band.gainDb, bellQ(band), sampleRate);
            case LOW_SHELF -> BiquadDesign.lowShelf(hz, band.gainDb, band.q, sampleRate);
            case HIGH_SHELF -> BiquadDesign.highShelf(hz, band.gainDb, band.q, sampleRate);
            case HIGHPASS -> BiquadDesign.highpass(hz, band.q, sampleRate);
            case LOWPASS -> BiquadDesign.lowpass(hz, band.q, sampleRate);
            case BANDPASS -> BiquadDesign.bandpass(hz, band.q, sampleRate);
            case NOTCH -> BiquadDesign.notch(hz, band.q, sampleRate);
            case ALLPASS -> BiquadDesign.allpass(hz, band.q, sampleRate);
        };
    }

    /**
     * The Q with which a bell is designed. That bells of many analogue equalisers are broad at little gain and narrow
     * at much is described by D. A. Bohn, "Constant-Q Graphic Equalizers", JAES 34 (9), 1986. How Q goes with the gain
     * differs from circuit to circuit; the rule here is our own: Q·A, with the Cookbook's A = 10^(|gainDb|/40). In the
     * Cookbook's H(s) = (s² + s·A/Q + 1) / (s² + s/(A·Q) + 1) the zeros of a boost, and the poles of a cut, then stay
     * where they are, and only the others move.
     */
    private double bellQ(Band band) {
        return switch (qMode) {
            case CONSTANT -> band.q;
            case PROPORTIONAL -> Math.min(band.q * Decibels.toGain(Math.abs(band.gainDb) / 2.0), MAX_Q);
        };
    }
}
