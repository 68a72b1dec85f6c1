package io.mixgraph.fx;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.Decibels;
import io.mixgraph.dsp.Crossover;
import io.mixgraph.dsp.CrossoverDesign;
import io.mixgraph.dsp.DepartureCurve;
import io.mixgraph.dsp.EnvelopeFollower;
import io.mixgraph.dsp.LevelToGain;
import io.mixgraph.dsp.Log2Exp2;
import io.mixgraph.dsp.PeakLevel;
import java.util.Arrays;

/**
 * Lowers sibilants: a compressor that listens only to what lies above a frequency, split off by a Linkwitz-Riley
 * highpass of 24 dB per octave. The peak level of that band over all channels, in dB, goes through the static curve of
 * {@link Compressor}, up to the range; attack and release are time constants of the reduction in dB. There is one gain
 * for all channels, exactly 1 where there is nothing to reduce.
 *
 * <p>Split, the output is low + gain · high, the two bands of the Linkwitz-Riley pair: at a gain of 1 the allpass of
 * the crossover, the same level at every frequency. Wide, it is gain · input.
 *
 * <p>A relative threshold compares the band with the whole signal, so that loud and quiet words are treated alike: the
 * level is that of the band in dB less that of the whole, whose peak is taken at once and falls with a time constant of
 * {@value #WHOLE_FALL_MS} ms. {@value #QUIET_DB} dB are added to the whole, so that silence holds no sibilants.
 */
@Example("frequency_hz: 6500, threshold_db: -30")
public record DeEsser(
        @Parameter(doc = "The lower end of the sibilants.", min = 1000, max = 20000, absent = "6000")
        double frequencyHz,

        @Parameter(doc = "The level of the band from which it reduces.", min = -100, max = 20)
        double thresholdDb,

        @Parameter(doc = "Input over output above the threshold, in dB.", min = 1, max = 100, absent = "4")
        double ratio,

        @Parameter(doc = "The lowest gain.", min = -48, max = 0, absent = "-12")
        double rangeDb,

        @Parameter(doc = "Time constant of a rising reduction.", min = 0, max = 200, absent = "1")
        double attackMs,

        @Parameter(doc = "Time constant of a falling reduction.", min = 0, max = 2000, absent = "60")
        double releaseMs,

        @Parameter(doc = "Width of the soft bend around the threshold.", min = 0, max = 24, absent = "6")
        double kneeDb,

        @Parameter(doc = "Lowers the band above the frequency (split) or everything (wide).", absent = "split")
        DeEsserMode mode,

        @Parameter(doc = "Whether the threshold is relative to the level of the whole signal.", absent = "false")
        boolean relative,

        @Parameter(
                doc = "How far ahead it sees, which delays the signal.",
                min = 0,
                max = 20,
                absent = "0",
                automatable = false)
        double lookaheadMs)
        implements LookaheadEffect {

    private static final double WHOLE_FALL_MS = 50.0;
    private static final double QUIET_DB = -100.0;

    /** What is lowered. */
    public enum DeEsserMode {
        /** The band above the frequency. */
        SPLIT,
        /** The whole signal. */
        WIDE
    }

    @Override
    public int curveCount() {
        return 1;
    }

    @Override
    public long tailFrames(int sampleRate) {
        return mode == DeEsserMode.WIDE ? 0 : CrossoverDesign.tailFrames(crossover(), -rangeDb, sampleRate);
    }

    private double[] crossover() {
        return new double[] {frequencyHz};
    }

    private DepartureCurve log2Curve() {
        return DepartureCurve.above(
                thresholdDb / Log2Exp2.DB_PER_LOG2,
                ratio,
                kneeDb / Log2Exp2.DB_PER_LOG2,
                -rangeDb / Log2Exp2.DB_PER_LOG2);
    }

    @Override
    public Detector newDetector(AudioFormat input) {
        return new GainDetector(this, input);
    }

    @Override
    public Applicator newApplicator(AudioFormat main) {
        return mode == DeEsserMode.WIDE ? new GainApplicator() : new SplitApplicator(this, main);
    }

    private static final class GainDetector implements Detector {
        private final int channels;
        private final boolean relative;
        private final Crossover crossover;
        private final LevelToGain gain;
        private final EnvelopeFollower whole;
        private final double quiet = Decibels.toGain(QUIET_DB);

        /** Grown once, to the capacity of the blocks it is given. */
        private AudioBlock[] split = new AudioBlock[0];

        private double[] scratch = new double[0];

        GainDetector(DeEsser settings, AudioFormat input) {
            this.channels = input.channels();
            this.relative = settings.relative;
            this.crossover = new Crossover(settings.crossover(), input.sampleRate(), channels);
            this.gain = new LevelToGain(
                    settings.log2Curve(), settings.attackMs, settings.releaseMs, -1.0, 1.0, input.sampleRate());
            this.whole = new EnvelopeFollower(0.0, WHOLE_FALL_MS, input.sampleRate());
        }

        @Override
        public void detect(AudioBlock driver, int frames, double[][] curves) {
            if (scratch.length < frames) {
                scratch = new double[driver.capacity()];
                split = new AudioBlock[] {
                    new AudioBlock(channels, driver.capacity()), new AudioBlock(channels, driver.capacity())
                };
            }
            double[] x = curves[0];
            crossover.split(driver, split, frames);
            PeakLevel.linked(split[1], frames, x);
            if (relative) {
                PeakLevel.linked(driver, frames, scratch);
                whole.process(scratch, frames);
                LevelToGain.relative(x, scratch, quiet, frames);
            }
            gain.process(x, scratch, frames);
        }

        @Override
        public void reset() {
            crossover.reset();
            gain.reset();
            whole.reset();
        }

        @Override
        public void retune(Effect effect) {
            DeEsser settings = (DeEsser) effect;
            crossover.retune(settings.crossover());
            gain.retune(settings.log2Curve(), settings.attackMs, settings.releaseMs, -1.0, 1.0);
        }
    }

    /** low + gain · high. */
    private static final class SplitApplicator implements Applicator {
        private final Crossover crossover;
        private final double[][] gains = new double[2][];

        /** Grown once, to the capacity of the blocks it is given. */
        private double[] unity = new double[0];

        SplitApplicator(DeEsser settings, AudioFormat main) {
            this.crossover = new Crossover(settings.crossover(), main.sampleRate(), main.channels());
        }

        @Override
        public void apply(AudioBlock main, int frames, double[][] curves) {
            if (unity.length < frames) {
                unity = new double[main.capacity()];
                Arrays.fill(unity, 1.0);
            }
            gains[0] = unity;
            gains[1] = curves[0];
            crossover.apply(main, gains, frames);
        }

        @Override
        public void reset() {
            crossover.reset();
        }

        @Override
        public void retune(Effect effect) {
            crossover.retune(((DeEsser) effect).crossover());
        }
    }
}
