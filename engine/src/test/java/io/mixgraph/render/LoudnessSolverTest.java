package io.mixgraph.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.Decibels;
import io.mixgraph.fx.Limiter;
import io.mixgraph.loudness.Loudness;
import io.mixgraph.loudness.LoudnessMeter;
import io.mixgraph.model.LoudnessMode;
import io.mixgraph.routing.MasterFinish;
import io.mixgraph.testing.MemorySource;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoudnessSolverTest {
    private static final Checkpoint UNWATCHED = new Checkpoint(RenderMonitor.SILENT);

    private static final int RATE = 48_000;

    private static LoudnessMeter measured(MemorySource master) {
        LoudnessMeter meter = LoudnessMeter.withHopPeaks(master.format());
        run(master, block -> meter.process(block, block.capacity()));
        meter.result();
        return meter;
    }

    private interface Step {
        void take(AudioBlock block);
    }

    private static void run(MemorySource master, Step step) {
        int length = (int) master.frames();
        for (int from = 0; from < length; from += 1000) {
            AudioBlock block = new AudioBlock(master.format().channels(), Math.min(1000, length - from));
            for (int c = 0; c < master.format().channels(); c++) {
                System.arraycopy(master.channel(c), from, block.channel(c), 0, block.capacity());
            }
            step.take(block);
        }
    }

    private static Loudness finished(MemorySource master, double gainDb, Limiter limiter) {
        return Finished.of(master, gainDb, limiter).loudness();
    }

    /** Noise with beats: short loud stretches over a quieter bed, now and then a pause. */
    private static MemorySource music(long seed, int rate, double seconds, double level) {
        Random random = new Random(seed);
        int frames = (int) (rate * seconds);
        double[][] x = new double[2][frames];
        double low = 0.0;
        double beat = 0.0;
        for (int i = 0; i < frames; i++) {
            if (i % (rate / 2) == 0) {
                beat = random.nextDouble() < 0.3 ? 0.0 : random.nextDouble();
            }
            double envelope = 0.15 + beat * Math.exp(-8.0 * (i % (rate / 2)) / rate);
            if (i / rate % 7 == 5) {
                envelope = 0.0;
            }
            low = 0.95 * low + 0.2 * random.nextGaussian();
            x[0][i] = level * envelope * (low + 0.3 * random.nextGaussian());
            x[1][i] = level * envelope * (low + 0.3 * random.nextGaussian());
        }
        return new MemorySource("music", rate, x);
    }

    private static GainDecision solve(MemorySource master, double target, LoudnessMode mode, Limiter limiter)
            throws IOException {
        return solve(master, MasterFinish.Target.of(target, limiter.truePeakDb(), mode), limiter);
    }

    private static GainDecision solve(MemorySource master, MasterFinish.Target target, @Nullable Limiter limiter)
            throws IOException {
        return solve(master, target, limiter, 1);
    }

    private static GainDecision solve(
            MemorySource master, MasterFinish.Target target, @Nullable Limiter limiter, int threads)
            throws IOException {
        return LoudnessSolver.solve(
                List.of(new LoudnessSolver.Programme(master, measured(master), limiter)), target, threads, UNWATCHED);
    }

    /** Also where stretches run over from one thread's share into the next. */
    @ParameterizedTest
    @CsvSource({"6, 22050, -9, -1", "7, 22050, -12, -3", "8, 8000, -6, -1", "9, 16000, -16, -1"})
    void noThreadChangesABit(long seed, int rate, double target, double ceiling) throws IOException {
        Limiter limiter = Limiter.at(ceiling);
        MemorySource master = music(seed, rate, 21.7, 0.2);
        MasterFinish.Target wanted = MasterFinish.Target.of(target, ceiling, LoudnessMode.LIMIT);
        GainDecision alone = solve(master, wanted, limiter, 1);
        assertThat(master.framesRead()).as("the limiter works").isPositive();
        for (int threads : new int[] {2, 3, 7}) {
            assertThat(solve(master, wanted, limiter, threads)).isEqualTo(alone);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 48000, -14, -1", "2, 48000, -9, -1", "3, 44100, -11, -2", "4, 22050, -16, -6", "5, 96000, -9, -1"})
    void agreesWithARunOverEverything(long seed, int rate, double target, double ceiling) throws IOException {
        Limiter limiter = Limiter.at(ceiling);
        MemorySource master = music(seed, rate, 5.23, 0.2);
        GainDecision decision = solve(master, target, LoudnessMode.LIMIT, limiter);
        assertThat(master.framesRead()).as("seven passes at most").isLessThan(7 * master.frames());
        assertThat(decision.binding()).isEqualTo(Binding.TARGET);
        Loudness met = finished(master, decision.gainDb(), limiter);
        assertThat(met.integratedLufs()).isCloseTo(target, within(0.01));
        assertThat(met.truePeakDbtp()).isBetween(ceiling - 0.5, ceiling);
        // The lowest: a little less falls short.
        assertThat(finished(master, decision.gainDb() - 0.1, limiter).integratedLufs())
                .isLessThan(target - 0.01);
    }

    @Test
    void anIdleLimiterNeedsNoTrial() throws IOException {
        MemorySource master = music(6, RATE, 5, 0.2);
        double loudness = measured(master).result().integratedLufs();
        GainDecision decision = solve(master, loudness - 3.0, LoudnessMode.LIMIT, Limiter.at(-1.0));
        assertThat(decision.binding()).isEqualTo(Binding.TARGET);
        assertThat(decision.gainDb()).isCloseTo(-3.0, within(1e-9));
        assertThat(master.framesRead()).isZero();
    }

    @Test
    void trialsReadOnlyWhatTheLimiterTouches() throws IOException {
        MemorySource master = music(7, RATE, 20, 0.1);
        master.channel(0)[5 * RATE] = 0.9;
        double target = measured(master).result().integratedLufs() + 1.0;
        GainDecision decision = solve(master, target, LoudnessMode.LIMIT, Limiter.at(-1.0));
        assertThat(finished(master, decision.gainDb(), Limiter.at(-1.0)).integratedLufs())
                .isCloseTo(target, within(0.01));
        assertThat(master.framesRead()).isBetween(1L, 6L * RATE);
    }

    @Test
    void heldBackTheLimiterStaysIdle() throws IOException {
        Limiter limiter = Limiter.at(-1.0);
        MemorySource master = music(8, RATE, 6, 0.2);
        GainDecision decision = solve(master, -6.0, LoudnessMode.HOLD_BACK, limiter);
        assertThat(decision.binding()).isEqualTo(Binding.TRUE_PEAK);
        Loudness before = measured(master).result();
        assertThat(before.truePeakDbtp() + decision.gainDb()).isCloseTo(-1.0, within(1e-5));
        assertThat(finished(master, decision.gainDb(), limiter).integratedLufs())
                .isCloseTo(before.integratedLufs() + decision.gainDb(), within(1e-9));
        assertThat(solve(master, -40.0, LoudnessMode.HOLD_BACK, limiter).binding())
                .isEqualTo(Binding.TARGET);
    }

    @Test
    void withoutALimiterTheGainIsHeldBack() throws IOException {
        MemorySource master = music(8, RATE, 6, 0.2);
        for (LoudnessMode mode : new LoudnessMode[] {LoudnessMode.LIMIT, LoudnessMode.HOLD_BACK}) {
            assertThat(solve(master, MasterFinish.Target.of(-6.0, -1.0, mode), null))
                    .isEqualTo(solve(master, -6.0, LoudnessMode.HOLD_BACK, Limiter.at(-1.0)));
        }
    }

    @Test
    void offLeavesItAlone() throws IOException {
        assertThat(solve(music(9, RATE, 1, 0.2), -14.0, LoudnessMode.OFF, Limiter.at(-1.0)))
                .isEqualTo(new GainDecision(0.0, Binding.NONE));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100, 19_199, 100_000})
    void silenceAndScrapsHaveNoLoudness(int frames) throws IOException {
        double[][] x = new double[2][frames];
        if (frames > 0 && frames < 19_200) {
            x[0][frames / 2] = 1.0;
        }
        assertThat(solve(new MemorySource("scrap", RATE, x), -14.0, LoudnessMode.LIMIT, Limiter.at(-1.0)))
                .isEqualTo(new GainDecision(0.0, Binding.SILENCE));
    }

    @Test
    void theQuietestIsRaised() throws IOException {
        MemorySource master = music(10, RATE, 4, 0.2);
        double loudness = measured(master).result().integratedLufs();
        double down = Decibels.toGain(-60.0 - loudness);
        for (int c = 0; c < master.format().channels(); c++) {
            for (int i = 0; i < master.frames(); i++) {
                master.channel(c)[i] *= down;
            }
        }
        GainDecision decision = solve(master, -16.0, LoudnessMode.LIMIT, Limiter.at(-1.0));
        assertThat(decision.gainDb()).isBetween(43.0, 50.0);
        assertThat(finished(master, decision.gainDb(), Limiter.at(-1.0)).integratedLufs())
                .isCloseTo(-16.0, within(0.01));
    }

    @Test
    void theTooLoudIsLowered() throws IOException {
        MemorySource master = music(11, RATE, 4, 20.0);
        assertThat(measured(master).result().truePeakDbtp()).isGreaterThan(20.0);
        GainDecision decision = solve(master, -18.0, LoudnessMode.LIMIT, Limiter.at(-1.0));
        assertThat(decision.gainDb()).isNegative();
        assertThat(finished(master, decision.gainDb(), Limiter.at(-1.0)).integratedLufs())
                .isCloseTo(-18.0, within(0.01));
    }

    /** Under a ceiling of -30 dBTP nothing is as loud as -14 LUFS. */
    @Test
    void whatCannotBeReachedIsSaid() throws IOException {
        Limiter limiter = Limiter.at(-30.0);
        MemorySource master = music(12, RATE, 2, 0.2);
        GainDecision decision = solve(master, -14.0, LoudnessMode.LIMIT, limiter);
        assertThat(decision.binding()).isEqualTo(Binding.TRUE_PEAK);
        double got = finished(master, decision.gainDb(), limiter).integratedLufs();
        for (double gainDb = 0.0; gainDb <= LoudnessSolver.MAX_GAIN_DB; gainDb += 40.0) {
            assertThat(finished(master, gainDb, limiter).integratedLufs()).isLessThan(got + 0.15);
        }
    }

    @Test
    void theSameTwice() throws IOException {
        MemorySource master = music(13, RATE, 3, 0.2);
        assertThat(solve(master, -9.0, LoudnessMode.LIMIT, Limiter.at(-1.0)))
                .isEqualTo(solve(master, -9.0, LoudnessMode.LIMIT, Limiter.at(-1.0)));
    }
}
