package io.mixgraph.fx;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.Decibels;
import io.mixgraph.audio.Numbers;
import io.mixgraph.dsp.Crossover;
import io.mixgraph.dsp.CrossoverDesign;
import io.mixgraph.dsp.DepartureCurve;
import io.mixgraph.dsp.LevelToGain;
import io.mixgraph.dsp.Log2Exp2;
import io.mixgraph.dsp.PeakLevel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A compressor for each of two to five bands. The bands are split by Linkwitz-Riley filters of 24 dB per octave (S. H.
 * Linkwitz, "Active Crossover Networks for Noncoincident Drivers", J. Audio Eng. Soc. 24(1), 1976) and aligned in
 * phase, so that with all gains at 1 the output is the input through the allpasses of the crossovers: the same level at
 * every frequency. In each band the peak level over all channels, the static curve, attack and release are those of
 * {@link Compressor}; a band's gain is the same for all channels, and exactly its make-up where there is nothing to
 * reduce.
 */
@Example(
        "bands: [{up_to_hz: 150, threshold_db: -24, ratio: 3}, {up_to_hz: 4000, threshold_db: -22}, {threshold_db: -28}]")
public record MultibandCompressor(
        @Parameter(doc = "The bands from the lowest up, two to five.", required = true)
        List<CompressorBand> bands,

        @Parameter(
                doc = "How far ahead it sees, which delays the signal.",
                min = 0,
                max = 20,
                absent = "0",
                automatable = false)
        double lookaheadMs)
        implements LookaheadEffect {

    private static final int FEWEST = 2;
    private static final int MOST = 5;

    /** A band and its compressor. */
    public record CompressorBand(
            @Parameter(
                    doc = "Where the next band begins; left out for the last.",
                    min = 20,
                    max = 20000,
                    automatable = false)
            @Nullable
            Double upToHz,

            @Parameter(doc = "The level from which it reduces.", min = -100, max = 20)
            double thresholdDb,

            @Parameter(doc = "Input over output above the threshold, in dB.", min = 1, max = 100, absent = "2")
            double ratio,

            @Parameter(doc = "Time constant of a rising reduction.", min = 0, max = 1000, absent = "10")
            double attackMs,

            @Parameter(doc = "Time constant of a falling reduction.", min = 0, max = 10000, absent = "120")
            double releaseMs,

            @Parameter(doc = "Width of the soft bend around the threshold.", min = 0, max = 48, absent = "6")
            double kneeDb,

            @Parameter(doc = "Gain afterwards.", min = -24, max = 36, absent = "0")
            double makeupDb,

            @Parameter(doc = "Whether it works; a band that does not passes as it is.", absent = "true")
            boolean enabled) {

        private DepartureCurve log2Curve() {
            return DepartureCurve.above(thresholdDb / Log2Exp2.DB_PER_LOG2, ratio, kneeDb / Log2Exp2.DB_PER_LOG2);
        }

        private double highestDb() {
            return enabled ? makeupDb : 0.0;
        }

        /** Its gain under a full-scale tone. */
        private double lowestDb() {
            return enabled
                    ? makeupDb
                            - DepartureCurve.above(thresholdDb, ratio, kneeDb).departure(0.0)
                    : 0.0;
        }

        private LevelToGain newGain(int sampleRate) {
            return new LevelToGain(log2Curve(), attackMs, releaseMs, -1.0, Decibels.toGain(makeupDb), sampleRate);
        }

        private void retune(LevelToGain gain) {
            gain.retune(log2Curve(), attackMs, releaseMs, -1.0, Decibels.toGain(makeupDb));
        }
    }

    public MultibandCompressor {
        bands = List.copyOf(bands);
        if (bands.size() < FEWEST || bands.size() > MOST) {
            throw new IllegalArgumentException("bands are " + FEWEST + " to " + MOST + ", not " + bands.size()
                    + (bands.size() < FEWEST ? "; for the whole range use compressor" : "; join some of them"));
        }
        double below = 0.0;
        for (int b = 0; b < bands.size() - 1; b++) {
            Double upToHz = bands.get(b).upToHz;
            if (upToHz == null) {
                throw new IllegalArgumentException("bands/" + b + " needs up_to_hz: only the last band has no end");
            }
            if (upToHz <= below) {
                throw new IllegalArgumentException("up_to_hz must rise from band to band: in bands/" + b + " it is "
                        + Numbers.text(upToHz) + " after " + Numbers.text(below) + "; put the bands in order");
            }
            below = upToHz;
        }
        if (bands.get(bands.size() - 1).upToHz != null) {
            throw new IllegalArgumentException("bands/" + (bands.size() - 1)
                    + " is the last and has no end: leave out its up_to_hz, or add a band above it");
        }
    }

    @Override
    public int curveCount() {
        return bands.size();
    }

    @Override
    public long tailFrames(int sampleRate) {
        double highest = bands.stream().mapToDouble(CompressorBand::highestDb).reduce(-1e3, Math::max);
        double lowest = bands.stream().mapToDouble(CompressorBand::lowestDb).reduce(1e3, Math::min);
        return CrossoverDesign.tailFrames(crossoversHz(), highest - lowest, sampleRate);
    }

    private double[] crossoversHz() {
        double[] hz = new double[bands.size() - 1];
        for (int k = 0; k < hz.length; k++) {
            hz[k] = Objects.requireNonNull(bands.get(k).upToHz);
        }
        return hz;
    }

    @Override
    public Detector newDetector(AudioFormat input) {
        return new GainDetector(this, input);
    }

    @Override
    public Applicator newApplicator(AudioFormat main) {
        Crossover crossover = new Crossover(crossoversHz(), main.sampleRate(), main.channels());
        return new Applicator() {
            @Override
            public void apply(AudioBlock block, int frames, double[][] curves) {
                crossover.apply(block, curves, frames);
            }

            @Override
            public void reset() {
                crossover.reset();
            }

            @Override
            public void retune(Effect effect) {
                // The curves say it all; the crossovers stay.
            }
        };
    }

    /** Splits the driver as the applicator splits MAIN, and makes a gain of the level of each band. */
    private static final class GainDetector implements Detector {
        private final int channels;
        private final Crossover crossover;
        private final List<LevelToGain> gains = new ArrayList<>();
        private MultibandCompressor settings;

        /** Grown once, to the capacity of the blocks it is given. */
        private AudioBlock[] split = new AudioBlock[0];

        private double[] scratch = new double[0];

        GainDetector(MultibandCompressor settings, AudioFormat input) {
            this.settings = settings;
            this.channels = input.channels();
            this.crossover = new Crossover(settings.crossoversHz(), input.sampleRate(), channels);
            settings.bands.forEach(band -> gains.add(band.newGain(input.sampleRate())));
        }

        @Override
        public void detect(AudioBlock driver, int frames, double[][] curves) {
            if (scratch.length < frames) {
                scratch = new double[driver.capacity()];
                split = new AudioBlock[gains.size()];
                for (int b = 0; b < split.length; b++) {
                    split[b] = new AudioBlock(channels, driver.capacity());
                }
            }
            crossover.split(driver, split, frames);
            for (int b = 0; b < split.length; b++) {
                if (settings.bands.get(b).enabled) {
                    PeakLevel.linked(split[b], frames, curves[b]);
                    gains.get(b).process(curves[b], scratch, frames);
                } else {
                    Arrays.fill(curves[b], 0, frames, 1.0);
                }
            }
        }

        @Override
        public void reset() {
            crossover.reset();
            gains.forEach(LevelToGain::reset);
        }

        @Override
        public void retune(Effect effect) {
            settings = (MultibandCompressor) effect;
            for (int b = 0; b < gains.size(); b++) {
                settings.bands.get(b).retune(gains.get(b));
            }
        }
    }
}
