package io.mixgraph.fx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mixgraph.testing.EffectRunner;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DuckerTest {
    /** 3p² − 2p³ of the depth. */
    private static double reduction(double depth, double p) {
        return depth * (3 * p * p - 2 * p * p * p);
    }

    @ParameterizedTest
    @CsvSource({"48000,12,50,300,500", "44100,30,10,0,200", "96000,3,200,20,1000"})
    void depthAndTimesAreExact(int rate, double depth, double attackMs, double holdMs, double releaseMs) {
        Effect ducker = ducker(Map.of(
                "threshold_db",
                -30,
                "depth_db",
                depth,
                "attack_ms",
                attackMs,
                "hold_ms",
                holdMs,
                "release_ms",
                releaseMs));
        int attack = (int) Math.rint(attackMs * rate / 1000);
        int hold = (int) Math.rint(holdMs * rate / 1000);
        int release = (int) Math.rint(releaseMs * rate / 1000);
        int from = 1000;
        int to = from + attack + 500;
        double[] main =
                new Random(1).doubles(to + hold + release + 1000, 0.1, 1).toArray();
        double[] key = new double[main.length];
        Arrays.fill(key, from, to, 0.1);
        double[] y = new EffectRunner(ducker, rate, 1).run(new double[][] {main}, new double[][] {key}, () -> 777)[0];
        for (int i = 0; i < from; i++) {
            assertThat(y[i]).isEqualTo(main[i]);
        }
        for (int i = from; i < to + hold; i++) {
            double p = Math.min(1, (i - from + 1.0) / attack);
            assertThat(db(y[i] / main[i])).isCloseTo(-reduction(depth, p), within(1e-6));
        }
        for (int i = to + hold; i < to + hold + release; i++) {
            double p = 1 - (i - to - hold + 1.0) / release;
            assertThat(db(y[i] / main[i])).isCloseTo(-reduction(depth, p), within(1e-6));
        }
        for (int i = to + hold + release + 1; i < main.length; i++) {
            assertThat(y[i]).isEqualTo(main[i]);
        }
    }

    @Test
    void aVoiceOfManyCyclesKeepsItDown() {
        Effect ducker = ducker(Map.of("threshold_db", -30, "depth_db", 20, "attack_ms", 10, "hold_ms", 20));
        double[] main = new double[48_000];
        double[] key = new double[48_000];
        Arrays.fill(main, 0.5);
        for (int i = 0; i < key.length; i++) {
            key[i] = 0.1 * Math.sin(2 * Math.PI * 80 * i / 48_000);
        }
        double[] y = new EffectRunner(ducker, 48_000, 1)
                .run(new double[][] {main}, new double[][] {key}, () -> Integer.MAX_VALUE)[0];
        for (int i = 2000; i < y.length; i++) {
            assertThat(db(y[i] / 0.5)).isCloseTo(-20, within(1e-9));
        }
    }

    @Test
    void hysteresisKeepsItDownBetweenTheThresholds() {
        Effect ducker = ducker(Map.of(
                "threshold_db",
                -20,
                "hysteresis_db",
                6,
                "depth_db",
                40,
                "attack_ms",
                0,
                "hold_ms",
                0,
                "release_ms",
                0));
        double[] key = {0.06, 0.09, 0.11, 0.06, 0.051, 0.049, 0.06, 0.09, 0.1001};
        boolean[] down = {false, false, true, true, true, false, false, false, true};
        double[] main = new double[key.length];
        Arrays.fill(main, 1.0);
        double[] y = new EffectRunner(ducker, 48_000, 1)
                .run(new double[][] {main}, new double[][] {key}, () -> Integer.MAX_VALUE)[0];
        for (int i = 0; i < key.length; i++) {
            assertThat(y[i]).isCloseTo(down[i] ? 0.01 : 1, within(1e-9));
        }
    }

    @Test
    void aLookaheadOfTheAttackIsDownWhenTheKeyComes() {
        Effect ducker = ducker(Map.of("threshold_db", -30, "depth_db", 12, "attack_ms", 100, "lookahead_ms", 100));
        assertThat(ducker.latencyFrames(48_000)).isEqualTo(4800);
        double[] main = new double[20_000];
        Arrays.fill(main, 1.0);
        double[] key = new double[20_000];
        Arrays.fill(key, 3000, key.length, 0.5);
        double[] y = new EffectRunner(ducker, 48_000, 1)
                .run(new double[][] {main}, new double[][] {key}, () -> Integer.MAX_VALUE)[0];
        // The key's first frame leaves, as the main's of the same time, 4800 frames later.
        assertThat(db(y[3000 + 4800])).isCloseTo(-12, within(1e-6));
        assertThat(db(y[3000 + 4800 - 2400])).isCloseTo(-6, within(0.02));
    }

    @Test
    void itNeedsAKeyAndLowersAllChannelsAlike() {
        Effect ducker = ducker(Map.of("threshold_db", -30));
        assertThat(ducker.needsKey()).isTrue();
        double[][] main = {{1, 1, 1}, {-0.5, -0.5, -0.5}};
        double[][] key = {{0, 0, 0}, {0.5, 0.5, 0.5}};
        double[][] y = new EffectRunner(ducker, 48_000, 2).run(main, key, () -> 1);
        assertThat(y[0][2]).isLessThan(1);
        assertThat(y[1][2]).isEqualTo(-0.5 * y[0][2]);
    }

    private static Effect ducker(Map<String, ?> parameters) {
        return EffectCatalogue.create("ducker", parameters);
    }

    private static double db(double gain) {
        return 20 * Math.log10(gain);
    }
}
