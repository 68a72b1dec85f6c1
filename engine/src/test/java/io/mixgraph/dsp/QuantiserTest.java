package io.mixgraph.dsp;

import static org.assertj.core.api.Assertions.assertThat;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.SampleEncoding;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantiserTest {
    private static final double STEP_24 = 0x1p-23;
    private static final double STEP_16 = 0x1p-15;

    @Test
    void floatsAreRoundedToTheNearestFloat() {
        AudioBlock block = random(2, 500, 1, 4);
        AudioBlock before = copy(block);
        new Quantiser(SampleEncoding.FLOAT32, 0).quantise(block, 500);
        for (int c = 0; c < 2; c++) {
            for (int i = 0; i < 500; i++) {
                assertThat(block.channel(c)[i]).isEqualTo((double) (float) before.channel(c)[i]);
            }
        }
    }

    @Test
    void pcm24IsRoundedHalfToEven() {
        AudioBlock block = random(1, 1000, 2, 1);
        double[] x = block.channel(0);
        x[0] = 2.5 * STEP_24;
        x[1] = -3.5 * STEP_24;
        x[2] = -0.4 * STEP_24;
        double[] before = x.clone();
        Quantiser quantiser = new Quantiser(SampleEncoding.PCM24, 0);
        quantiser.quantise(block, 1000);
        for (int i = 0; i < 1000; i++) {
            assertThat(x[i]).isEqualTo(Math.rint(before[i] * 0x1p23) * STEP_24 + 0.0);
        }
        assertThat(quantiser.over()).isNull();
    }

    /** TPDF: the error has mean 0 and variance (1/12 + 1/6) step², whatever the signal (Lipshitz et al., 1992). */
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.25, 0.5, 0.8})
    void pcm16HasTriangularDither(double fraction) {
        int frames = 200_000;
        AudioBlock block = new AudioBlock(1, frames);
        double[] x = block.channel(0);
        double value = (100 + fraction) * STEP_16;
        Arrays.fill(x, value);
        new Quantiser(SampleEncoding.PCM16, 7).quantise(block, frames);
        double sum = 0;
        double squares = 0;
        for (double y : x) {
            double error = (y - value) / STEP_16;
            assertThat(y / STEP_16).isEqualTo(Math.rint(y / STEP_16));
            assertThat(Math.abs(error)).isLessThanOrEqualTo(1.5);
            sum += error;
            squares += error * error;
        }
        assertThat(sum / frames).isBetween(-0.005, 0.005);
        assertThat(squares / frames).isBetween(0.25 - 0.005, 0.25 + 0.005);
    }

    @Test
    void ditherOfTwoChannelsAndTwoSeedsDiffers() {
        AudioBlock one = new AudioBlock(2, 2000);
        AudioBlock two = new AudioBlock(2, 2000);
        new Quantiser(SampleEncoding.PCM16, 1).quantise(one, 2000);
        new Quantiser(SampleEncoding.PCM16, 2).quantise(two, 2000);
        double[][] noises = {one.channel(0), one.channel(1), two.channel(0), two.channel(1)};
        for (int i = 0; i < 4; i++) {
            for (int k = 0; k < i; k++) {
                double product = 0;
                double power = 0;
                for (int n = 0; n < 2000; n++) {
                    product += noises[i][n] * noises[k][n];
                    power += noises[i][n] * noises[i][n];
                }
                assertThat(product / power).isBetween(-0.1, 0.1);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(SampleEncoding.class)
    void blockSizesDoNotMatter(SampleEncoding encoding) {
        int frames = 1000;
        AudioBlock signal = random(2, frames, 3, 1.2);
        AudioBlock whole = copy(signal);
        Quantiser atOnce = new Quantiser(encoding, 5);
        atOnce.quantise(whole, frames);
        for (int size : new int[] {1, 7, 64, 999}) {
            Quantiser quantiser = new Quantiser(encoding, 5);
            for (int at = 0; at < frames; at += size) {
                int count = Math.min(size, frames - at);
                AudioBlock block = new AudioBlock(2, size);
                for (int c = 0; c < 2; c++) {
                    System.arraycopy(signal.channel(c), at, block.channel(c), 0, count);
                }
                quantiser.quantise(block, count);
                for (int c = 0; c < 2; c++) {
                    assertThat(Arrays.copyOf(block.channel(c), count))
                            .containsExactly(Arrays.copyOfRange(whole.channel(c), at, at + count));
                }
            }
            assertThat(quantiser.over()).isEqualTo(atOnce.over());
        }
    }

    @Test
    void fullScaleIsNotOverAndPlusOneIs() {
        AudioBlock block = new AudioBlock(2, 4);
        block.channel(0)[0] = -1;
        block.channel(1)[1] = 1 - STEP_24;
        block.channel(0)[2] = 1 - 0.51 * STEP_24;
        Quantiser quantiser = new Quantiser(SampleEncoding.PCM24, 0);
        quantiser.quantise(block, 4);
        assertThat(quantiser.over()).isNull();

        block.channel(1)[3] = 1 - 0.49 * STEP_24;
        quantiser.quantise(block, 4);
        assertThat(quantiser.over()).isEqualTo(new Quantiser.Over(1.0, 7, 1));
        assertThat(block.channel(1)[3]).isEqualTo(1.0);
    }

    @Test
    void theHighestOverIsReportedAtItsFirstFrame() {
        Quantiser quantiser = new Quantiser(SampleEncoding.PCM24, 0);
        AudioBlock block = new AudioBlock(2, 4);
        block.channel(0)[3] = -1.5;
        block.channel(1)[1] = 1.5;
        block.channel(1)[2] = 1.25;
        quantiser.quantise(block, 4);
        assertThat(quantiser.over()).isEqualTo(new Quantiser.Over(1.5, 1, 1));
        block.channel(0)[0] = -3;
        quantiser.quantise(block, 4);
        assertThat(quantiser.over()).isEqualTo(new Quantiser.Over(3, 4, 0));
    }

    @ParameterizedTest
    @EnumSource(SampleEncoding.class)
    void whatIsNoNumberIsOverInEveryEncoding(SampleEncoding encoding) {
        for (double bad : new double[] {Double.NaN, Double.NEGATIVE_INFINITY, 1e300}) {
            Quantiser quantiser = new Quantiser(encoding, 0);
            AudioBlock block = new AudioBlock(1, 3);
            block.channel(0)[2] = bad;
            quantiser.quantise(block, 3);
            double peak = encoding.integer() && bad == 1e300 ? bad : Double.POSITIVE_INFINITY;
            assertThat(quantiser.over()).isEqualTo(new Quantiser.Over(peak, 2, 0));
        }
    }

    @Test
    void floatsHoldMoreThanFullScale() {
        AudioBlock block = new AudioBlock(1, 1);
        block.channel(0)[0] = 100;
        Quantiser quantiser = new Quantiser(SampleEncoding.FLOAT32, 0);
        quantiser.quantise(block, 1);
        assertThat(quantiser.over()).isNull();
        assertThat(block.channel(0)[0]).isEqualTo(100);
    }

    private static AudioBlock random(int channels, int frames, long seed, double range) {
        SplittableRandom random = new SplittableRandom(seed);
        AudioBlock block = new AudioBlock(channels, frames);
        for (int c = 0; c < channels; c++) {
            for (int i = 0; i < frames; i++) {
                block.channel(c)[i] = random.nextDouble(-range, range);
            }
        }
        return block;
    }

    private static AudioBlock copy(AudioBlock block) {
        AudioBlock copy = new AudioBlock(block.channels(), block.capacity());
        copy.copyFrom(block, block.capacity());
        return copy;
    }
}
