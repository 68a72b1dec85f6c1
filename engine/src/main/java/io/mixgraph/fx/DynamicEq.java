package io.mixgraph.fx;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.Decibels;
import io.mixgraph.dsp.Biquad;
import io.mixgraph.dsp.BiquadCascade;
import io.mixgraph.dsp.BiquadDesign;
import io.mixgraph.dsp.DepartureCurve;
import io.mixgraph.dsp.LevelToGain;
import io.mixgraph.dsp.Log2Exp2;
import io.mixgraph.dsp.MovingSection;
import io.mixgraph.dsp.PeakLevel;
import java.util.ArrayList;
import java.util.List;

/**
 * An equaliser whose bands move with their own level. A band rests at its static gain. It hears what it acts on: a bell
 * the bandpass of its frequency and q, a shelf a second-order Butterworth lowpass or highpass at its frequency. With L
 * the peak level there over all channels, in dB, and e what it is above the threshold, or below it,
 *
 * <pre>
 * gain in dB = gain_db ± min(|range_db|, (1 − 1/ratio) · e)
 * </pre>
 *
 * with the sign of range_db, the knee that of {@link Compressor}, and attack and release time constants of the change
 * in dB. At every moment the band is the bell or shelf of that gain (R. Bristow-Johnson, "Audio EQ Cookbook":
 * {@link Peak}, {@link LowShelf}, {@link HighShelf}), bands one after another in their order; at exactly 0 dB it passes
 * every bit.
 */
@Example(
        "bands: [{frequency_hz: 300, q: 1.4, threshold_db: -30, range_db: -6}, {type: high_shelf, frequency_hz: 7000, threshold_db: -36, range_db: -4}]")
public record DynamicEq(
        @Parameter(doc = "The bands, one to eight, in the order in which the signal passes them.", required = true)
        List<DynamicBand> bands,

        @Parameter(
                doc = "How far ahead it sees, which delays the signal.",
                min = 0,
                max = 20,
                absent = "0",
                automatable = false)
        double lookaheadMs)
        implements LookaheadEffect {

    private static final int MOST = 8;

    /** −120 dB in nepers, where a tail ends. */
    private static final double TAIL_NEPERS = 6.0 * StrictMath.log(10.0);

    /** By how much another pole as slow as the slowest lengthens a tail, in time constants: ln of the tail's own. */
    private static final double NEPERS_PER_BAND = 3.0;

    /** How far above the first frame of an impulse response its rest may start besides. */
    private static final double MARGIN_DB = 20.0;

    /** What a band does around its frequency. */
    public enum DynamicShape {
        /** A bell. */
        PEAK(MovingSection.Shape.PEAK),
        /** All below. */
        LOW_SHELF(MovingSection.Shape.LOW_SHELF),
        /** All above. */
        HIGH_SHELF(MovingSection.Shape.HIGH_SHELF);

        private final MovingSection.Shape section;

        DynamicShape(MovingSection.Shape section) {
            this.section = section;
        }
    }

    /** Which levels move a band. */
    public enum When {
        /** Those above the threshold. */
        ABOVE,
        /** Those below it. */
        BELOW
    }

    /** A band and what moves it. */
    public record DynamicBand(
            @Parameter(doc = "A bell or a shelf.", absent = "peak")
            DynamicShape type,

            @Parameter(doc = "The centre of a bell; where a shelf has half of its gain.", min = 20, max = 24000)
            double frequencyHz,

            @Parameter(
                    doc = "How narrow or steep it is; above 0.707 a shelf overshoots.",
                    min = 0.1,
                    max = 10,
                    absent = "0.707")
            double q,

            @Parameter(doc = "Gain at rest.", min = -24, max = 24, absent = "0")
            double gainDb,

            @Parameter(doc = "The level in the band from which the gain moves.", min = -100, max = 20)
            double thresholdDb,

            @Parameter(doc = "How far the gain moves at most, and which way.", min = -24, max = 24)
            double rangeDb,

            @Parameter(
                    doc = "It moves by (1 − 1/ratio) dB for each dB past the threshold.",
                    min = 1,
                    max = 100,
                    absent = "2")
            double ratio,

            @Parameter(doc = "Width of the soft bend around the threshold.", min = 0, max = 24, absent = "6")
            double kneeDb,

            @Parameter(doc = "Time constant of moving away from rest.", min = 0, max = 1000, absent = "10")
            double attackMs,

            @Parameter(doc = "Time constant of moving back to rest.", min = 0, max = 10000, absent = "120")
            double releaseMs,

            @Parameter(doc = "Whether levels above or below the threshold move it.", absent = "above")
            When when) {

        private DepartureCurve log2Curve() {
            double threshold = thresholdDb / Log2Exp2.DB_PER_LOG2;
            double knee = kneeDb / Log2Exp2.DB_PER_LOG2;
            double most = Math.abs(rangeDb) / Log2Exp2.DB_PER_LOG2;
            return when == When.ABOVE
                    ? DepartureCurve.above(threshold, ratio, knee, most)
                    : DepartureCurve.below(threshold, ratio, knee, most);
        }

        private double direction() {
            return rangeDb < 0 ? -1.0 : 1.0;
        }

        private LevelToGain newGain(int sampleRate) {
            return new LevelToGain(log2Curve(), attackMs, releaseMs, direction(), Decibels.toGain(gainDb), sampleRate);
        }

        private void retune(LevelToGain gain) {
            gain.retune(log2Curve(), attackMs, releaseMs, direction(), Decibels.toGain(gainDb));
        }

        /** What the band hears. */
        private List<Biquad> ear(int sampleRate) {
            return switch (type) {
                case PEAK -> List.of(BiquadDesign.bandpass(frequencyHz, q, sampleRate));
                case LOW_SHELF -> BiquadDesign.butterworthLowpass(frequencyHz, 2, sampleRate);
                case HIGH_SHELF -> BiquadDesign.butterworthHighpass(frequencyHz, 2, sampleRate);
            };
        }

        /** The farthest that it goes from 0 dB. */
        private double farthestDb() {
            return Math.max(Math.abs(gainDb), Math.abs(gainDb + rangeDb));
        }

        /**
         * The radius of its slowest pole at any of its gains. It is at one end of them: a bell that is raised rings
         * longer, one that is lowered has a slow and a fast real pole, and between the two it is fastest.
         */
        private double poleRadius(int sampleRate) {
            return Math.max(
                    section(gainDb, sampleRate).poleRadius(),
                    section(gainDb + rangeDb, sampleRate).poleRadius());
        }

        private Biquad section(double db, int sampleRate) {
            return switch (type) {
                case PEAK -> BiquadDesign.peak(frequencyHz, db, q, sampleRate);
                case LOW_SHELF -> BiquadDesign.lowShelf(frequencyHz, db, q, sampleRate);
                case HIGH_SHELF -> BiquadDesign.highShelf(frequencyHz, db, q, sampleRate);
            };
        }
    }

    public DynamicEq {
        bands = List.copyOf(bands);
        if (bands.isEmpty() || bands.size() > MOST) {
            throw new IllegalArgumentException("bands are 1 to " + MOST + ", not " + bands.size()
                    + (bands.isEmpty() ? "; leave the effect out" : "; use two of them"));
        }
    }

    @Override
    public int curveCount() {
        return bands.size();
    }

    /**
     * A bound: the slowest pole that any band has at any of its gains, from as far above the first frame as the gains
     * can lift the rest.
     */
    @Override
    public long tailFrames(int sampleRate) {
        double radius = 0.0;
        double spreadDb = MARGIN_DB;
        for (DynamicBand band : bands) {
            radius = Math.max(radius, band.poleRadius(sampleRate));
            spreadDb += band.farthestDb();
        }
        double nepers = TAIL_NEPERS * (1.0 + spreadDb / 120.0) + NEPERS_PER_BAND * (bands.size() - 1);
        return 2L * bands.size() + (long) (nepers / -StrictMath.log(radius));
    }

    @Override
    public Detector newDetector(AudioFormat input) {
        return new GainDetector(this, input);
    }

    @Override
    public Applicator newApplicator(AudioFormat main) {
        return new MovingApplicator(this, main);
    }

    /** Hears each band and makes a gain of its level. */
    private static final class GainDetector implements Detector {
        private final int channels;
        private final int sampleRate;
        private final List<BiquadCascade> ears = new ArrayList<>();
        private final List<LevelToGain> gains = new ArrayList<>();

        /** Grown once, to the capacity of the blocks it is given. */
        private AudioBlock heard;

        private double[] scratch = new double[0];

        GainDetector(DynamicEq settings, AudioFormat input) {
            this.channels = input.channels();
            this.sampleRate = input.sampleRate();
            this.heard = new AudioBlock(channels, 1);
            for (DynamicBand band : settings.bands) {
                ears.add(new BiquadCascade(band.ear(sampleRate), channels));
                gains.add(band.newGain(sampleRate));
            }
        }

        @Override
        public void detect(AudioBlock driver, int frames, double[][] curves) {
            if (scratch.length < frames) {
                scratch = new double[driver.capacity()];
                heard = new AudioBlock(channels, driver.capacity());
            }
            for (int b = 0; b < gains.size(); b++) {
                heard.copyFrom(driver, frames);
                ears.get(b).process(heard, frames);
                PeakLevel.linked(heard, frames, curves[b]);
                gains.get(b).process(curves[b], scratch, frames);
            }
        }

        @Override
        public void reset() {
            ears.forEach(BiquadCascade::reset);
            gains.forEach(LevelToGain::reset);
        }

        @Override
        public void retune(Effect effect) {
            List<DynamicBand> bands = ((DynamicEq) effect).bands;
            for (int b = 0; b < gains.size(); b++) {
                ears.get(b).retune(bands.get(b).ear(sampleRate));
                bands.get(b).retune(gains.get(b));
            }
        }
    }

    /** The bands, each under its gain. */
    private static final class MovingApplicator implements Applicator {
        private final List<MovingSection> sections = new ArrayList<>();

        MovingApplicator(DynamicEq settings, AudioFormat main) {
            for (DynamicBand band : settings.bands) {
                sections.add(new MovingSection(
                        band.type.section, band.frequencyHz, band.q, main.sampleRate(), main.channels()));
            }
        }

        @Override
        public void apply(AudioBlock main, int frames, double[][] curves) {
            for (int b = 0; b < sections.size(); b++) {
                sections.get(b).process(main, curves[b], frames);
            }
        }

        @Override
        public void reset() {
            sections.forEach(MovingSection::reset);
        }

        @Override
        public void retune(Effect effect) {
            List<DynamicBand> bands = ((DynamicEq) effect).bands;
            for (int b = 0; b < sections.size(); b++) {
                sections.get(b).retune(bands.get(b).frequencyHz, bands.get(b).q);
            }
        }
    }
}
