package io.mixgraph.render;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.AudioSource;
import io.mixgraph.audio.Decibels;
import io.mixgraph.audio.FrameSource;
import io.mixgraph.dsp.DelayLine;
import io.mixgraph.fx.Applicator;
import io.mixgraph.fx.Detector;
import io.mixgraph.fx.Limiter;
import io.mixgraph.loudness.Gating;
import io.mixgraph.loudness.Loudness;
import io.mixgraph.loudness.LoudnessMeter;
import io.mixgraph.loudness.WeightedEnergy;
import io.mixgraph.model.LoudnessMode;
import io.mixgraph.routing.MasterFinish;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Finds the gain that makes a finished master meet a loudness, with the limiter in the loop.
 *
 * <p>While no peak passes the limiter's ceiling the gain follows from the meter's hop energies alone. Above that it is
 * searched for: each trial gain scales the energies of the hops that the limiter leaves alone, and runs limiter and
 * K-weighting only over the stretches that it touches, each with one hop before it for the filters to settle. Loudness
 * rises with the gain, so a bracket closes in on the lowest gain that meets the target, to {@value #TOLERANCE_LU} LU.
 *
 * <p>Deterministic: the trials depend on the signal and the target alone. Used by one thread at a time.
 */
final class LoudnessSolver {
    /** The lowest gain that is tried, in dB. */
    static final double MIN_GAIN_DB = -144.0;

    /** The highest gain that is tried, in dB: more than from the absolute gate to full scale. */
    static final double MAX_GAIN_DB = 80.0;

    /** How far the loudness of the finished master may be from the target. */
    static final double TOLERANCE_LU = 0.005;

    /** When no gain meets the target, how far below the loudest it may stay. */
    private static final double CONCESSION_LU = 0.1;

    /** For what rounding may add to a gain that just leaves the limiter idle. */
    private static final double ROUNDING_DB = 1e-9;

    private static final double LARGEST_STEP_DB = 6.0;
    private static final double SMALLEST_STEP_DB = 0.05;
    private static final double NARROWEST_BRACKET_DB = 1e-4;

    /** Hops whose peak comes this near to the ceiling count as touched. */
    private static final double NEAR = 0.995;

    private final AudioSource master;
    private final LoudnessMeter meter;
    private final Limiter limiter;
    private final Loudness measured;
    private final double[] energies;
    private final double[] peaks;

    private LoudnessSolver(AudioSource master, LoudnessMeter meter, Limiter limiter) {
        this.master = master;
        this.meter = meter;
        this.limiter = limiter;
        this.measured = meter.result();
        this.energies = meter.hopEnergies();
        this.peaks = meter.hopPeaks();
    }

    /**
     * Decides the gain.
     *
     * <ul>
     *   <li>{@link Binding#NONE}: the mode is off, the gain 0.
     *   <li>{@link Binding#SILENCE}: there is no loudness to go by, the gain is 0.
     *   <li>{@link Binding#TARGET}: the finished master has the target's loudness, within {@link #TOLERANCE_LU}.
     *   <li>{@link Binding#TRUE_PEAK}: it has not. The gain was held back so that the limiter stays idle; or no gain
     *       gets there because the limiter takes away what the gain adds, and this is the lowest that comes within 0.1
     *       LU of the loudest.
     * </ul>
     *
     * @param master the signal before the loudness gain and the limiter
     * @param meter one that has measured all of it; its measurement is ended
     * @param target the loudness to reach, its ceiling, and what to do when peaks are in the way
     * @param limiter what follows the gain; null for none, and then the gain is held back under the ceiling
     * @throws IOException when the master cannot be read
     */
    static GainDecision solve(
            AudioSource master, LoudnessMeter meter, MasterFinish.Target target, @Nullable Limiter limiter)
            throws IOException {
        Limiter ceiling = limiter == null ? Limiter.at(target.truePeakDb()) : limiter;
        LoudnessMode mode =
                limiter == null && target.mode() == LoudnessMode.LIMIT ? LoudnessMode.HOLD_BACK : target.mode();
        return new LoudnessSolver(master, meter, ceiling).solve(target.lufs(), mode);
    }

    private GainDecision solve(double targetLufs, LoudnessMode mode) throws IOException {
        if (mode == LoudnessMode.OFF) {
            return new GainDecision(0.0, Binding.NONE);
        }
        if (measured.integratedLufs() == Double.NEGATIVE_INFINITY) {
            return new GainDecision(0.0, Binding.SILENCE);
        }
        double gainDb = unlimitedGainDb(targetLufs);
        double idleDb = Decibels.fromGain(limiter.threshold()) - measured.truePeakDbtp() - ROUNDING_DB;
        if (gainDb <= idleDb) {
            return new GainDecision(gainDb, Binding.TARGET);
        }
        if (mode == LoudnessMode.HOLD_BACK) {
            return new GainDecision(clamped(idleDb), Binding.TRUE_PEAK);
        }
        return search(targetLufs, gainDb);
    }

    /** The gain that meets the target without a limiter; more than one step only where the absolute gate matters. */
    private double unlimitedGainDb(double targetLufs) {
        double gainDb = clamped(targetLufs - measured.integratedLufs());
        for (int step = 0; step < 8; step++) {
            double square = Decibels.toGain(gainDb) * Decibels.toGain(gainDb);
            double[] scaled = Arrays.stream(energies).map(e -> e * square).toArray();
            double missingLu = targetLufs - Gating.integrated(scaled, scaled.length);
            if (Math.abs(missingLu) <= 1e-9 || Double.isInfinite(missingLu)) {
                break;
            }
            gainDb = clamped(gainDb + missingLu);
        }
        return gainDb;
    }

    private static double clamped(double gainDb) {
        return Math.max(MIN_GAIN_DB, Math.min(MAX_GAIN_DB, gainDb));
    }

    /** Upwards from the gain that would do without a limiter. */
    private GainDecision search(double targetLufs, double startDb) throws IOException {
        double gainDb = startDb;
        double lufs = finishedLufs(gainDb);
        double loudestLufs = lufs;
        double slope = 1.0;
        while (lufs < targetLufs - TOLERANCE_LU) {
            if (gainDb >= MAX_GAIN_DB) {
                return concession(startDb, loudestLufs);
            }
            double stepDb = 1.2 * (targetLufs - lufs) / slope;
            double nextDb = clamped(gainDb + Math.max(SMALLEST_STEP_DB, Math.min(LARGEST_STEP_DB, stepDb)));
            double nextLufs = finishedLufs(nextDb);
            if (nextLufs > targetLufs + TOLERANCE_LU) {
                return new GainDecision(between(targetLufs, gainDb, lufs, nextDb, nextLufs), Binding.TARGET);
            }
            slope = Math.max(0.1, Math.min(1.0, (nextLufs - lufs) / (nextDb - gainDb)));
            gainDb = nextDb;
            lufs = nextLufs;
            loudestLufs = Math.max(loudestLufs, lufs);
        }
        return new GainDecision(gainDb, Binding.TARGET);
    }

    /** The lowest gain that comes near the loudest there is. */
    private GainDecision concession(double startDb, double loudestLufs) throws IOException {
        double enough = loudestLufs - CONCESSION_LU;
        double lowDb = startDb;
        double lowLufs = finishedLufs(lowDb);
        double highDb = lowDb;
        double highLufs = lowLufs;
        while (highLufs < enough && highDb < MAX_GAIN_DB) {
            lowDb = highDb;
            lowLufs = highLufs;
            highDb = clamped(highDb + LARGEST_STEP_DB);
            highLufs = finishedLufs(highDb);
        }
        double gainDb =
                highLufs > enough && highDb > lowDb ? between(enough, lowDb, lowLufs, highDb, highLufs) : highDb;
        return new GainDecision(gainDb, Binding.TRUE_PEAK);
    }

    /**
     * The gain in a bracket whose finished loudness is the target's: regula falsi, the weight of an end that stays put
     * halved (M. Dowell and P. Jarratt, “A modified regula falsi method”, BIT 11, 1971: the Illinois algorithm).
     */
    private double between(double targetLufs, double lowDb, double lowLufs, double highDb, double highLufs)
            throws IOException {
        double low = lowDb;
        double high = highDb;
        double below = lowLufs - targetLufs;
        double above = highLufs - targetLufs;
        int side = 0;
        while (high - low > NARROWEST_BRACKET_DB) {
            double tryDb = (low * above - high * below) / (above - below);
            double missed = finishedLufs(tryDb) - targetLufs;
            if (Math.abs(missed) <= TOLERANCE_LU) {
                return tryDb;
            }
            if (missed < 0.0) {
                low = tryDb;
                below = missed;
                above = side == -1 ? above / 2.0 : above;
                side = -1;
            } else {
                high = tryDb;
                above = missed;
                below = side == 1 ? below / 2.0 : below;
                side = 1;
            }
        }
        return high;
    }

    /** The integrated loudness of the master after this gain and the limiter. */
    private double finishedLufs(double gainDb) throws IOException {
        double gain = Decibels.toGain(gainDb);
        double[] finished = new double[energies.length];
        int hop = 0;
        while (hop < finished.length) {
            if (over(hop, gain) || over(hop + 1, gain)) {
                hop = limit(hop, gain, finished);
            } else {
                finished[hop] = gain * gain * energies[hop];
                hop++;
            }
        }
        return Gating.integrated(finished, finished.length);
    }

    private boolean over(int hop, double gain) {
        return hop < peaks.length && peaks[hop] * gain > limiter.threshold() * NEAR;
    }

    /**
     * Runs gain, limiter and K-weighting from a hop on until the limiter is idle again and no peak is near.
     *
     * @return the first hop that it leaves alone
     */
    private int limit(int firstHop, double gain, double[] finished) throws IOException {
        int settling = firstHop == 0 ? 0 : 1;
        long start = meter.hopStart(firstHop - settling);
        int hop = firstHop;
        try (Stretch stretch = new Stretch(start, gain, settling == 1)) {
            stretch.settle((int) (meter.hopStart(firstHop) - start));
            while (hop < finished.length) {
                int frames = (int) (meter.hopStart(hop + 1) - meter.hopStart(hop));
                boolean idle = stretch.advance(frames);
                finished[hop] = stretch.energy() / frames;
                hop++;
                if (idle && !over(hop, gain) && !over(hop + 1, gain)) {
                    break;
                }
            }
        }
        return hop;
    }

    /** A part of the master on its way through gain, limiter and K-weighting. */
    private final class Stretch implements AutoCloseable {
        private final FrameSource source;
        private final double gain;
        private final Detector detector;
        private final Applicator applicator;
        private final DelayLine lookahead;
        private final WeightedEnergy energy;
        private final AudioBlock main;
        private final AudioBlock key;
        private final double[][] curves;

        /** Frames over which the detector's input still fades in: a signal cut in two must not look like a peak. */
        private final int fadeFrames;

        private final int lookaheadFrames;
        private int frame;

        Stretch(long start, double gain, boolean fadeIn) throws IOException {
            AudioFormat format = master.format();
            int rate = format.sampleRate();
            this.gain = gain;
            this.detector = Objects.requireNonNull(limiter.newDetector(format));
            this.applicator = limiter.newApplicator(format);
            this.lookaheadFrames = limiter.lookaheadFrames(rate);
            this.lookahead = new DelayLine(format.channels(), lookaheadFrames);
            this.energy = new WeightedEnergy(format);
            int capacity = rate / 10 + 1 + lookaheadFrames;
            this.main = new AudioBlock(format.channels(), capacity);
            this.key = new AudioBlock(format.channels(), capacity);
            this.curves = new double[limiter.curveCount()][capacity];
            this.fadeFrames = fadeIn ? rate / 20 : 0;
            this.source = master.open(start);
        }

        /** Fills the look-ahead and passes the frames that nobody asks for. */
        void settle(int frames) throws IOException {
            run(lookaheadFrames);
            advance(frames);
            energy.take();
        }

        /**
         * Lets the next frames come out of the limiter.
         *
         * @return whether its gain was exactly 1 throughout
         */
        boolean advance(int frames) throws IOException {
            run(frames);
            energy.add(main, 0, frames);
            for (int i = 0; i < frames; i++) {
                if (curves[0][i] != 1.0) {
                    return false;
                }
            }
            return true;
        }

        private void run(int frames) throws IOException {
            int read = frames == 0 ? 0 : source.read(main, frames);
            for (int c = 0; c < main.channels(); c++) {
                double[] x = main.channel(c);
                double[] k = key.channel(c);
                Arrays.fill(x, read, frames, 0.0);
                for (int i = 0; i < frames; i++) {
                    x[i] *= gain;
                    k[i] = frame + i < fadeFrames ? x[i] * (frame + i) / fadeFrames : x[i];
                }
            }
            frame += frames;
            detector.detect(key, frames, curves);
            lookahead.process(main, frames);
            applicator.apply(main, frames, curves);
        }

        /** The weighted sum of squares of what came out since it was last asked. */
        double energy() {
            return energy.take();
        }

        @Override
        public void close() throws IOException {
            source.close();
        }
    }
}
