package io.mixgraph.fx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mixgraph.testing.EffectRunner;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BitCrushTest {
    private static final IntSupplier WHOLE = () -> Integer.MAX_VALUE;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8, 12, 16, 23, 24})
    void wholeBitsRoundToTheNearestMultipleOfTheirStepHalfToEven(int bits) {
        BigDecimal step = new BigDecimal(2).divide(new BigDecimal(2).pow(bits));
        double[] x = noise(2000, 1.5, bits);
        for (int i = 0; i < 200; i++) {
            x[i] = (i - 100) * step.doubleValue() / 2;
        }
        double[] y = run(new BitCrush(bits, 1, BitCrush.Dither.NONE, 0), x);
        for (int i = 0; i < x.length; i++) {
            BigDecimal levels = new BigDecimal(x[i]).divide(step).setScale(0, RoundingMode.HALF_EVEN);
            assertThat(y[i]).isEqualTo(levels.multiply(step).doubleValue());
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1.5, 7.5, 10.01})
    void bitsNeedNotBeWhole(double bits) {
        double step = Math.pow(2, 1 - bits);
        double[] x = noise(2000, 1, 3);
        double[] y = run(new BitCrush(bits, 1, BitCrush.Dither.NONE, 0), x);
        for (int i = 0; i < x.length; i++) {
            assertThat(y[i] / step).isCloseTo(Math.rint(y[i] / step), within(1e-9));
            assertThat(Math.abs(y[i] - x[i])).isLessThanOrEqualTo(step / 2 * (1 + 1e-9));
        }
    }

    @ParameterizedTest
    @CsvSource({"4,0.01", "8,0.3", "8,-0.70123", "16,0.5", "6.3,0.2"})
    void ditherIsTriangular(double bits, double level) {
        int frames = 1_000_000;
        double step = Math.pow(2, 1 - bits);
        double[] x = new double[frames];
        Arrays.fill(x, level);
        double[] y = run(new BitCrush(bits, 1, BitCrush.Dither.TPDF, 7), x);
        double mean = 0;
        double square = 0;
        double lag = 0;
        double last = 0;
        for (int i = 0; i < frames; i++) {
            double error = (y[i] - level) / step;
            assertThat(y[i] / step).isCloseTo(Math.rint(y[i] / step), within(1e-9));
            assertThat(Math.abs(error)).isLessThanOrEqualTo(1.5 + 1e-9);
            mean += error / frames;
            square += error * error / frames;
            lag += error * last / frames;
            last = error;
        }
        // Lipshitz, Wannamaker and Vanderkooy: no mean and a variance of a quarter of a step squared, whatever the
        // signal. Five standard errors of a million.
        assertThat(mean).isCloseTo(0, within(5 * 0.5 / 1000));
        assertThat(square).isCloseTo(0.25, within(5 * 0.4 / 1000));
        assertThat(lag).isCloseTo(0, within(5 * 0.25 / 1000));
    }

    @Test
    void theSeedAndTheChannelChooseTheDither() {
        double[] x = noise(3000, 0.5, 4);
        double[][] stereo = {x, x};
        double[][] a = new EffectRunner(dithered(1), 48_000, 2).run(stereo, WHOLE);
        double[][] again = new EffectRunner(dithered(1), 44_100, 2).run(stereo, () -> 17);
        double[][] other = new EffectRunner(dithered(2), 48_000, 2).run(stereo, WHOLE);
        assertThat(again).isDeepEqualTo(a);
        assertThat(differences(a[0], other[0])).isGreaterThan(1000);
        assertThat(differences(a[0], a[1])).isGreaterThan(1000);
        assertThat(new EffectRunner(dithered(1), 48_000, 1).run(new double[][] {x}, WHOLE)[0])
                .isEqualTo(a[0]);
    }

    private static int differences(double[] a, double[] b) {
        int count = 0;
        for (int i = 0; i < a.length; i++) {
            count += a[i] != b[i] ? 1 : 0;
        }
        return count;
    }

    private static Effect dithered(int seed) {
        return new BitCrush(8, 1, BitCrush.Dither.TPDF, seed);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 256})
    void holdsTheFirstOfEverySoManyFrames(int downsample) {
        double[] x = noise(3000, 1, 5);
        for (int block : new int[] {3000, 1, 5, 300}) {
            double[] y = new EffectRunner(new BitCrush(24, downsample, BitCrush.Dither.NONE, 0), 48_000, 1)
                    .run(new double[][] {x}, () -> block)[0];
            for (int i = 0; i < x.length; i++) {
                double taken = x[i / downsample * downsample];
                assertThat(y[i]).isEqualTo(Math.rint(taken * 0x1p23) * 0x1p-23);
            }
        }
    }

    @Test
    void silenceStaysSilence() {
        double[] x = new double[5000];
        System.arraycopy(noise(100, 1, 6), 0, x, 0, 100);
        double[] y = run(new BitCrush(2, 50, BitCrush.Dither.TPDF, 3), x);
        assertThat(Arrays.copyOfRange(y, 100, 5000)).containsOnly(0.0);
    }

    @Test
    void nothingIsClipped() {
        assertThat(run(new BitCrush(4, 1, BitCrush.Dither.NONE, 0), new double[] {-3.01, 1.0, 40}))
                .containsExactly(-3.0, 1.0, 40.0);
    }

    @Test
    void bitsCanMove() {
        EffectRunner runner = new EffectRunner(new BitCrush(8, 1, BitCrush.Dither.NONE, 0), 48_000, 1);
        runner.run(new double[][] {{0.3}}, WHOLE);
        runner.retune(new BitCrush(2, 1, BitCrush.Dither.NONE, 0));
        assertThat(runner.run(new double[][] {{0.3, 0.2}}, WHOLE)[0]).containsExactly(0.5, 0.0);
    }

    @Test
    void defaultsAreThese() {
        assertThat(EffectCatalogue.create("bit_crush", Map.of()))
                .isEqualTo(new BitCrush(8, 1, BitCrush.Dither.NONE, 0));
    }

    private static double[] run(Effect effect, double[] x) {
        return new EffectRunner(effect, 48_000, 1).run(new double[][] {x}, WHOLE)[0];
    }

    private static double[] noise(int frames, double peak, long seed) {
        return new Random(seed).doubles(frames, -peak, peak).toArray();
    }
}
