package io.mixgraph.fx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mixgraph.testing.EffectRunner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SaturationTest {
    private static final IntSupplier WHOLE = () -> Integer.MAX_VALUE;
    private static final int RATE = 48_000;

    /**
     * What is measured in the steady state, frames; a power of two, so that odd bins share no harmonic with aliases.
     */
    private static final int N = 16_384;

    /** The curves as their Javadoc defines them. */
    private static double formula(Saturation.Curve curve, double x) {
        return switch (curve) {
            case TANH -> Math.tanh(x);
            case TAPE -> Math.abs(x) < 1e-4 ? x : 1.5 * (1 / Math.tanh(2 * x) - 1 / (2 * x));
            case TUBE -> Math.tanh(x) / (1 + Math.tanh(x) / 4);
        };
    }

    @ParameterizedTest
    @CsvSource({"TANH,0,0", "TANH,12,-6", "TANH,36,24", "TAPE,0,3", "TAPE,18,0", "TAPE,36,-36"})
    void steadyLevelsFollowTheCurve(Saturation.Curve curve, double drive, double output) {
        double worst = 0;
        for (double level = -100; level <= 24; level += 0.5) {
            double[] x = new double[800];
            Arrays.fill(x, gain(level));
            double y = run(new Saturation(curve, drive, output, 8), x)[799];
            double expected = gain(output) * formula(curve, gain(drive) * gain(level));
            worst = Math.max(worst, Math.abs(db(y / expected)));
        }
        assertThat(worst).isLessThan(1e-5);
    }

    /** Slow enough that no harmonic of weight is near half the rate: what comes out is the formula, frame by frame. */
    @ParameterizedTest
    @EnumSource
    void slowSinesFollowTheCurve(Saturation.Curve curve) {
        double[] x = sine(7, gain(-3), 3 * N);
        double[] y = run(new Saturation(curve, 12, -2, 8), x);
        double[] expected = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            expected[i] = gain(-2) * formula(curve, gain(12) * x[i]);
        }
        if (curve == Saturation.Curve.TUBE) {
            withoutOffset(expected);
        }
        int latency = new Saturation(curve, 12, -2, 8).latencyFrames(RATE);
        for (int i = 1000; i < x.length; i++) {
            assertThat(y[i]).isCloseTo(expected[i - latency], within(1e-6));
        }
    }

    /** The bilinear transform of s/(s + 1), prewarped to 5 Hz, in direct form I. */
    private static void withoutOffset(double[] x) {
        double k = Math.tan(Math.PI * 5 / RATE);
        double before = 0;
        double y = 0;
        for (int i = 0; i < x.length; i++) {
            y = (x[i] - before - (k - 1) * y) / (k + 1);
            before = x[i];
            x[i] = y;
        }
    }

    @ParameterizedTest
    @EnumSource
    void harmonicsAreTheFourierSeriesOfTheCurve(Saturation.Curve curve) {
        int bin = 67;
        double amplitude = gain(12) * gain(-6);
        double[] y = steady(new Saturation(curve, 12, 0, 8), bin, gain(-6));
        double worst = 0;
        for (int n = 1; n <= 20; n++) {
            double expected = fourierCoefficient(curve, amplitude, n);
            if (curve == Saturation.Curve.TUBE) {
                double warped = Math.tan(Math.PI * bin * n / N) / Math.tan(Math.PI * 5 / RATE);
                expected *= warped / Math.hypot(1, warped);
            }
            double actual = amplitude(y, bin * n);
            if (expected > 1e-6) {
                worst = Math.max(worst, Math.abs(db(actual / expected)));
            } else {
                assertThat(actual).isLessThan(2e-6);
            }
        }
        assertThat(worst).isLessThan(0.001);
    }

    /** The amplitude of harmonic n of f(a·sin θ): its Fourier integral, whose sum converges at once. */
    private static double fourierCoefficient(Saturation.Curve curve, double a, int n) {
        int points = 4096;
        double re = 0;
        double im = 0;
        for (int i = 0; i < points; i++) {
            double theta = 2 * Math.PI * i / points;
            double f = formula(curve, a * Math.sin(theta));
            re += f * Math.cos(n * theta);
            im += f * Math.sin(n * theta);
        }
        return Math.hypot(re, im) * 2 / points;
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNoHarmonicStaysNinetyDecibelsDown(Saturation.Curve curve) {
        assertThat(worstAlias(curve, 12, 8)).isLessThan(-90);
    }

    @Test
    void moreOversamplingIsForMoreDrive() {
        assertThat(worstAlias(Saturation.Curve.TANH, 18, 8)).isGreaterThan(-90);
        assertThat(worstAlias(Saturation.Curve.TANH, 18, 16)).isLessThan(-90);
        assertThat(worstAlias(Saturation.Curve.TANH, 24, 32)).isLessThan(-90);
    }

    @Test
    void withoutOversamplingItFolds() {
        assertThat(worstAlias(Saturation.Curve.TANH, 12, 1)).isGreaterThan(-30);
    }

    /** All power that is at no harmonic, in that of the fundamental, in dB: the worst over 20 Hz … 20 kHz. */
    private static double worstAlias(Saturation.Curve curve, double drive, int oversampling) {
        double worst = Double.NEGATIVE_INFINITY;
        for (int bin : bins()) {
            double[] y = steady(new Saturation(curve, drive, 0, oversampling), bin, gain(-6));
            double power = 0;
            for (double v : y) {
                power += v * v / N;
            }
            double mean = amplitude(y, 0) / 2;
            power -= mean * mean;
            double fundamental = amplitude(y, bin);
            for (int n = 1; n * bin < N / 2 && n <= 400; n++) {
                double a = amplitude(y, n * bin);
                power -= a * a / 2;
            }
            double alias = 10 * Math.log10(Math.max(power, 1e-30) / (fundamental * fundamental / 2));
            worst = Math.max(worst, alias);
        }
        return worst;
    }

    /** Odd bins from 20 Hz to 20 kHz: evenly by their logarithm, and closer at the top. */
    private static List<Integer> bins() {
        List<Integer> bins = new ArrayList<>();
        for (double hz = 20.6; hz < 10_000; hz *= 1.25) {
            bins.add(oddBin(hz));
        }
        for (double hz = 10_000; hz <= 20_000; hz += 210) {
            bins.add(Math.min(oddBin(hz), 6825));
        }
        return bins;
    }

    private static int oddBin(double hz) {
        return 2 * (int) (hz * N / RATE / 2) + 1;
    }

    @ParameterizedTest
    @CsvSource({"1,0", "2,153", "4,162", "8,165", "16,166", "32,166"})
    void latencyIsThatOfTheFilters(int oversampling, int frames) {
        for (int rate : new int[] {44_100, 48_000, 96_000}) {
            assertThat(new Saturation(Saturation.Curve.TANH, 12, 0, oversampling).latencyFrames(rate))
                    .isEqualTo(frames);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsQuietPassesAsItIsWhenTheOutputTakesBackTheDrive(Saturation.Curve curve) {
        Effect effect = new Saturation(curve, 24, -24, 8);
        double[] x = sine(1001, gain(-100), 3 * N);
        double[] y = run(effect, x);
        int latency = effect.latencyFrames(RATE);
        for (int i = N; i < x.length; i++) {
            // 24 dB of drive leave it at −76 dBFS; the offset filter turns its phase a little.
            assertThat(y[i]).isCloseTo(x[i - latency], within(0.003 * gain(-100)));
        }
        double level = db(amplitude(Arrays.copyOfRange(y, 2 * N, 3 * N), 1001) / gain(-100));
        assertThat(level).isCloseTo(0, within(0.001));
    }

    @ParameterizedTest
    @EnumSource
    void silenceBecomesExact(Saturation.Curve curve) {
        double[] x = new double[200_000];
        System.arraycopy(new Random(1).doubles(1000, -1, 1).toArray(), 0, x, 0, 1000);
        double[] y = run(new Saturation(curve, 36, 0, 8), x);
        for (double v : y) {
            assertThat(v == 0 || Math.abs(v) > 1e-60).isTrue();
        }
        assertThat(Arrays.copyOfRange(y, 150_000, 200_000)).containsOnly(0.0);
    }

    @Test
    void theTubeLeavesNoOffset() {
        double[] y = steady(new Saturation(Saturation.Curve.TUBE, 12, 0, 8), 301, gain(-6));
        assertThat(fourierCoefficient(Saturation.Curve.TUBE, gain(6), 2)).isGreaterThan(0.03);
        assertThat(Math.abs(amplitude(y, 0) / 2)).isLessThan(1e-6);
    }

    @Test
    void driveMovesWithoutASteepStep() {
        EffectRunner runner = new EffectRunner(new Saturation(Saturation.Curve.TANH, 0, 0, 1), RATE, 1);
        double[] x = new double[100];
        Arrays.fill(x, 0.1);
        double before = runner.run(new double[][] {x}, WHOLE)[0][99];
        runner.retune(new Saturation(Saturation.Curve.TANH, 20, -6, 1));
        double[] y = runner.run(new double[][] {x}, WHOLE)[0];
        double after = gain(-6) * Math.tanh(1);
        assertThat(y[99]).isCloseTo(after, within(1e-9));
        double last = before;
        for (double v : y) {
            assertThat(Math.abs(v - last)).isLessThan(0.25 * Math.abs(after - before));
            last = v;
        }
    }

    @Test
    void defaultsAreThese() {
        assertThat(EffectCatalogue.create("saturation", Map.of()))
                .isEqualTo(new Saturation(Saturation.Curve.TANH, 12, 0, 8));
        assertThat(EffectCatalogue.create("saturation", Map.of("curve", "tape", "oversampling", 16)))
                .isEqualTo(new Saturation(Saturation.Curve.TAPE, 12, 0, 16));
    }

    /** N frames of the output for a sine at a bin, after all has settled. */
    private static double[] steady(Effect effect, int bin, double amplitude) {
        double[] y = run(effect, sine(bin, amplitude, 4 * N));
        return Arrays.copyOfRange(y, 3 * N, 4 * N);
    }

    private static double[] sine(int bin, double amplitude, int frames) {
        double[] x = new double[frames];
        for (int i = 0; i < frames; i++) {
            x[i] = amplitude * SINE[(int) ((long) bin * i % N)];
        }
        return x;
    }

    private static final double[] SINE = new double[N];

    static {
        for (int i = 0; i < N; i++) {
            SINE[i] = Math.sin(2 * Math.PI * i / N);
        }
    }

    private static double amplitude(double[] y, int bin) {
        double re = 0;
        double im = 0;
        for (int i = 0; i < N; i++) {
            int at = (int) ((long) bin * i % N);
            im += y[i] * SINE[at];
            re += y[i] * SINE[(at + N / 4) % N];
        }
        return Math.hypot(re, im) * 2 / N;
    }

    private static double[] run(Effect effect, double[] x) {
        return new EffectRunner(effect, RATE, 1).run(new double[][] {x}, WHOLE)[0];
    }

    private static double gain(double db) {
        return Math.pow(10, db / 20);
    }

    private static double db(double gain) {
        return 20 * Math.log10(gain);
    }
}
