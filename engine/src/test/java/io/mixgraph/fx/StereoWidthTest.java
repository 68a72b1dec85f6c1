package io.mixgraph.fx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mixgraph.testing.EffectRunner;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StereoWidthTest {
    private static final IntSupplier WHOLE = () -> Integer.MAX_VALUE;

    @Test
    void oneLeavesEveryBitAlone() {
        double[][] x = noise(1000);
        x[0][3] = -0.0;
        x[1][4] = Double.MIN_VALUE;
        assertThat(run(new StereoWidth(1, null), 48_000, x)).isDeepEqualTo(x);
    }

    @Test
    void zeroIsExactlyMono() {
        double[][] x = noise(1000);
        double[][] y = run(new StereoWidth(0, null), 48_000, x);
        assertThat(y[1]).isEqualTo(y[0]);
        for (int i = 0; i < 1000; i++) {
            assertThat(y[0][i]).isEqualTo((x[0][i] + x[1][i]) / 2);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.25, 0.5, 1.3, 2})
    void theSideIsScaledAndTheMiddleKept(double width) {
        double[][] x = noise(1000);
        double[][] y = run(new StereoWidth(width, null), 48_000, x);
        for (int i = 0; i < 1000; i++) {
            assertThat(y[0][i] - y[1][i]).isCloseTo(width * (x[0][i] - x[1][i]), within(1e-15));
            assertThat(y[0][i] + y[1][i]).isCloseTo(x[0][i] + x[1][i], within(1e-15));
        }
    }

    @ParameterizedTest
    @CsvSource({"120,1,44100", "20,2,48000", "1000,0.5,96000"})
    void whatLiesBelowAFrequencyBecomesMono(double hz, double width, int rate) {
        int frames = rate;
        double[][] x = new double[2][frames];
        x[0][0] = 1;
        double[][] y = run(new StereoWidth(width, hz), rate, x);
        double[] side = new double[frames];
        for (int i = 0; i < frames; i++) {
            side[i] = y[0][i] - y[1][i];
            assertThat(y[0][i] + y[1][i]).isCloseTo(x[0][i], within(1e-15));
        }
        for (double f = hz / 8; f < rate / 2.0; f *= 1.5) {
            // A Butterworth highpass of second order, bilinear and prewarped to its cutoff.
            double ratio = Math.tan(Math.PI * hz / rate) / Math.tan(Math.PI * f / rate);
            double expected = width / Math.sqrt(1 + Math.pow(ratio, 4));
            assertThat(20 * Math.log10(magnitude(side, f / rate) / expected)).isCloseTo(0, within(0.001));
        }
    }

    @Test
    void whatIsMonoStaysAsItIs() {
        double[][] mono = {noise(1000)[0]};
        double[][] same = {mono[0], mono[0]};
        for (double width : new double[] {0, 0.7, 2}) {
            assertThat(run(new StereoWidth(width, 100.0), 48_000, mono)).isDeepEqualTo(mono);
            assertThat(run(new StereoWidth(width, 100.0), 48_000, same)).isDeepEqualTo(same);
        }
    }

    @Test
    void silenceBecomesExact() {
        double[][] x = new double[2][200_000];
        for (int c = 0; c < 2; c++) {
            System.arraycopy(noise(1000)[c], 0, x[c], 0, 1000);
        }
        double[][] y = run(new StereoWidth(2, 20.0), 48_000, x);
        assertThat(Arrays.copyOfRange(y[0], 150_000, 200_000)).containsOnly(0.0);
        assertThat(Arrays.copyOfRange(y[1], 150_000, 200_000)).containsOnly(0.0);
    }

    @Test
    void defaultsAreThese() {
        assertThat(EffectCatalogue.create("stereo_width", Map.of())).isEqualTo(new StereoWidth(1, null));
    }

    private static double magnitude(double[] h, double cycles) {
        double re = 0;
        double im = 0;
        for (int i = 0; i < h.length; i++) {
            re += h[i] * Math.cos(2 * Math.PI * cycles * i);
            im += h[i] * Math.sin(2 * Math.PI * cycles * i);
        }
        return Math.hypot(re, im);
    }

    private static double[][] run(Effect effect, int rate, double[][] x) {
        return new EffectRunner(effect, rate, x.length).run(x, WHOLE);
    }

    private static double[][] noise(int frames) {
        return new double[][] {
            new Random(1).doubles(frames, -1, 1).toArray(),
            new Random(2).doubles(frames, -1, 1).toArray()
        };
    }
}
