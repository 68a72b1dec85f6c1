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
import org.junit.jupiter.params.provider.ValueSource;

class CompressorTest {
    private static final IntSupplier WHOLE = () -> Integer.MAX_VALUE;

    /** Giannoulis, Massberg and Reiss 2012, equation 4, as printed. */
    private static double outputDb(double x, double threshold, double ratio, double knee) {
        if (2 * (x - threshold) < -knee) {
            return x;
        }
        if (2 * Math.abs(x - threshold) <= knee && knee > 0) {
            double d = x - threshold + knee / 2;
            return x + (1 / ratio - 1) * d * d / (2 * knee);
        }
        return threshold + (x - threshold) / ratio;
    }

    @ParameterizedTest
    @CsvSource({"-20,4,6", "-20,4,0", "-30,2,12", "-10,20,3", "0,1.5,24", "-60,100,48", "-18,1,6"})
    void steadyLevelsFollowTheStaticCurve(double threshold, double ratio, double knee) {
        Effect compressor = compressor(
                Map.of("threshold_db", threshold, "ratio", ratio, "knee_db", knee, "attack_ms", 1, "makeup_db", 3));
        for (double level = -80; level <= 20; level += 0.5) {
            double[] x = constant(level, 2000);
            double[] y = run(compressor, 48_000, x);
            double expected = outputDb(level, threshold, ratio, knee) + 3;
            assertThat(db(y[y.length - 1])).isCloseTo(expected, within(0.01));
        }
    }

    @ParameterizedTest
    @CsvSource({"10,120,48000", "1,50,44100", "30,300,96000"})
    void attackAndReleaseAreTimeConstantsOfTheReduction(double attackMs, double releaseMs, int rate) {
        Effect compressor = compressor(
                Map.of("threshold_db", -30, "ratio", 4, "knee_db", 0, "attack_ms", attackMs, "release_ms", releaseMs));
        int settle = (int) (rate * attackMs / 1000 * 20);
        double[] x = new double[settle + (int) (rate * releaseMs / 1000 * 3)];
        Arrays.fill(x, 0, settle, 1.0);
        Arrays.fill(x, settle, x.length, 0.001);
        double[] y = run(compressor, rate, x);
        // 0 dBFS is 30 dB over: at 4:1 the reduction is 22.5 dB.
        double full = 22.5;
        int attacked = 0;
        while (-db(y[attacked] / x[attacked]) < full * (1 - 1 / Math.E)) {
            attacked++;
        }
        int released = settle;
        while (-db(y[released] / x[released]) > full / Math.E) {
            released++;
        }
        assertThat(1000.0 * (attacked + 1) / rate)
                .isCloseTo(attackMs, within(Math.max(0.02 * attackMs, 1000.0 / rate)));
        assertThat(1000.0 * (released - settle + 1) / rate).isCloseTo(releaseMs, within(0.02 * releaseMs));
    }

    @Test
    void belowTheThresholdNoBitChanges() {
        Effect compressor = compressor(Map.of("threshold_db", -20, "knee_db", 6));
        double[] x = new java.util.Random(1).doubles(5000, -0.07, 0.07).toArray();
        assertThat(run(compressor, 48_000, x)).isEqualTo(x);
    }

    @Test
    void theGainIsExactlyOneAgainAfterARelease() {
        Effect compressor = compressor(Map.of("threshold_db", -20, "release_ms", 20));
        double[] x = constant(-40, 96_000);
        Arrays.fill(x, 0, 1000, 1.0);
        double[] y = run(compressor, 48_000, x);
        assertThat(y[2000]).isLessThan(x[2000]);
        assertThat(y[95_999]).isEqualTo(x[95_999]);
    }

    @Test
    void channelsShareTheGainOfTheLouder() {
        Effect compressor = compressor(Map.of("threshold_db", -20, "ratio", 4, "knee_db", 0, "attack_ms", 1));
        double[][] y = new EffectRunner(compressor, 48_000, 2)
                .run(new double[][] {constant(-60, 2000), constant(0, 2000)}, WHOLE);
        assertThat(db(y[0][1999])).isCloseTo(-75, within(0.01));
        assertThat(db(y[1][1999])).isCloseTo(-15, within(0.01));
    }

    @Test
    void aKeyDrivesItInPlaceOfTheSignal() {
        Effect compressor = compressor(Map.of("threshold_db", -20, "ratio", 4, "knee_db", 0, "attack_ms", 1));
        EffectRunner runner = new EffectRunner(compressor, 48_000, 1);
        double[][] y = runner.run(new double[][] {constant(-40, 2000)}, new double[][] {constant(0, 2000)}, WHOLE);
        assertThat(db(y[0][1999])).isCloseTo(-55, within(0.01));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.001})
    void noAttackAndNoReleaseFollowAtOnce(double ms) {
        Effect compressor =
                compressor(Map.of("threshold_db", -20, "ratio", 4, "knee_db", 0, "attack_ms", ms, "release_ms", ms));
        double[] x = {0.001, 1, 1, 0.001, 0.001};
        double[] y = run(compressor, 48_000, x);
        assertThat(db(y[1])).isCloseTo(-15, within(1e-6));
        assertThat(db(y[3])).isCloseTo(-60, within(1e-6));
    }

    private static Effect compressor(Map<String, ?> parameters) {
        return EffectCatalogue.create("compressor", parameters);
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
