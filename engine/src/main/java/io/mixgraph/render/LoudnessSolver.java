package io.mixgraph.render;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.AudioSource;
import io.mixgraph.audio.Decibels;
import io.mixgraph.audio.FrameSource;
import io.mixgraph.audio.Numbers;
import io.mixgraph.dsp.DelayLine;
import io.mixgraph.dsp.Mixing;
import io.mixgraph.fx.Applicator;
import io.mixgraph.fx.Detector;
import io.mixgraph.fx.Limiter;
import io.mixgraph.loudness.Gating;
import io.mixgraph.loudness.LoudnessMeter;
import io.mixgraph.loudness.WeightedEnergy;
import io.mixgraph.model.LoudnessMode;
import io.mixgraph.render.RenderMonitor.Stage;
import io.mixgraph.routing.MasterFinish;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds the gain that makes a finished master meet a loudness, with the limiter in the loop; or the one gain that makes
 * several, an album, meet it together.
 *
 * <p>While no peak passes a limiter's ceiling the gain follows from the energies of the meters' blocks alone: sorted,
 * they tell for every gain which of them pass the gates. Above that it is searched for: each trial gain scales the
 * energies of the hops that the limiter leaves alone, and runs limiter and K-weighting only over the stretches that it
 * touches, each with one hop before it for the filters to settle.
 *
 * <p>Loudness does not always rise with the gain: quiet blocks that come up through the gates lower the mean of all.
 * But blocks get louder, so two trials bound what any gain between them can bring ({@link Gating#highestIntegrated}).
 * The search goes from low gains to high ones, leaves out what cannot meet the target by these bounds, and halves what
 * it cannot decide; where the loudness can only rise, regula falsi closes in. So it finds the lowest gain that meets
 * the target, but for dips of less than {@value #WOBBLE_LU} LU.
 *
 * <p>Deterministic: the trials depend on the signals and the target alone. The stretches of a trial are shared out to
 * several threads; what comes out of a stretch depends on where it begins and on the gain alone. Used by one thread at
 * a time.
 */
final class LoudnessSolver {
    /** The lowest gain that is tried, in dB. */
    static final double MIN_GAIN_DB = -144.0;

    /** The highest gain that is tried, in dB: more than from the absolute gate to full scale. */
    static final double MAX_GAIN_DB = 80.0;

    /** How far the loudness of the finished master may be from the target. */
    static final double TOLERANCE_LU = 0.005;

    /** How far it may be where no gain comes nearer: loudness jumps where a block comes through a gate. */
    static final double WIDEST_LU = 0.03;

    /** What loudness may fall between two gains for it to count as rising. */
    private static final double WOBBLE_LU = 0.05;

    /** When no gain meets the target, how far below the loudest it may stay. */
    private static final double CONCESSION_LU = 0.1;

    /** A gain as near as this to what bounds it is bound by that. */
    private static final double AT_BOUND_DB = 0.5;

    /** For what rounding may add to a gain that just leaves the limiter idle. */
    private static final double ROUNDING_DB = 1e-9;

    /** How far above the absolute gate a block is to be, so that rounding the file does not sink it. */
    private static final double ABOVE_GATE_DB = 0.002;

    /** For what the limiter's whole-number means may take away more than the peak needs. */
    private static final double REDUCTION_ROUNDING_DB = 1e-5;

    private static final double LARGEST_STEP_DB = 6.0;
    private static final double SMALLEST_STEP_DB = 0.05;
    private static final double NARROWEST_BRACKET_DB = 1e-4;

    /** After so many trials the search no longer looks between those it has. */
    private static final int MOST_TRIALS = 150;

    /** Several threads get no fewer touched hops than this each: for less it is not worth starting them. */
    private static final int FEWEST_SHARED = 16;

    /** How many shares each thread gets, so that none waits long for the others. */
    private static final int SHARES_PER_THREAD = 4;

    /** Hops whose peak comes this near to the ceiling count as touched. */
    private static final double NEAR = 0.995;

    /**
     * One of the masters that get the gain.
     *
     * @param master the signal before the loudness gain and the limiter
     * @param meter one with hop peaks that has measured all of it; its measurement is ended
     * @param limiter what follows the gain; null for none, and then the gain is held back under the target's ceiling
     */
    record Programme(
            AudioSource master,
            LoudnessMeter meter,
            @Nullable Limiter limiter) {}

    private final double targetLufs;
    private final int threads;
    private final Checkpoint checkpoint;
    private final List<Part> parts = new ArrayList<>();

    /** The energies of all blocks before the gain, part after part. */
    private final double[] blocks;

    /** In rising order of gain. */
    private final List<Level> trials = new ArrayList<>();

    /** The best so far that is not as near to the target as it should be. */
    private @Nullable Level nearly;

    private LoudnessSolver(List<Programme> programmes, MasterFinish.Target target, int threads, Checkpoint checkpoint) {
        this.targetLufs = target.lufs();
        this.threads = threads;
        this.checkpoint = checkpoint;
        int count = 0;
        for (Programme programme : programmes) {
            Part part = new Part(programme, target, checkpoint);
            parts.add(part);
            count += part.blocks.length;
        }
        blocks = new double[count];
        int at = 0;
        for (Part part : parts) {
            System.arraycopy(part.blocks, 0, blocks, at, part.blocks.length);
            at += part.blocks.length;
        }
    }

    /**
     * Decides the gain.
     *
     * <ul>
     *   <li>{@link Binding#NONE}: the mode is off, the gain 0.
     *   <li>{@link Binding#SILENCE}: no gain up to {@link #MAX_GAIN_DB} lifts a block above the absolute gate, or there
     *       is no whole block; the gain is 0, or lower where peaks allow no more.
     *   <li>{@link Binding#TARGET}: the finished master has the target's loudness, within {@link #TOLERANCE_LU}; where
     *       loudness jumps past the target, within {@link #WIDEST_LU}. No lower gain does that.
     *   <li>{@link Binding#TRUE_PEAK}: it has not. The gain was held back so that the limiter stays idle; or no gain
     *       gets there because the limiter takes away what the gain adds, and this is the lowest that comes within 0.1
     *       LU of the loudest.
     *   <li>{@link Binding#MAX_REDUCTION}: it has not; with this gain the limiter takes away as much as it may.
     *   <li>{@link Binding#MAX_GAIN}: it has not; the gain is {@link #MAX_GAIN_DB}.
     * </ul>
     *
     * @param programmes one, or several that get one gain, so that the loudness over all of their blocks together,
     *     gated together, is the target's; peaks and reduction bind by the worst of them
     * @param target the loudness to reach, −70 LUFS or more, its ceiling, and what to do when peaks are in the way
     * @param threads how many threads work, at least 1; the decision does not depend on it
     * @param checkpoint is passed for every hop that is limited, and told how many gains were tried
     * @throws IOException when a master cannot be read
     */
    static GainDecision solve(
            List<Programme> programmes, MasterFinish.Target target, int threads, Checkpoint checkpoint)
            throws IOException {
        if (!(target.lufs() >= Gating.ABSOLUTE_GATE_LUFS)) {
            throw new IllegalArgumentException(
                    "nothing as quiet as " + Numbers.text(target.lufs()) + " LUFS can be measured");
        }
        if (target.mode() == LoudnessMode.OFF) {
            return new GainDecision(0.0, Binding.NONE);
        }
        return new LoudnessSolver(programmes, target, threads, checkpoint).solve();
    }

    private GainDecision solve() throws IOException {
        double loudest = Arrays.stream(blocks).max().orElse(0.0);
        double idleDb =
                clamped(parts.stream().mapToDouble(part -> part.idleDb).min().orElseThrow());
        Part tightest = parts.stream()
                .min(Comparator.comparingDouble(part -> part.mostDb))
                .orElseThrow();
        double mostDb = clamped(tightest.mostDb);
        if (Gating.lufs(loudest) + MAX_GAIN_DB <= Gating.ABSOLUTE_GATE_LUFS) {
            return silence(mostDb);
        }
        double gainDb = unlimitedGainDb(idleDb);
        if (!Double.isNaN(gainDb)) {
            return new GainDecision(gainDb, Binding.TARGET);
        }
        if (mostDb <= idleDb) {
            return new GainDecision(mostDb, tightest.bound);
        }
        Level met = lowest(idleDb, mostDb);
        if (met == null) {
            met = nearly;
        }
        return met != null ? new GainDecision(met.gainDb, Binding.TARGET) : concession(mostDb, tightest.bound);
    }

    /** What cannot be measured may still have peaks, and these bind. */
    private static GainDecision silence(double mostDb) {
        return new GainDecision(Math.min(0.0, mostDb), Binding.SILENCE);
    }

    private static double clamped(double gainDb) {
        return Math.max(MIN_GAIN_DB, Math.min(MAX_GAIN_DB, gainDb));
    }

    /**
     * The lowest gain that meets the target without a limiter; NaN when there is none up to {@code mostDb}. With the k
     * loudest blocks above the absolute gate the loudness is their gated mean plus the gain; that holds from the gain
     * that lifts the k-th to the gate to the one that lifts the next.
     */
    private double unlimitedGainDb(double mostDb) {
        double[] rising = blocks.clone();
        Arrays.sort(rising);
        int count = rising.length;
        double[] sums = new double[count + 1];
        for (int k = 1; k <= count; k++) {
            sums[k] = sums[k - 1] + rising[count - k];
        }
        int gated = 1;
        for (int k = 1; k <= count && rising[count - k] > 0.0; k++) {
            double fromDb = Gating.ABSOLUTE_GATE_LUFS - Gating.lufs(rising[count - k]) + ABOVE_GATE_DB;
            double nextDb = k == count
                    ? MAX_GAIN_DB
                    : Gating.ABSOLUTE_GATE_LUFS - Gating.lufs(rising[count - k - 1]) - ROUNDING_DB;
            gated = Math.max(1, Math.min(gated, k));
            double gate = sums[k] / k * StrictMath.pow(10.0, Gating.INTEGRATED_GATE_LU / 10.0);
            while (gated < k && rising[count - gated - 1] > gate) {
                gated++;
            }
            double plainDb = targetLufs - Gating.lufs(sums[gated] / gated);
            double gainDb = Math.max(fromDb, Math.min(Math.min(nextDb, mostDb), plainDb));
            if (gainDb <= Math.min(nextDb, mostDb)
                    && gainDb >= MIN_GAIN_DB
                    && Math.abs(gainDb - plainDb) <= TOLERANCE_LU) {
                double simpleDb = targetLufs - Gating.integratedOf(blocks);
                return Math.abs(gainDb - simpleDb) <= ROUNDING_DB ? Math.min(simpleDb, mostDb) : gainDb;
            }
            if (fromDb > mostDb) {
                break;
            }
        }
        return Double.NaN;
    }

    /** The lowest gain in a range that meets the target; null when there is none. */
    private @Nullable Level lowest(double fromDb, double mostDb) throws IOException {
        Trial below = trial(fromDb);
        if (meets(below.level)) {
            return below.level;
        }
        double slope = 1.0;
        double leastStepDb = SMALLEST_STEP_DB;
        while (below.level.gainDb < mostDb) {
            double stepDb =
                    Math.max(leastStepDb, Math.min(LARGEST_STEP_DB, 1.2 * (targetLufs - below.level.lufs) / slope));
            Trial above = trial(Math.min(mostDb, below.level.gainDb + stepDb));
            Level met = between(below, above);
            if (met != null) {
                return met;
            }
            double rise = below.level.lufs == Double.NEGATIVE_INFINITY
                    ? LARGEST_STEP_DB
                    : above.level.lufs - below.level.lufs;
            slope = Math.max(0.1, Math.min(1.0, rise / (above.level.gainDb - below.level.gainDb)));
            leastStepDb = Math.min(LARGEST_STEP_DB, 2.0 * leastStepDb);
            below = above;
        }
        return null;
    }

    private boolean meets(Level level) {
        return Math.abs(level.lufs - targetLufs) <= TOLERANCE_LU;
    }

    /** The same between two trials, or the upper of them. */
    private @Nullable Level between(Trial lower, Trial upper) throws IOException {
        double[] low = new double[blocks.length];
        double[] high = new double[blocks.length];
        for (int i = 0; i < blocks.length; i++) {
            low[i] = Math.min(lower.blocks[i], upper.blocks[i]);
            high[i] = Math.max(lower.blocks[i], upper.blocks[i]);
        }
        double highest = Gating.highestIntegrated(low, high);
        double wanted = nearly == null ? WIDEST_LU : TOLERANCE_LU;
        if (highest < targetLufs - wanted || Gating.lowestIntegrated(low, high) > targetLufs + wanted) {
            return null;
        }
        boolean rising = lower.level.lufs < targetLufs && highest <= upper.level.lufs + WOBBLE_LU;
        boolean narrow = upper.level.gainDb - lower.level.gainDb <= SMALLEST_STEP_DB || trials.size() >= MOST_TRIALS;
        if (rising || narrow) {
            if (meets(upper.level)) {
                return upper.level;
            }
            boolean crossed = (lower.level.lufs < targetLufs) != (upper.level.lufs < targetLufs);
            return crossed ? crossing(targetLufs, lower.level, upper.level) : null;
        }
        Trial middle = trial(0.5 * (lower.level.gainDb + upper.level.gainDb));
        Level met = between(lower, middle);
        return met != null ? met : between(middle, upper);
    }

    /**
     * The gain in a bracket that has a loudness, within the tolerance; null when loudness jumps past it. Regula falsi,
     * the weight of an end that stays put halved (M. Dowell and P. Jarratt, “A modified regula falsi method”, BIT 11,
     * 1971: the Illinois algorithm).
     */
    private @Nullable Level crossing(double lufs, Level lower, Level upper) throws IOException {
        double low = lower.gainDb;
        double high = upper.gainDb;
        double atLow = Math.max(-1e3, lower.lufs - lufs);
        double atHigh = Math.max(-1e3, upper.lufs - lufs);
        int side = 0;
        while (high - low > NARROWEST_BRACKET_DB) {
            Level tried = trial((low * atHigh - high * atLow) / (atHigh - atLow)).level;
            double missed = tried.lufs - lufs;
            if (Math.abs(missed) <= TOLERANCE_LU) {
                return tried;
            }
            if ((missed < 0.0) == (atLow < 0.0)) {
                low = tried.gainDb;
                atLow = Math.max(-1e3, missed);
                atHigh = side == -1 ? atHigh / 2.0 : atHigh;
                side = -1;
            } else {
                high = tried.gainDb;
                atHigh = Math.max(-1e3, missed);
                atLow = side == 1 ? atLow / 2.0 : atLow;
                side = 1;
            }
        }
        return null;
    }

    /** When no gain meets the target: the lowest that comes near the loudest that is not louder than it. */
    private GainDecision concession(double mostDb, Binding bound) throws IOException {
        double loudest = Double.NEGATIVE_INFINITY;
        for (Level trial : trials) {
            loudest = trial.lufs <= targetLufs ? Math.max(loudest, trial.lufs) : loudest;
        }
        if (loudest == Double.NEGATIVE_INFINITY) {
            boolean silent = trials.stream().allMatch(trial -> trial.lufs == Double.NEGATIVE_INFINITY);
            return silent ? silence(mostDb) : new GainDecision(MIN_GAIN_DB, Binding.TRUE_PEAK);
        }
        Level last = trials.get(trials.size() - 1);
        if (bound == Binding.MAX_REDUCTION && last.lufs <= targetLufs && last.lufs >= loudest - CONCESSION_LU) {
            return new GainDecision(mostDb, bound);
        }
        double enough = loudest - CONCESSION_LU;
        int at = 0;
        while (trials.get(at).lufs < enough || trials.get(at).lufs > targetLufs) {
            at++;
        }
        Level chosen = trials.get(at);
        if (at > 0 && trials.get(at - 1).lufs < enough && chosen.lufs > enough) {
            Level enoughOf = crossing(enough, trials.get(at - 1), chosen);
            chosen = enoughOf == null ? chosen : enoughOf;
        }
        return chosen.gainDb > mostDb - AT_BOUND_DB && bound != Binding.TRUE_PEAK
                ? new GainDecision(mostDb, bound)
                : new GainDecision(chosen.gainDb, Binding.TRUE_PEAK);
    }

    /** What a gain brings. */
    private record Level(double gainDb, double lufs) {}

    /** A gain that was tried, while what it makes of every block is of interest. */
    private static final class Trial {
        final Level level;
        final double[] blocks;

        Trial(double gainDb, double[] blocks) {
            this.level = new Level(gainDb, Gating.integratedOf(blocks));
            this.blocks = blocks;
        }
    }

    private Trial trial(double gainDb) throws IOException {
        checkpoint.pass(Stage.SOLVING, trials.size(), 0);
        double[] finished = new double[blocks.length];
        int from = 0;
        for (Part part : parts) {
            double[] partBlocks = Gating.blocks(part.finished(Decibels.toGain(gainDb), threads));
            System.arraycopy(partBlocks, 0, finished, from, partBlocks.length);
            from += partBlocks.length;
        }
        Trial trial = new Trial(gainDb, finished);
        int at = trials.size();
        while (at > 0 && trials.get(at - 1).gainDb > gainDb) {
            at--;
        }
        trials.add(at, trial.level);
        double missed = Math.abs(trial.level.lufs - targetLufs);
        if (missed <= WIDEST_LU && (nearly == null || missed < Math.abs(nearly.lufs - targetLufs))) {
            nearly = trial.level;
        }
        return trial;
    }

    /** One of the masters, and what its peaks allow. */
    private static final class Part {
        private final Checkpoint checkpoint;
        private final AudioSource master;
        private final LoudnessMeter meter;
        private final Limiter limiter;
        private final double[] energies;
        private final double[] peaks;
        final double[] blocks;

        /** Up to this gain the limiter stays idle. */
        final double idleDb;

        /** No more than this gain is allowed, because of {@link #bound}. */
        final double mostDb;

        final Binding bound;

        Part(Programme programme, MasterFinish.Target target, Checkpoint checkpoint) {
            this.checkpoint = checkpoint;
            master = programme.master();
            meter = programme.meter();
            limiter = programme.limiter() == null ? Limiter.at(target.truePeakDb()) : programme.limiter();
            double peakDb = meter.result().truePeakDbtp() + ROUNDING_DB;
            energies = meter.hopEnergies();
            peaks = meter.hopPeaks();
            blocks = Gating.blocks(energies);
            idleDb = Decibels.fromGain(limiter.threshold()) - peakDb;
            double mostDb = MAX_GAIN_DB;
            Binding bound = Binding.MAX_GAIN;
            if (programme.limiter() == null || target.mode() == LoudnessMode.HOLD_BACK) {
                mostDb = idleDb;
                bound = Binding.TRUE_PEAK;
            } else if (target.maxReductionDb() != null) {
                // The highest peak is brought down to the limit, if it is over: so much is taken away at most.
                double limitDb = Decibels.fromGain(limiter.limit()) - REDUCTION_ROUNDING_DB;
                mostDb = Math.max(idleDb, limitDb + target.maxReductionDb() - peakDb);
                bound = Binding.MAX_REDUCTION;
            }
            this.mostDb = Math.min(MAX_GAIN_DB, mostDb);
            this.bound = mostDb < MAX_GAIN_DB ? bound : Binding.MAX_GAIN;
        }

        /** The energies of the hops of the master after this gain and the limiter. */
        double[] finished(double gain, int threads) throws IOException {
            Map<Integer, double[]> ahead = threads == 1 ? Map.of() : ahead(gain, threads);
            double[] finished = new double[energies.length];
            int hop = 0;
            while (hop < finished.length) {
                if (touched(hop, gain)) {
                    double[] known = ahead.get(hop);
                    double[] stretch = known == null ? limited(hop, gain) : known;
                    System.arraycopy(stretch, 0, finished, hop, stretch.length);
                    hop += stretch.length;
                } else {
                    finished[hop] = gain * gain * energies[hop];
                    hop++;
                }
            }
            return finished;
        }

        /**
         * Stretches by the hops where they begin, found by several threads, each in its share of the hops. Where a
         * stretch outlasts its share, those of the next that begin inside it are not asked for.
         */
        private Map<Integer, double[]> ahead(double gain, int threads) throws IOException {
            int touched = 0;
            for (int hop = 0; hop < energies.length; hop++) {
                touched += touched(hop, gain) ? 1 : 0;
            }
            int most = Math.max(FEWEST_SHARED, touched / (SHARES_PER_THREAD * threads) + 1);
            List<Map<Integer, double[]>> shares = new ArrayList<>();
            BlockTasks tasks = new BlockTasks();
            int from = 0;
            int held = 0;
            for (int hop = 0; hop < energies.length; hop++) {
                held += touched(hop, gain) ? 1 : 0;
                if (held == most || hop == energies.length - 1) {
                    int first = from;
                    int end = hop + 1;
                    Map<Integer, double[]> share = new TreeMap<>();
                    shares.add(share);
                    tasks.add((start, frames) -> limit(first, end, gain, share), 1);
                    from = end;
                    held = 0;
                }
            }
            try (BlockScheduler scheduler = tasks.start(threads)) {
                scheduler.run(0, 0);
                scheduler.finish();
            }
            Map<Integer, double[]> all = new TreeMap<>();
            shares.forEach(all::putAll);
            return all;
        }

        private void limit(int from, int end, double gain, Map<Integer, double[]> stretches) throws IOException {
            int hop = from;
            while (hop < end) {
                if (touched(hop, gain)) {
                    double[] stretch = limited(hop, gain);
                    stretches.put(hop, stretch);
                    hop += stretch.length;
                } else {
                    hop++;
                }
            }
        }

        /** Whether the limiter cannot leave a hop alone when it is idle before it. */
        private boolean touched(int hop, double gain) {
            return over(hop, gain) || over(hop + 1, gain);
        }

        private boolean over(int hop, double gain) {
            return hop < peaks.length && peaks[hop] * gain > limiter.threshold() * NEAR;
        }

        /**
         * Runs gain, limiter and K-weighting from a hop on until the limiter is idle again and no peak is near.
         *
         * @return the energies of the hops up to the first that it leaves alone
         */
        private double[] limited(int firstHop, double gain) throws IOException {
            int settling = firstHop == 0 ? 0 : 1;
            long start = meter.hopStart(firstHop - settling);
            double[] stretched = new double[FEWEST_SHARED];
            int hop = firstHop;
            try (Stretch stretch = new Stretch(master, limiter, start, gain, settling == 1)) {
                stretch.settle((int) (meter.hopStart(firstHop) - start));
                while (hop < energies.length) {
                    checkpoint.pass();
                    int frames = (int) (meter.hopStart(hop + 1) - meter.hopStart(hop));
                    boolean idle = stretch.advance(frames);
                    if (hop - firstHop == stretched.length) {
                        stretched = Arrays.copyOf(stretched, 2 * stretched.length);
                    }
                    stretched[hop - firstHop] = stretch.energy() / frames;
                    hop++;
                    if (idle && !touched(hop, gain)) {
                        break;
                    }
                }
            }
            return Arrays.copyOf(stretched, hop - firstHop);
        }
    }

    /** A part of a master on its way through gain, limiter and K-weighting. */
    private static final class Stretch implements AutoCloseable {
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

        Stretch(AudioSource master, Limiter limiter, long start, double gain, boolean fadeIn) throws IOException {
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
                Mixing.scale(x, gain, x, frames);
                System.arraycopy(x, 0, k, 0, frames);
                for (int i = 0; i < frames && frame + i < fadeFrames; i++) {
                    k[i] = x[i] * (frame + i) / fadeFrames;
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
