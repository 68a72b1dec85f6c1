package io.mixgraph.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OversamplerTest {
    private static final int RATE = 44_100;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8, 16, 32})
    void anImpulseComesBackAtItsLatency(int factor) {
        int latency = Oversampler.latencyFrames(factor);
        double[] x = new double[2 * latency + 50];
        x[0] = 1;
        double[] y = there(factor, x, v -> v, () -> 256);
        assertThat(y[latency]).isCloseTo(factor == 1 ? 1 : 0.953, within(0.01));
        for (int i = 1; i <= latency; i++) {
            // Symmetric about it: linear phase, and no part of a frame beside.
            assertThat(y[latency + i]).isCloseTo(y[latency - i], within(1e-14));
        }
        for (int i = 2 * latency + 1; i < x.length; i++) {
            assertThat(y[i]).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 8, 16, 32})
    void passesUpToTwentyKilohertz(int factor) {
        int latency = Oversampler.latencyFrames(factor);
        double[] x = new double[2 * latency + 1];
        x[0] = 1;
        double[] h = there(factor, x, v -> v, () -> 256);
        for (double hz = 0; hz <= 20_000; hz += 100) {
            double sum = 0;
            for (int i = 0; i < h.length; i++) {
                sum += h[i] * Math.cos(2 * Math.PI * hz / RATE * (i - latency));
            }
            assertThat(20 * Math.log10(sum)).isCloseTo(0, within(0.001));
        }
    }

    /** Both at once: the way up has no images of a sine, and nothing arrives late or early. */
    @ParameterizedTest
    @ValueSource(ints = {2, 4, 8, 16, 32})
    void theFastSignalIsTheSineItself(int factor) {
        for (double hz : new double[] {50, 997, 10_000, 17_000, 20_000}) {
            Oversampler oversampler = new Oversampler(factor);
            double[] x = new double[256];
            int frames = 5 * 256;
            // Where the fast signal lies, to the frame of it: half the order of every filter.
            double delay = 0;
            for (int i = 1; factor >> i > 0; i++) {
                delay += (OversamplerDesign.filter(i).length - 1) / 2.0 * (factor >> i);
            }
            double worst = 0;
            for (int start = 0; start < frames; start += 256) {
                for (int i = 0; i < 256; i++) {
                    x[i] = Math.sin(2 * Math.PI * hz / RATE * (start + i));
                }
                double[][] fast = oversampler.up(x, 0, 256);
                for (int i = 0; i < 256 && start > 512; i++) {
                    for (int p = 0; p < factor; p++) {
                        double t = (start + i) + (p - delay) / factor;
                        worst = Math.max(worst, Math.abs(fast[p][i] - Math.sin(2 * Math.PI * hz / RATE * t)));
                    }
                }
            }
            assertThat(20 * Math.log10(worst)).isLessThan(-100);
        }
    }

    /** A sine that only exists in the fast signal, from half the slow rate up to half its own. */
    @ParameterizedTest
    @ValueSource(ints = {2, 4, 8, 16, 32})
    void nothingAboveHalfTheRateFolds(int factor) {
        double fastRate = (double) factor * RATE;
        double worst = 0;
        for (double hz = RATE / 2.0; hz < fastRate / 2; hz += hz < 30_000 ? 150 : 1733) {
            Oversampler oversampler = new Oversampler(factor);
            double[] y = new double[256];
            for (int start = 0; start < 1024; start += 256) {
                double[][] fast = oversampler.up(new double[256], 0, 256);
                for (int i = 0; i < 256; i++) {
                    for (int p = 0; p < factor; p++) {
                        fast[p][i] = Math.cos(2 * Math.PI * hz / fastRate * ((start + i) * (double) factor + p) + 1);
                    }
                }
                oversampler.down(y, 0, 256);
            }
            for (double v : y) {
                worst = Math.max(worst, Math.abs(v));
            }
        }
        assertThat(20 * Math.log10(worst)).isLessThan(-105);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8, 16, 32})
    void aConstantStaysThatConstant(int factor) {
        double[] x = new double[1000];
        java.util.Arrays.fill(x, 0.7);
        double[] y = there(factor, x, v -> v, () -> 256);
        assertThat(y[999]).isCloseTo(0.7, within(1e-14));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8, 32})
    void blocksDoNotMatter(int factor) {
        double[] x = new Random(1).doubles(2000, -1, 1).toArray();
        double[] expected = there(factor, x, v -> v * v, () -> 256);
        assertThat(there(factor, x, v -> v * v, () -> 1)).isEqualTo(expected);
        Random random = new Random(2);
        assertThat(there(factor, x, v -> v * v, () -> 1 + random.nextInt(256))).isEqualTo(expected);
    }

    @Test
    void silenceIsExactAfterItsLength() {
        double[] x = new double[1000];
        System.arraycopy(new Random(3).doubles(300, -1, 1).toArray(), 0, x, 0, 300);
        double[] y = there(8, x, v -> v, () -> 100);
        for (int i = 300 + 2 * Oversampler.latencyFrames(8); i < 1000; i++) {
            assertThat(y[i]).isZero();
        }
    }

    @Test
    void otherFactorsAreRefused() {
        for (int factor : new int[] {0, -8, 3, 64}) {
            assertThatThrownBy(() -> new Oversampler(factor)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    /** Up, through a function, and down. */
    private static double[] there(int factor, double[] x, DoubleUnaryOperator bend, IntSupplier block) {
        Oversampler oversampler = new Oversampler(factor);
        double[] y = x.clone();
        for (int from = 0; from < x.length; ) {
            int frames = Math.min(block.getAsInt(), x.length - from);
            for (double[] phase : oversampler.up(y, from, frames)) {
                for (int i = 0; i < frames; i++) {
                    phase[i] = bend.applyAsDouble(phase[i]);
                }
            }
            oversampler.down(y, from, frames);
            from += frames;
        }
        return y;
    }
}
