package io.mixgraph.fx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mixgraph.testing.EffectRunner;
import java.util.Arrays;
import java.util.Map;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpanderTest {
    private static final IntSupplier WHOLE = () -> Integer.MAX_VALUE;

    /** The formula of the documentation, as printed. */
    private static double outputDb(double x, double threshold, double ratio, double knee, double range) {
        double u = threshold - x;
        double reduction;
        if (2 * u < -knee) {
            reduction = 0;
        } else if (2 * Math.abs(u) <= knee && knee > 0) {
            double d = u + knee / 2;
            reduction = (ratio - 1) * d * d / (2 * knee);
        } else {
            reduction = (ratio - 1) * Math.max(0, u);
        }
        return x - Math.min(range, reduction);
    }

    @ParameterizedTest
    @CsvSource({"-40,2,6,40", "-40,2,0,144", "-20,20,12,60", "-60,4,0,10", "0,1.5,48,30", "-30,1,6,40", "20,3,24,144"})
    void steadyLevelsFollowTheStaticCurve(double threshold, double ratio, double knee, double range) {
        Effect expander =
                expander(Map.of("threshold_db", threshold, "ratio", ratio, "knee_db", knee, "range_db", range));
        for (double level = -80; level <= 20; level += 0.5) {
            double[] y = run(expander, 48_000, constant(level, 3000));
            assertThat(db(y[y.length - 1])).isCloseTo(outputDb(level, threshold, ratio, knee, range), within(0.01));
        }
    }

    @Test
    void aDecibelLessInIsTheRatioLessOut() {
        Effect expander = expander(Map.of("threshold_db", -30, "ratio", 3, "knee_db", 6, "range_db", 100));
        double at40 = db(run(expander, 48_000, constant(-40, 3000))[2999]);
        double at41 = db(run(expander, 48_000, constant(-41, 3000))[2999]);
        assertThat(at40).isCloseTo(-60, within(0.001));
        assertThat(at41).isCloseTo(-63, within(0.001));
        // In the middle of the knee: (3 − 1)·3²/12 dB.
        assertThat(db(run(expander, 48_000, constant(-30, 3000))[2999])).isCloseTo(-31.5, within(0.001));
    }

    @ParameterizedTest
    @CsvSource({"10,0,120,48000", "1,30,50,44100", "30,200,300,96000"})
    void attackHoldAndReleaseAreWhatTheySay(double attackMs, double holdMs, double releaseMs, int rate) {
        Effect expander = expander(Map.of(
                "threshold_db",
                -20,
                "ratio",
                2,
                "knee_db",
                0,
                "range_db",
                30,
                "attack_ms",
                attackMs,
                "hold_ms",
                holdMs,
                "release_ms",
                releaseMs));
        int loud = (int) (rate * attackMs / 1000 * 40);
        double[] x = new double[loud + (int) (rate * (holdMs + 3 * releaseMs) / 1000)];
        Arrays.fill(x, 0, loud, 1.0);
        double[] gain = new EffectRunner(expander, rate, 1).curves(new double[][] {x}, WHOLE)[0];
        int attacked = 0;
        while (-db(gain[attacked]) > 30 / Math.E) {
            attacked++;
        }
        int hold = (int) Math.rint(holdMs * rate / 1000);
        assertThat(gain[loud - 1]).isEqualTo(1.0);
        assertThat(gain[loud + hold - 1]).isEqualTo(1.0);
        assertThat(gain[loud + hold]).isLessThan(1.0);
        int released = loud + hold;
        while (-db(gain[released]) < 30 * (1 - 1 / Math.E)) {
            released++;
        }
        assertThat(1000.0 * (attacked + 1) / rate)
                .isCloseTo(attackMs, within(Math.max(0.02 * attackMs, 1000.0 / rate)));
        assertThat(1000.0 * (released - loud - hold + 1) / rate).isCloseTo(releaseMs, within(0.02 * releaseMs));
    }

    @Test
    void aHoldOfHalfAPeriodCarriesOverTheZeroCrossings() {
        Effect expander = expander(Map.of("threshold_db", -20, "knee_db", 0, "hold_ms", 10));
        double[] x = new double[48_000];
        for (int i = 0; i < x.length; i++) {
            x[i] = 0.5 * Math.sin(2 * Math.PI * 50 * i / 48_000);
        }
        double[] y = run(expander, 48_000, x);
        assertThat(Arrays.copyOfRange(y, 9600, x.length)).isEqualTo(Arrays.copyOfRange(x, 9600, x.length));
    }

    @Test
    void allChannelsHaveTheGainOfTheLoudest() {
        Effect expander = expander(Map.of("threshold_db", -40, "knee_db", 0));
        double[][] y = new EffectRunner(expander, 48_000, 2)
                .run(new double[][] {constant(-70, 3000), constant(-50, 3000)}, WHOLE);
        assertThat(db(y[0][2999])).isCloseTo(-80, within(0.01));
        assertThat(db(y[1][2999])).isCloseTo(-60, within(0.01));
    }

    private static Effect expander(Map<String, ?> parameters) {
        return EffectCatalogue.create("expander", parameters);
    }

    private static double[] run(Effect effect, int rate, double[] x) {
        return new EffectRunner(effect, rate, 1).run(new double[][] {x}, WHOLE)[0];
    }

    private static double[] constant(double db, int frames) {
        double[] x = new double[frames];
        Arrays.fill(x, Math.pow(10, db / 20));
        return x;
    }

    private static double db(double gain) {
        return 20 * Math.log10(gain);
    }
}
