package io.mixgraph.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConvolverTest {
    static List<Arguments> lengths() {
        List<Arguments> all = new ArrayList<>();
        for (int latency : new int[] {0, 64, 256, 1024, 4096}) {
            for (int power = 1; power <= 1 << 14; power *= 2) {
                for (int frames = Math.max(1, power - 1); frames <= power + 1; frames++) {
                    all.add(Arguments.of(latency, frames));
                }
            }
            all.add(Arguments.of(latency, 256 + 12 * 256 + 1));
            all.add(Arguments.of(latency, 100_000));
        }
        return all;
    }

    /** −140 dB of the highest frame is asked; −250 dB is what double precision leaves. */
    @ParameterizedTest
    @MethodSource("lengths")
    void equalsDirectConvolution(int latency, int frames) {
        double[] h = noise(frames, 3);
        double[] x = Arrays.copyOf(noise(6000, 4), 6000 + frames + latency + 200);
        double[] y = x.clone();
        new Convolver(new PartitionedImpulse(h, latency)).process(y, y.length);
        double peak = 0;
        double error = 0;
        Random random = new Random(frames);
        for (int trial = 0; trial < 300; trial++) {
            int n = trial < 100 ? trial * 2 : random.nextInt(x.length);
            double expected = 0;
            for (int k = Math.max(0, n - latency - 5999); k <= Math.min(n - latency, frames - 1); k++) {
                expected += h[k] * x[n - latency - k];
            }
            peak = Math.max(peak, Math.abs(expected));
            error = Math.max(error, Math.abs(y[n] - expected));
        }
        assertThat(error).isLessThan(peak * 3e-13);
        for (int n = 0; n < latency; n++) {
            assertThat(y[n]).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"0,100", "0,5000", "256,5000", "4096,20000"})
    void blocksDoNotMatter(int latency, int frames) {
        PartitionedImpulse impulse = new PartitionedImpulse(noise(frames, 5), latency);
        double[] x = noise(30_000, 6);
        double[] whole = x.clone();
        new Convolver(impulse).process(whole, whole.length);
        Convolver convolver = new Convolver(impulse);
        Random random = new Random(7);
        for (int from = 0; from < x.length; ) {
            int count = Math.min(x.length - from, 1 + random.nextInt(random.nextBoolean() ? 5 : 3000));
            double[] block = Arrays.copyOfRange(x, from, from + count);
            convolver.process(block, count);
            assertThat(block).isEqualTo(Arrays.copyOfRange(whole, from, from + count));
            from += count;
        }
        convolver.reset();
        double[] again = x.clone();
        convolver.process(again, again.length);
        assertThat(again).isEqualTo(whole);
    }

    @Test
    void aSingleOneWithoutLatencyChangesNoBit() {
        double[] x = noise(5000, 8);
        double[] y = x.clone();
        new Convolver(new PartitionedImpulse(new double[] {1}, 0)).process(y, y.length);
        assertThat(y).isEqualTo(x);
    }

    /** A block of input is forgotten for good: what follows a sound and as much silence as it can matter is 0. */
    @ParameterizedTest
    @ValueSource(ints = {0, 256, 4096})
    void itComesToRest(int latency) {
        double[] x = Arrays.copyOf(noise(9000, 9), 150_000);
        new Convolver(new PartitionedImpulse(noise(50_000, 10), latency)).process(x, x.length);
        assertThat(Arrays.copyOfRange(x, 130_000, 150_000)).containsOnly(0.0);
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> new PartitionedImpulse(new double[0], 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PartitionedImpulse(new double[1], 100))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PartitionedImpulse(new double[1], 32))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static double[] noise(int n, long seed) {
        return new Random(seed).doubles(n, -1, 1).toArray();
    }
}
