package io.mixgraph.fx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.AudioSource;
import io.mixgraph.audio.ChannelLayout;
import io.mixgraph.audio.FrameSource;
import io.mixgraph.testing.EffectRunner;
import io.mixgraph.testing.MemorySource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConvolutionTest {
    private static final IntSupplier WHOLE = () -> Integer.MAX_VALUE;
    private static final int RATE = 48_000;

    @ParameterizedTest
    @CsvSource({"1,0", "300,0", "5000,256", "5000,0", "9000,4096"})
    void eachChannelIsConvolvedWithItsOwnOfTheResponse(int frames, int latency) {
        double[][] h = {noise(frames, 1), noise(frames, 2)};
        double[][] x = {noise(4000, 3), noise(4000, 4)};
        double[][] y = new EffectRunner(convolution(source(h), 0, 0, latency, false), RATE, 2).run(x, WHOLE);
        for (int c = 0; c < 2; c++) {
            assertConvolved(y[c], x[c], h[c], latency, 1);
        }
    }

    @Test
    void aMonoResponseServesBothChannelsAlike() {
        double[][] h = {noise(700, 1)};
        double[][] x = {noise(3000, 3), noise(3000, 4)};
        double[][] y = new EffectRunner(convolution(source(h), 0, 0, 0, false), RATE, 2).run(x, WHOLE);
        assertConvolved(y[0], x[0], h[0], 0, 1);
        assertConvolved(y[1], x[1], h[0], 0, 1);
    }

    @Test
    void aMonoTrackGetsTheMeanOfAStereoResponse() {
        double[][] h = {noise(700, 1), noise(700, 2)};
        double[] mean = new double[700];
        for (int i = 0; i < 700; i++) {
            mean[i] = (h[0][i] + h[1][i]) / 2;
        }
        double[][] x = {noise(3000, 3)};
        double[][] y = new EffectRunner(convolution(source(h), 0, 0, 0, false), RATE, 1).run(x, WHOLE);
        assertConvolved(y[0], x[0], mean, 0, 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 256, 1024, 4096})
    void aSingleOneIsExactlyTheLatency(int latency) {
        double[] x = noise(20_000, 5);
        Effect effect = convolution(source(new double[][] {{1}}), 0, 0, latency, false);
        assertThat(effect.latencyFrames(RATE)).isEqualTo(latency);
        assertThat(effect.tailFrames(RATE)).isZero();
        double[] y = new EffectRunner(effect, RATE, 1).run(new double[][] {x}, WHOLE)[0];
        for (int i = 0; i < y.length; i++) {
            double expected = i < latency ? 0 : x[i - latency];
            assertThat(y[i]).isCloseTo(expected, within(latency == 0 ? 0 : 1e-14));
        }
    }

    @ParameterizedTest
    @CsvSource({"100,4800", "0.0208,1", "500,24000"})
    void predelayIsExactToTheFrame(double ms, int frames) {
        double[][] h = {noise(900, 6)};
        double[][] x = {noise(30_000, 7)};
        double[] plain = new EffectRunner(convolution(source(h), 0, 0, 0, false), RATE, 1).run(x, WHOLE)[0];
        Effect late = convolution(source(h), 0, ms, 0, false);
        double[] y = new EffectRunner(late, RATE, 1).run(x, WHOLE)[0];
        assertThat(late.tailFrames(RATE)).isEqualTo(frames + 899L);
        assertThat(Arrays.copyOfRange(y, 0, frames)).containsOnly(0.0);
        // Partitions now meet other frames: equal up to rounding.
        for (int i = frames; i < y.length; i++) {
            assertThat(y[i]).isCloseTo(plain[i - frames], within(1e-13));
        }
    }

    @Test
    void gainIsInDecibels() {
        double[][] h = {noise(900, 6)};
        double[][] x = {noise(3000, 7)};
        double[] y = new EffectRunner(convolution(source(h), -20, 0, 0, false), RATE, 1).run(x, WHOLE)[0];
        assertConvolved(y, x[0], h[0], 0, 0.1);
    }

    @Test
    void normalisedItHasAnEnergyOfOnePerChannelAndKeepsTheBalance() {
        Convolution mono = convolution(source(noise(5000, 8)), 0, 0, 0, true);
        assertThat(energy(mono.response(format(1))[0])).isCloseTo(1, within(1e-12));

        double[] right = noise(5000, 9);
        for (int i = 0; i < right.length; i++) {
            right[i] *= 3;
        }
        Convolution stereo = convolution(source(noise(5000, 8), right), 0, 0, 0, true);
        double[][] h = stereo.response(format(2));
        assertThat(energy(h[0]) + energy(h[1])).isCloseTo(2, within(1e-12));
        assertThat(energy(h[1]) / energy(h[0])).isCloseTo(energy(right) / energy(noise(5000, 8)), within(1e-9));
        assertThat(energy(stereo.response(format(1))[0])).isCloseTo(1, within(1e-12));

        Convolution silent = convolution(source(new double[100]), 0, 0, 0, true);
        assertThat(silent.response(format(1))[0]).containsOnly(0.0);
    }

    @Test
    void whatIsTooLongOrHasTooManyChannelsIsNamed() {
        Convolution tooLong = convolution(source(new double[60 * 1000 + 1]), 0, 0, 0, false);
        assertThatThrownBy(() -> tooLong.newApplicator(new AudioFormat(1000, ChannelLayout.MONO)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("an impulse response is from one frame to 60 seconds long; hall.wav has 60.001 seconds");
        Convolution empty = convolution(source(new double[0]), 0, 0, 0, false);
        assertThatThrownBy(() -> empty.tailFrames(RATE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("hall.wav");
        Convolution wide = convolution(source(new double[4][10]), 0, 0, 0, false);
        assertThatThrownBy(() -> wide.newApplicator(format(2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("an impulse response is mono or stereo; hall.wav has 4 channels");
    }

    @Test
    void aFileThatCannotBeReadIsNamed() {
        AudioSource broken = new AudioSource() {
            @Override
            public String name() {
                return "hall.wav";
            }

            @Override
            public AudioFormat format() {
                return ConvolutionTest.format(1);
            }

            @Override
            public long frames() {
                return 10;
            }

            @Override
            public FrameSource open(long firstFrame) throws IOException {
                throw new IOException("no such device");
            }
        };
        Convolution effect = convolution(broken, 0, 0, 0, false);
        assertThatThrownBy(() -> effect.newApplicator(format(1)))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("cannot read the impulse response hall.wav: no such device");
    }

    private static void assertConvolved(double[] y, double[] x, double[] h, int latency, double gain) {
        for (int n = 0; n < y.length; n++) {
            double expected = 0;
            for (int k = 0; k < h.length && k <= n - latency; k++) {
                expected += h[k] * x[n - latency - k];
            }
            assertThat(y[n]).isCloseTo(gain * expected, within(1e-12));
        }
    }

    private static double energy(double[] x) {
        return Arrays.stream(x).map(v -> v * v).sum();
    }

    private static AudioFormat format(int channels) {
        return new AudioFormat(RATE, ChannelLayout.ofCount(channels));
    }

    private static AudioSource source(double[]... samples) {
        return new MemorySource("hall.wav", RATE, samples);
    }

    private static Convolution convolution(
            AudioSource source, double gainDb, double predelayMs, int latency, boolean normalise) {
        return new Convolution(Recording.named("hall.wav").opened(source), gainDb, predelayMs, latency, normalise);
    }

    private static double[] noise(int n, long seed) {
        return new Random(seed).doubles(n, -1, 1).toArray();
    }
}
