package io.mixgraph.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.mixgraph.audio.Decibels;
import io.mixgraph.audio.FrameSource;
import io.mixgraph.fx.Limiter;
import io.mixgraph.loudness.LoudnessMeter;
import io.mixgraph.model.LoudnessMode;
import io.mixgraph.routing.MasterFinish;
import io.mixgraph.testing.MemorySource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The solver against brute force: gains in steps of 0.1 dB through the real limiter and the real meter. Whenever one of
 * them meets a target within 0.02 LU, the solver's gain meets it within 0.05 LU in the file rounded to 24 bits, and no
 * lower one is louder than the target.
 */
class LoudnessSolverOracleTest {
    private static final Checkpoint UNWATCHED = new Checkpoint(RenderMonitor.SILENT);

    private static final int RATE = 8_000;
    private static final double LOWEST_DB = -30.0;
    private static final Limiter LIMITER = Limiter.at(-1.0);

    private static MemorySource signal(double seconds, IntToDoubleFunction value) {
        double[] x = new double[(int) (seconds * RATE)];
        for (int i = 0; i < x.length; i++) {
            x[i] = value.applyAsDouble(i);
        }
        return new MemorySource("signal", RATE, x);
    }

    /** Noise whose level jumps by up to 40 dB every so often. */
    private static MemorySource steps(long seed, double seconds, double levelDb) {
        Random random = new Random(seed);
        double[] level = {0.0};
        int every = 400 + random.nextInt(4_000);
        return signal(seconds, i -> {
            if (i % every == 0) {
                level[0] = Decibels.toGain(levelDb - 40.0 * random.nextDouble());
            }
            return level[0] * random.nextGaussian();
        });
    }

    private static double tone(double hz, int i) {
        return Math.sin(2.0 * Math.PI * hz * i / RATE);
    }

    private static Map<String, MemorySource> signals() {
        Map<String, MemorySource> all = new LinkedHashMap<>();
        for (int seed = 1; seed <= 5; seed++) {
            all.put("steps " + seed, steps(seed, 0.8 + 0.3 * seed, -10.0 - 3.0 * seed));
        }
        all.put("quieter than the gate", steps(21, 1.5, -90.0));
        Random click = new Random(22);
        all.put(
                "a click over what is quieter than the gate",
                signal(1.2, i -> i == 5_000 ? 0.9 : 3e-5 * click.nextGaussian()));
        Random bed = new Random(23);
        // Loud for a tenth, then 21 dB below: the bed comes through the relative gate at once.
        all.put("a bed under one burst", signal(2.5, i -> (i < 3_200 ? 0.2 : 0.014) * bed.nextGaussian()));
        Random both = new Random(24);
        all.put("two beds", signal(2.5, i -> (i < 3_200 ? 0.2 : i < 9_000 ? 0.02 : 0.002) * both.nextGaussian()));
        Random sparse = new Random(25);
        all.put("clicks far above a bed", signal(1.5, i -> i % 1_700 == 9 ? 0.5 : 0.001 * sparse.nextGaussian()));
        all.put("one tone", signal(0.8, i -> 0.3 * tone(440, i)));
        all.put("exactly one block", signal(0.4, i -> 0.05 * tone(300, i)));
        Random block = new Random(26);
        all.put("one block of noise", signal(0.45, i -> 0.01 * block.nextGaussian()));
        all.put("a fade", signal(2.0, i -> Math.pow(10.0, -4.0 * i / (2.0 * RATE)) * tone(800, i)));
        all.put("steps of DC", signal(1.2, i -> i / 3_000 % 2 == 0 ? 0.1 : -0.02));
        Random loud = new Random(27);
        all.put("too loud", signal(1.0, i -> 5.0 * loud.nextGaussian()));
        return all;
    }

    private static LoudnessSolver.Programme programme(MemorySource master) {
        LoudnessMeter meter = LoudnessMeter.withHopPeaks(master.format());
        try (FrameSource stream = master.open(0)) {
            var block =
                    new io.mixgraph.audio.AudioBlock(master.format().channels(), (int) Math.max(1, master.frames()));
            meter.process(block, stream.read(block, (int) master.frames()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        meter.result();
        return new LoudnessSolver.Programme(master, meter, LIMITER);
    }

    private static GainDecision solve(MemorySource master, MasterFinish.Target target) throws IOException {
        return LoudnessSolver.solve(List.of(programme(master)), target, 1, UNWATCHED);
    }

    private static MasterFinish.Target target(double lufs, LoudnessMode mode) {
        return MasterFinish.Target.of(lufs, -1.0, mode);
    }

    private static MasterFinish.Target reducing(double lufs, double maxReductionDb) {
        return new MasterFinish.Target(lufs, -1.0, LoudnessMode.LIMIT, maxReductionDb, null, null);
    }

    private static double gainDb(int step) {
        return LOWEST_DB + 0.1 * step;
    }

    private static List<String> names() {
        return List.copyOf(signals().keySet());
    }

    @ParameterizedTest
    @MethodSource("names")
    void whatAnyGainMeetsIsMet(String name) throws IOException {
        MemorySource master = Objects.requireNonNull(signals().get(name));
        int count = (int) Math.round((LoudnessSolver.MAX_GAIN_DB - LOWEST_DB) / 0.1) + 1;
        double[] scanned = new double[count];
        for (int step = 0; step < count; step++) {
            scanned[step] = Finished.of(master, gainDb(step), LIMITER).lufs();
        }
        int met = 0;
        for (double lufs = -70.0; lufs <= -0.5; lufs += 0.731) {
            int lowest = 0;
            while (lowest < count && !(Math.abs(scanned[lowest] - lufs) <= 0.02)) {
                lowest++;
            }
            long before = master.framesRead();
            GainDecision decision = solve(master, target(lufs, LoudnessMode.LIMIT));
            double passes = (double) (master.framesRead() - before) / master.frames();
            String what =
                    String.format(Locale.ROOT, "%s to %.3f LUFS: %s in %.0f passes", name, lufs, decision, passes);
            double got = Finished.rounded(master, decision.gainDb(), LIMITER).lufs();
            if (decision.binding() == Binding.TARGET) {
                assertThat(got).as(what).isCloseTo(lufs, within(0.05));
            }
            if (lowest < count) {
                met++;
                assertThat(decision.binding()).as(what).isEqualTo(Binding.TARGET);
                for (int step = 0; step < count && gainDb(step) < decision.gainDb() - 0.1; step++) {
                    assertThat(scanned[step])
                            .as("%s, against %.1f dB", what, gainDb(step))
                            .isLessThan(lufs + 0.02);
                }
            } else if (decision.binding() == Binding.TRUE_PEAK) {
                // The loudest that stays below the target, or nearly.
                double loudest = Double.NEGATIVE_INFINITY;
                for (double candidate : scanned) {
                    loudest = candidate <= lufs ? Math.max(loudest, candidate) : loudest;
                }
                assertThat(got).as(what).isGreaterThan(loudest - 0.3);
            }
            assertThat(passes).as(what).isLessThan(60);
        }
        System.out.printf(Locale.ROOT, "solver: %s: %d targets can be met%n", name, met);
        assertThat(met).isPositive();
    }

    /** The reduction of the finished master is what was allowed, and the gain is as high as that allows. */
    @ParameterizedTest
    @ValueSource(doubles = {0.0, 0.2, 1.0, 3.0, 10.0})
    void theLimiterTakesAwayNoMoreThanItMay(double maxReductionDb) throws IOException {
        for (int seed = 1; seed <= 4; seed++) {
            MemorySource master = steps(seed, 3.0, -12.0);
            GainDecision bound = solve(master, reducing(-1.0, maxReductionDb));
            double reduced = Finished.of(master, bound.gainDb(), LIMITER).reductionDb();
            assertThat(bound.binding()).isEqualTo(Binding.MAX_REDUCTION);
            assertThat(reduced).isLessThanOrEqualTo(maxReductionDb);
            double more = Finished.of(master, bound.gainDb() + 1e-3, LIMITER).reductionDb();
            assertThat(more).isGreaterThan(maxReductionDb);
            GainDecision quiet = solve(master, reducing(-40.0, maxReductionDb));
            assertThat(quiet).isEqualTo(solve(master, target(-40.0, LoudnessMode.LIMIT)));
        }
    }

    @Test
    void noReductionIsHoldingBack() throws IOException {
        MemorySource master = steps(3, 3.0, -12.0);
        GainDecision held = solve(master, target(-2.0, LoudnessMode.HOLD_BACK));
        assertThat(held.binding()).isEqualTo(Binding.TRUE_PEAK);
        assertThat(solve(master, reducing(-2.0, 0.0)).gainDb()).isEqualTo(held.gainDb());
    }

    @Test
    void holdingBackLeavesTheLimiterIdle() throws IOException {
        for (MemorySource master : signals().values()) {
            GainDecision held = solve(master, target(-2.0, LoudnessMode.HOLD_BACK));
            if (held.binding() == Binding.TRUE_PEAK) {
                assertThat(Finished.of(master, held.gainDb(), LIMITER).reductionDb())
                        .isZero();
                assertThat(Finished.of(master, held.gainDb() + 1e-6, LIMITER).reductionDb())
                        .isPositive();
            }
        }
    }

    /** 80 dB above −130 LUFS is above the gate and below the target, and no peak is in the way. */
    @Test
    void theHighestGainIsNamed() throws IOException {
        MemorySource master = signal(1.0, i -> 5e-7 * tone(1_000, i));
        for (LoudnessMode mode : new LoudnessMode[] {LoudnessMode.LIMIT, LoudnessMode.HOLD_BACK}) {
            assertThat(solve(master, target(-14.0, mode)))
                    .isEqualTo(new GainDecision(LoudnessSolver.MAX_GAIN_DB, Binding.MAX_GAIN));
        }
    }

    @Test
    void whatNoGainLiftsToTheGateIsSilence() throws IOException {
        MemorySource faint = signal(1.0, i -> 6e-8 * tone(1_000, i));
        MemorySource fainter = signal(1.0, i -> 2e-9 * tone(1_000, i));
        assertThat(solve(faint, target(-69.9, LoudnessMode.LIMIT)).binding()).isNotEqualTo(Binding.SILENCE);
        assertThat(solve(fainter, target(-69.9, LoudnessMode.LIMIT))).isEqualTo(new GainDecision(0.0, Binding.SILENCE));
        for (int frames : new int[] {0, 1, RATE / 10, 4 * RATE / 10 - 1}) {
            MemorySource scrap = new MemorySource("scrap", RATE, new double[frames]);
            assertThat(solve(scrap, target(-14.0, LoudnessMode.LIMIT)))
                    .isEqualTo(new GainDecision(0.0, Binding.SILENCE));
        }
    }

    @Test
    void nothingQuieterThanTheGateCanBeAsked() {
        MemorySource master = signal(1.0, i -> 0.1 * tone(1_000, i));
        assertThatIllegalArgumentException().isThrownBy(() -> solve(master, target(-70.5, LoudnessMode.LIMIT)));
    }

    /**
     * An album: one gain, under which all of its blocks, gated together (ITU-R BS.1770-5, Annex 1, equations 4 to 7),
     * have the target's loudness.
     */
    @ParameterizedTest
    @ValueSource(doubles = {-40.0, -23.0, -14.0, -11.0})
    void severalGetOneGain(double lufs) throws IOException {
        List<MemorySource> masters = List.of(steps(31, 2.0, -14.0), steps(32, 3.0, -26.0), steps(33, 0.3, -3.0));
        List<LoudnessSolver.Programme> album =
                masters.stream().map(LoudnessSolverOracleTest::programme).toList();
        GainDecision decision = LoudnessSolver.solve(album, target(lufs, LoudnessMode.LIMIT), 2, UNWATCHED);
        assertThat(decision.binding()).isEqualTo(Binding.TARGET);
        assertThat(together(masters, decision.gainDb())).isCloseTo(lufs, within(0.01));
        assertThat(together(masters, decision.gainDb() - 0.2)).isLessThan(lufs);
    }

    @Test
    void severalAreBoundByTheWorst() throws IOException {
        List<MemorySource> masters = List.of(steps(34, 2.0, -20.0), steps(35, 2.0, -6.0), steps(36, 2.0, -30.0));
        List<LoudnessSolver.Programme> album =
                masters.stream().map(LoudnessSolverOracleTest::programme).toList();
        GainDecision held = LoudnessSolver.solve(album, target(-3.0, LoudnessMode.HOLD_BACK), 2, UNWATCHED);
        GainDecision reduced = LoudnessSolver.solve(album, reducing(-3.0, 2.0), 2, UNWATCHED);
        assertThat(held).isEqualTo(solve(masters.get(1), target(-3.0, LoudnessMode.HOLD_BACK)));
        assertThat(reduced).isEqualTo(solve(masters.get(1), reducing(-3.0, 2.0)));
    }

    @Test
    void oneWithoutALimiterHoldsAllBack() throws IOException {
        MemorySource loud = steps(35, 2.0, -6.0);
        MemorySource quiet = steps(36, 2.0, -30.0);
        LoudnessSolver.Programme bare =
                new LoudnessSolver.Programme(loud, programme(loud).meter(), null);
        GainDecision decision =
                LoudnessSolver.solve(List.of(programme(quiet), bare), target(-3.0, LoudnessMode.LIMIT), 2, UNWATCHED);
        assertThat(decision).isEqualTo(solve(loud, target(-3.0, LoudnessMode.HOLD_BACK)));
    }

    /** By the formulas of the standard, from the hop energies of each. */
    private static double together(List<MemorySource> masters, double gainDb) {
        List<Double> blocks = new ArrayList<>();
        for (MemorySource master : masters) {
            List<Double> hops = Finished.of(master, gainDb, LIMITER).hopEnergies();
            for (int i = 0; i + 4 <= hops.size(); i++) {
                blocks.add((hops.get(i) + hops.get(i + 1) + hops.get(i + 2) + hops.get(i + 3)) / 4.0);
            }
        }
        double absolute = Math.pow(10.0, (-70.0 + 0.691) / 10.0);
        double gate = 0.1
                * blocks.stream()
                        .filter(e -> e > absolute)
                        .mapToDouble(e -> e)
                        .average()
                        .orElse(0.0);
        double mean = blocks.stream()
                .filter(e -> e > absolute && e > gate)
                .mapToDouble(e -> e)
                .average()
                .orElse(0.0);
        return -0.691 + 10.0 * Math.log10(mean);
    }
}
