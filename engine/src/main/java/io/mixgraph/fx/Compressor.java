package io.mixgraph.fx;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.Decibels;
import io.mixgraph.dsp.CompressionCurve;
import io.mixgraph.dsp.EnvelopeFollower;
import io.mixgraph.dsp.Log2Exp2;
import io.mixgraph.dsp.PeakLevel;
import io.mixgraph.dsp.RmsLevel;
import io.mixgraph.dsp.TwoStageFollower;
import org.jspecify.annotations.Nullable;

/**
 * A feed-forward compressor: the level of MAIN or of a key, in logarithmic units, through the static curve, then
 * smoothed, then turned into a gain. The order is the one that D. Giannoulis, M. Massberg and J. D. Reiss recommend
 * ("Digital Dynamic Range Compressor Design: A Tutorial and Analysis", J. Audio Eng. Soc. 60(6), 2012, figure 7c: level
 * detection in the log domain, after the gain computer).
 *
 * <p>Attack and release are time constants of the reduction in dB: after a step of the level, 63 % (1 − 1/e) of the
 * change is done after one of them. Where there is nothing to reduce and no make-up, the gain is exactly 1.
 *
 * <p>The detector {@code peak} reads the magnitude of each sample; {@code rms} reads {@link RmsLevel}, by which a sine
 * lies 3.01 dB below its peak.
 *
 * <p>The release mode {@code program} has two stages, as the automatic release of analogue bus compressors has two
 * capacitors; the definition is ours, that of {@link TwoStageFollower}. A second stage follows the reduction, upwards
 * with {@value #CHARGE} times the release and downwards with {@value #LONG_RELEASE} times, and the higher of both
 * counts. A reduction much shorter than {@value #CHARGE} releases falls by 63 % in one release. One that lasted much
 * longer takes 9.07 releases for that: (8·e^(−t/8) − e^(−t))/7 = 1/e.
 *
 * <p>Stereo link: what a channel is to be reduced by, before attack and release, lies so far on the way from what its
 * own level asks for to what the louder channel's asks for. 100 % is one gain for all channels, from the higher level;
 * below, each has a gain of its own. A mono key gives both the same. Of a stereo key, a mono signal follows the left.
 *
 * <p>The automatic make-up is half the reduction that the static curve gives at 0 dBFS, and moves with the curve; the
 * rule is ours. It adds to the make-up gain.
 */
@Example({
    "threshold_db: -18, ratio: 4",
    "threshold_db: -24, ratio: 2, attack_ms: 30, detector: rms, release_mode: program"
})
public record Compressor(
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

        @Parameter(doc = "Which level drives it: the magnitude of each sample, or RMS.", absent = "peak")
        Level detector,

        @Parameter(doc = "Time constant of the window of RMS.", min = 0.1, max = 1000, absent = "10")
        double rmsWindowMs,

        @Parameter(
                doc = "How far ahead it sees, which delays the signal.",
                min = 0,
                max = 20,
                absent = "0",
                automatable = false)
        double lookaheadMs,

        @Parameter(doc = "Whether to make up for half of what the curve takes at 0 dBFS.", absent = "false")
        boolean autoMakeup,

        @Parameter(
                doc = "How far the channels share one reduction.",
                min = 0,
                max = 100,
                absent = "100",
                automatable = false)
        double stereoLinkPercent,

        @Parameter(doc = "Whether the release is longer after a long reduction.", absent = "fixed")
        ReleaseMode releaseMode)
        implements LookaheadEffect {

    /** The time constant of the second stage of {@link ReleaseMode#PROGRAM} upwards, in releases. */
    private static final double CHARGE = 4.0;

    /** The same downwards. */
    private static final double LONG_RELEASE = 8.0;

    /** Which level drives it. */
    public enum Level {
        /** The magnitude of each sample. */
        PEAK,
        /** The root of the mean square over an exponential window. */
        RMS
    }

    /** How a reduction falls. */
    public enum ReleaseMode {
        /** With one time constant. */
        FIXED,
        /** Soon after a short reduction, slowly after a long one. */
        PROGRAM
    }

    /** A compressor that is driven by peaks, with one gain for all channels and without look-ahead. */
    public Compressor(
            double thresholdDb, double ratio, double attackMs, double releaseMs, double kneeDb, double makeupDb) {
        this(
                thresholdDb,
                ratio,
                attackMs,
                releaseMs,
                kneeDb,
                makeupDb,
                Level.PEAK,
                10,
                0,
                false,
                100,
                ReleaseMode.FIXED);
    }

    /** One gain for all channels when they are linked in full, else one for each of two. */
    @Override
    public int curveCount() {
        return stereoLinkPercent == 100.0 ? 1 : 2;
    }

    /** The curve in dB: what is reduced by how much, before attack and release. */
    CompressionCurve curve() {
        return new CompressionCurve(thresholdDb, ratio, kneeDb);
    }

    /** The gain afterwards in dB, the automatic part included. */
    public double wholeMakeupDb() {
        return autoMakeup ? makeupDb + 0.5 * curve().reduction(0.0) : makeupDb;
    }

    @Override
    public Detector newDetector(AudioFormat input) {
        return new GainDetector(this, input);
    }

    @Override
    public Applicator newApplicator(AudioFormat main) {
        return new GainApplicator();
    }

    private CompressionCurve log2Curve() {
        return new CompressionCurve(thresholdDb / Log2Exp2.DB_PER_LOG2, ratio, kneeDb / Log2Exp2.DB_PER_LOG2);
    }

    /** The gains: level, static curve, link, ballistics, and back to linear with the make-up. */
    private static final class GainDetector implements Detector {
        /** One for each channel of the input; none when peaks drive it. */
        private final RmsLevel[] rms;

        private final Ballistics[] ballistics;
        private final double link;
        private CompressionCurve curve;
        private double makeup;

        /** Grown once, to the capacity of the blocks it is given. */
        private double[] scratch = new double[0];

        GainDetector(Compressor settings, AudioFormat input) {
            this.rms = new RmsLevel[settings.detector == Level.RMS ? input.channels() : 0];
            for (int c = 0; c < rms.length; c++) {
                rms[c] = new RmsLevel(settings.rmsWindowMs, input.sampleRate());
            }
            this.ballistics = new Ballistics[Math.min(settings.curveCount(), input.channels())];
            for (int c = 0; c < ballistics.length; c++) {
                ballistics[c] = new Ballistics(settings, input.sampleRate());
            }
            this.link = settings.stereoLinkPercent / 100.0;
            this.curve = settings.log2Curve();
            this.makeup = Decibels.toGain(settings.wholeMakeupDb());
        }

        @Override
        public void detect(AudioBlock driver, int frames, double[][] curves) {
            if (scratch.length < frames) {
                scratch = new double[driver.capacity()];
            }
            readLevels(driver, frames, curves);
            int count = ballistics.length;
            for (int c = 0; c < count; c++) {
                Log2Exp2.log2(curves[c], scratch, frames);
                curve.reduction(curves[c], frames);
            }
            if (count == 2) {
                PeakLevel.link(curves[0], curves[1], link, frames);
            }
            for (int c = 0; c < count; c++) {
                ballistics[c].process(curves[c], frames);
                Log2Exp2.exp2(curves[c], -1.0, makeup, frames);
            }
            for (int c = count; c < curves.length; c++) {
                System.arraycopy(curves[0], 0, curves[c], 0, frames);
            }
        }

        private void readLevels(AudioBlock driver, int frames, double[][] curves) {
            if (curves.length > 1) {
                for (int c = 0; c < ballistics.length; c++) {
                    readLevel(driver, c, frames, curves[c]);
                }
            } else if (rms.length == 0) {
                PeakLevel.linked(driver, frames, curves[0]);
            } else {
                readLevel(driver, 0, frames, curves[0]);
                for (int c = 1; c < rms.length; c++) {
                    readLevel(driver, c, frames, scratch);
                    PeakLevel.raise(curves[0], scratch, frames);
                }
            }
        }

        private void readLevel(AudioBlock driver, int channel, int frames, double[] level) {
            if (rms.length == 0) {
                PeakLevel.ofChannel(driver.channel(channel), frames, level);
            } else {
                rms[channel].process(driver.channel(channel), frames, level);
            }
        }

        @Override
        public void reset() {
            for (RmsLevel level : rms) {
                level.reset();
            }
            for (Ballistics channel : ballistics) {
                channel.reset();
            }
        }

        @Override
        public void retune(Effect effect) {
            Compressor settings = (Compressor) effect;
            for (RmsLevel level : rms) {
                level.retune(settings.rmsWindowMs);
            }
            for (Ballistics channel : ballistics) {
                channel.retune(settings);
            }
            curve = settings.log2Curve();
            makeup = Decibels.toGain(settings.wholeMakeupDb());
        }
    }

    /** The attack and the release of one gain, by the release mode. */
    private static final class Ballistics {
        private final EnvelopeFollower fixed;
        private final @Nullable TwoStageFollower program;

        Ballistics(Compressor settings, int sampleRate) {
            double release = settings.releaseMs;
            fixed = new EnvelopeFollower(settings.attackMs, release, sampleRate);
            program = settings.releaseMode == ReleaseMode.FIXED
                    ? null
                    : new TwoStageFollower(
                            settings.attackMs, release, CHARGE * release, LONG_RELEASE * release, sampleRate);
        }

        void process(double[] reduction, int frames) {
            if (program == null) {
                fixed.process(reduction, frames);
            } else {
                program.process(reduction, frames);
            }
        }

        void reset() {
            fixed.reset();
            if (program != null) {
                program.reset();
            }
        }

        void retune(Compressor settings) {
            double release = settings.releaseMs;
            fixed.retune(settings.attackMs, release);
            if (program != null) {
                program.retune(settings.attackMs, release, CHARGE * release, LONG_RELEASE * release);
            }
        }
    }
}
