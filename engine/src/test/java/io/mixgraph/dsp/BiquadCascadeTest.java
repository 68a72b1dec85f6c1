package io.mixgraph.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mixgraph.audio.AudioBlock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BiquadCascadeTest {
    @ParameterizedTest
    @ValueSource(ints = {44_100, 48_000, 96_000})
    void soundsAsItsFormulaSays(int rate) {
        for (int sections = 1; sections <= 7; sections++) {
            List<Biquad> filters = filters(sections, rate, sections);
            for (int channels = 1; channels <= 2; channels++) {
                double[][] h = impulseResponse(filters, channels, 1 << 15);
                for (double hz = 15; hz < rate / 2.0; hz *= 1.6) {
                    double expected = 1;
                    double phase = 0;
                    for (Biquad filter : filters) {
                        expected *= filter.magnitude(hz, rate);
                        phase += filter.phase(hz, rate);
                    }
                    for (double[] channel : h) {
                        double[] actual = fourier(channel, hz / rate);
                        assertThat(actual[0]).isCloseTo(expected * Math.cos(phase), within(1e-6));
                        assertThat(actual[1]).isCloseTo(expected * Math.sin(phase), within(1e-6));
                    }
                }
            }
        }
    }

    @Test
    void channelsAreFilteredAlikeAndApart() {
        for (int sections = 0; sections <= 9; sections++) {
            List<Biquad> filters = filters(sections, 48_000, 3);
            double[] left = noise(1000, 1);
            double[] right = noise(1000, 2);
            double[][] both = run(filters, new double[][] {left, right}, 1000);
            assertThat(both[0]).isEqualTo(run(filters, new double[][] {left}, 1000)[0]);
            assertThat(both[1]).isEqualTo(run(filters, new double[][] {right}, 1000)[0]);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 63, 64, 65, 500})
    void blocksDoNotMatter(int block) {
        for (int sections = 1; sections <= 7; sections++) {
            List<Biquad> filters = filters(sections, 48_000, 4);
            double[][] x = {noise(2000, 3), noise(2000, 4)};
            assertThat(run(filters, x, block)).isDeepEqualTo(run(filters, x, 2000));
        }
    }

    @Test
    void resetGivesAFreshOne() {
        BiquadCascade cascade = new BiquadCascade(filters(5, 48_000, 5), 1);
        AudioBlock block = new AudioBlock(1, 777);
        double[] first = runOnce(cascade, block);
        cascade.reset();
        assertThat(runOnce(cascade, block)).isEqualTo(first);
    }

    @Test
    void bandsAtZeroDecibelsChangeNoBit() {
        List<Biquad> flat = List.of(
                BiquadDesign.peak(1000, 0, 2, 48_000),
                BiquadDesign.lowShelf(100, 0, 0.7, 48_000),
                BiquadDesign.highShelf(9000, 0, 0.7, 48_000));
        double[][] x = {noise(1000, 6), noise(1000, 7)};
        assertThat(run(flat, x, 1000)).isDeepEqualTo(x);
    }

    @Test
    void aPlainWireChangesNoBitAndForgetsWhatItWas() {
        Biquad wire = new Biquad(1, 0, 0, 0, 0);
        double[][] x = {noise(1000, 6), noise(1000, 7)};
        for (int sections = 1; sections <= 7; sections++) {
            assertThat(run(Collections.nCopies(sections, wire), x, 100)).isDeepEqualTo(x);
            assertThat(BiquadCascade.tailFrames(Collections.nCopies(sections, wire)))
                    .isZero();
            BiquadCascade cascade = new BiquadCascade(filters(sections, 48_000, 9), 1);
            AudioBlock block = new AudioBlock(1, 500);
            runOnce(cascade, block);
            cascade.retune(Collections.nCopies(sections, wire));
            runOnce(cascade, block);
            assertThat(runOnce(cascade, block)).isEqualTo(noise(500, 11));
        }
    }

    @Test
    void silenceBecomesExactSilenceAndNeverSubnormal() {
        double[][] x = new double[1][48_000];
        System.arraycopy(noise(100, 8), 0, x[0], 0, 100);
        double[] y = run(filters(4, 48_000, 9), x, 48_000)[0];
        for (double v : y) {
            assertThat(v == 0 || Math.abs(v) > 1e-60).isTrue();
        }
        assertThat(y[y.length - 1]).isZero();
    }

    /** Many steep lowpasses take the level at the input down to 1e-60; nothing may be cleared that matters. */
    @Test
    void clearingRespectsVerySmallDirectPaths() {
        List<Biquad> filters = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            filters.addAll(BiquadDesign.butterworthLowpass(10, 4, 192_000));
        }
        double[][] x = new double[1][192_000 * 2];
        Arrays.fill(x[0], 1.0);
        double[] y = run(filters, x, 4096)[0];
        assertThat(y[y.length - 1]).isCloseTo(1.0, within(1e-3));
    }

    /** Rounding must not grow where poles crowd around 1: the two outputs must add up as their inputs do. */
    @ParameterizedTest
    @ValueSource(doubles = {10, 20, 100, 1000, 20_000, 94_000})
    void roundingStaysSmallAtAnyFrequency(double hz) {
        int rate = 192_000;
        double[] a = noise(20_000, 12);
        double[] b = noise(20_000, 13);
        double[] sum = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            sum[i] = a[i] + b[i];
        }
        for (List<Biquad> filters : List.of(
                BiquadDesign.butterworthHighpass(hz, 4, rate),
                BiquadDesign.butterworthLowpass(hz, 4, rate),
                List.of(BiquadDesign.peak(hz, 6, 1, rate), BiquadDesign.lowShelf(hz, 6, 0.7, rate)))) {
            double[] ya = run(filters, new double[][] {a}, 4096)[0];
            double[] yb = run(filters, new double[][] {b}, 4096)[0];
            double[] ySum = run(filters, new double[][] {sum}, 4096)[0];
            for (int i = 0; i < sum.length; i++) {
                assertThat(Math.abs(ySum[i] - ya[i] - yb[i])).isLessThan(5e-14);
            }
        }
    }

    @Test
    void aHighpassLetsAConstantDieAway() {
        double[][] x = new double[1][480_000];
        Arrays.fill(x[0], 1.0);
        double[] y = run(BiquadDesign.butterworthHighpass(10, 4, 48_000), x, 480_000)[0];
        assertThat(Math.abs(y[y.length - 1])).isLessThan(1e-14);
    }

    @Test
    void tailEndsWhereTheRestIsBelowMinus120Decibels() {
        Random random = new Random(10);
        for (int trial = 0; trial < 40; trial++) {
            int rate = trial % 2 == 0 ? 44_100 : 96_000;
            List<Biquad> filters = filters(1 + random.nextInt(6), rate, trial);
            long tail = BiquadCascade.tailFrames(filters);
            double[] h = impulseResponse(filters, 1, (int) (4 * tail) + 5000)[0];
            double peak = 0;
            int last = 0;
            for (double v : h) {
                peak = Math.max(peak, Math.abs(v));
            }
            for (int i = 0; i < h.length; i++) {
                if (Math.abs(h[i]) >= 1e-6 * peak) {
                    last = i;
                }
            }
            assertThat(tail).isEqualTo(last);
        }
    }

    @Test
    void tailsOfTheSimplestFilters() {
        // One pole at 0.5: 0.5^n falls below 1e-6 at n = 20 (0.5^19 = 1.9e-6).
        assertThat(BiquadCascade.tailFrames(List.of(new Biquad(1, 0, 0, -0.5, 0))))
                .isEqualTo(19);
        assertThat(BiquadCascade.tailFrames(List.of(new Biquad(1, 0, 0.5, 0, 0))))
                .isEqualTo(2);
        assertThat(BiquadCascade.tailFrames(List.of())).isZero();
        assertThat(BiquadCascade.tailFrames(List.of(BiquadDesign.peak(100, 0, 10, 48_000))))
                .isZero();
        assertThatThrownBy(() -> BiquadCascade.tailFrames(List.of(new Biquad(1, 0, 0, -1, 0))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static List<Biquad> filters(int count, int rate, int seed) {
        Random random = new Random(seed);
        List<Biquad> filters = new ArrayList<>();
        while (filters.size() < count) {
            double hz = 60 * Math.pow(250, random.nextDouble());
            double db = -12 + 24 * random.nextDouble();
            double q = 0.5 + 3 * random.nextDouble();
            filters.add(
                    switch (random.nextInt(7)) {
                        case 0 -> BiquadDesign.highpass(hz, 0.7, rate);
                        case 1 -> BiquadDesign.lowpass(hz, 0.7, rate);
                        case 2 -> BiquadDesign.lowShelf(hz, db, 0.7, rate);
                        case 3 -> BiquadDesign.highShelf(hz, db, 0.7, rate);
                        case 4 -> BiquadDesign.notch(hz, q, rate);
                        case 5 -> BiquadDesign.firstOrderHighpass(hz, rate);
                        default -> BiquadDesign.peak(hz, db, q, rate);
                    });
        }
        return filters;
    }

    private static double[] noise(int frames, int seed) {
        return new Random(seed).doubles(frames, -1, 1).toArray();
    }

    private static double[] runOnce(BiquadCascade cascade, AudioBlock block) {
        System.arraycopy(noise(block.capacity(), 11), 0, block.channel(0), 0, block.capacity());
        cascade.process(block, block.capacity());
        return block.channel(0).clone();
    }

    private static double[][] impulseResponse(List<Biquad> filters, int channels, int frames) {
        double[][] x = new double[channels][frames];
        for (double[] channel : x) {
            channel[0] = 1;
        }
        return run(filters, x, frames);
    }

    private static double[][] run(List<Biquad> filters, double[][] x, int blockFrames) {
        BiquadCascade cascade = new BiquadCascade(filters, x.length);
        AudioBlock block = new AudioBlock(x.length, blockFrames);
        double[][] y = new double[x.length][x[0].length];
        for (int from = 0; from < x[0].length; from += blockFrames) {
            int frames = Math.min(blockFrames, x[0].length - from);
            for (int c = 0; c < x.length; c++) {
                System.arraycopy(x[c], from, block.channel(c), 0, frames);
            }
            cascade.process(block, frames);
            for (int c = 0; c < x.length; c++) {
                System.arraycopy(block.channel(c), 0, y[c], from, frames);
            }
        }
        return y;
    }

    /** Σ h[n]·e^(−jωn) at a frequency in cycles per frame, by Horner's rule from the last frame. */
    private static double[] fourier(double[] h, double cycles) {
        double re = 0;
        double im = 0;
        double cos = Math.cos(2 * Math.PI * cycles);
        double sin = -Math.sin(2 * Math.PI * cycles);
        for (int n = h.length - 1; n >= 0; n--) {
            double t = re * cos - im * sin + h[n];
            im = re * sin + im * cos;
            re = t;
        }
        return new double[] {re, im};
    }
}
