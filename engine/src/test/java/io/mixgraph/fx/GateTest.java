package io.mixgraph.fx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mixgraph.testing.EffectRunner;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GateTest {
    private static final int RATE = 48_000;

    @Test
    void quietStaysClosedAndLoudComesThroughUntouched() {
        Effect gate = gate(Map.of("threshold_db", -40, "range_db", -30, "attack_ms", 1));
        double[] quiet = new Random(1).doubles(5000, -0.009, 0.009).toArray();
        double[] y = run(gate, quiet);
        for (int i = 0; i < quiet.length; i++) {
            assertThat(y[i]).isCloseTo(quiet[i] * Math.pow(10, -1.5), within(1e-12));
        }
        double[] loud = new double[5000];
        Arrays.fill(loud, 0.1);
        double[] open = run(gate, loud);
        assertThat(Arrays.copyOfRange(open, 60, 5000)).isEqualTo(Arrays.copyOfRange(loud, 60, 5000));
    }

    @Test
    void opensAndClosesInStraightLinesInDecibels() {
        Effect gate =
                gate(Map.of("threshold_db", -20, "range_db", -60, "attack_ms", 10, "hold_ms", 20, "release_ms", 100));
        int loud = 4800;
        double[] x = new double[20_000];
        Arrays.fill(x, 0, loud, 1.0);
        Arrays.fill(x, loud, x.length, 0.001);
        double[] y = run(gate, x);
        assertThat(db(y[239])).isCloseTo(-30, within(0.01));
        assertThat(y[480]).isEqualTo(1.0);
        // Held for 20 ms, then down by 60 dB in 100 ms.
        assertThat(y[loud + 959] / 0.001).isEqualTo(1.0);
        assertThat(db(y[loud + 960 + 2399] / 0.001)).isCloseTo(-30, within(0.01));
        assertThat(db(y[loud + 960 + 4800] / 0.001)).isCloseTo(-60, within(1e-6));
    }

    @Test
    void hysteresisKeepsItOpenBetweenTheThresholds() {
        Map<String, Object> timing = Map.of(
                "threshold_db",
                -20,
                "hysteresis_db",
                6,
                "attack_ms",
                0,
                "hold_ms",
                0,
                "release_ms",
                0,
                "range_db",
                -60);
        double[] x = {0.06, 0.09, 0.11, 0.06, 0.051, 0.049, 0.06, 0.09, 0.1001};
        double[] y = run(gate(timing), x);
        boolean[] open = {false, false, true, true, true, false, false, false, true};
        for (int i = 0; i < x.length; i++) {
            assertThat(y[i] / x[i]).isCloseTo(open[i] ? 1 : 0.001, within(1e-9));
        }
    }

    @Test
    void aToneAboveTheThresholdDoesNotChatter() {
        Effect gate = gate(Map.of("threshold_db", -20, "hold_ms", 50));
        double[] x = new double[RATE];
        for (int i = 0; i < x.length; i++) {
            x[i] = 0.2 * Math.sin(2 * Math.PI * 40 * i / RATE);
        }
        double[] y = run(gate, x);
        assertThat(Arrays.copyOfRange(y, 4800, x.length)).isEqualTo(Arrays.copyOfRange(x, 4800, x.length));
    }

    @Test
    void aLookaheadOfTheAttackCutsNothingOfATransient() {
        double[] x = new double[9600];
        x[2000] = 0.9;
        Arrays.fill(x, 2001, 4000, 0.5);
        Map<String, Object> late = Map.of("threshold_db", -20, "attack_ms", 5);
        Map<String, Object> ahead = Map.of("threshold_db", -20, "attack_ms", 5, "lookahead_ms", 5);
        assertThat(gate(late).latencyFrames(RATE)).isZero();
        assertThat(run(gate(late), x)[2000]).isLessThan(0.01);
        assertThat(gate(ahead).latencyFrames(RATE)).isEqualTo(240);
        double[] y = run(gate(ahead), x);
        assertThat(Arrays.copyOfRange(y, 2240, 4240)).isEqualTo(Arrays.copyOfRange(x, 2000, 4000));
        assertThat(y[2239]).isZero();
    }

    /** The gate's own curve: the range below the threshold, nothing from it on. */
    @Test
    void closedItTakesItsRangeAtEveryLevel() {
        Effect gate = gate(Map.of("threshold_db", -30, "range_db", -25, "attack_ms", 1));
        for (double level = -80; level <= 20; level += 0.5) {
            double[] x = new double[500];
            Arrays.fill(x, Math.pow(10, level / 20));
            double[] y = run(gate, x);
            double expected = x[0] >= Math.pow(10, -1.5) ? 0 : -25;
            assertThat(db(y[499] / x[499])).isCloseTo(expected, within(0.01));
        }
    }

    private static Effect gate(Map<String, ?> parameters) {
        return EffectCatalogue.create("gate", parameters);
    }

    private static double[] run(Effect effect, double[] x) {
        return new EffectRunner(effect, RATE, 1).run(new double[][] {x}, () -> Integer.MAX_VALUE)[0];
    }

    private static double db(double gain) {
        return 20 * Math.log10(gain);
    }
}
