package io.mixgraph.dsp;

import static org.assertj.core.api.Assertions.assertThat;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.Dither;
import io.mixgraph.audio.SampleEncoding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantiserTest {
    private static final int RATE = 48_000;
    private static final double STEP_24 = 0x1p-23;
    private static final double STEP_16 = 0x1p-15;

    @Test
    void floatsAreRoundedToTheNearestFloat() {
        AudioBlock block = random(2, 500, 1, 4);
        AudioBlock before = copy(block);
        new Quantiser(SampleEncoding.FLOAT32, Dither.NONE, RATE, 0).quantise(block, 500);
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
        Quantiser quantiser = new Quantiser(SampleEncoding.PCM24, Dither.NONE, RATE, 0);
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
        new Quantiser(SampleEncoding.PCM16, Dither.TPDF, RATE, 7).quantise(block, frames);
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

    /** The JDK's SplittableRandom is SplitMix64 too: from a state it gives the same numbers. */
    @Test
    void ditherIsTwoHalvesOfASplitMix64Number() {
        int frames = 1000;
        AudioBlock block = new AudioBlock(1, frames);
        Arrays.fill(block.channel(0), 10.25 * STEP_16);
        new Quantiser(SampleEncoding.PCM16, Dither.TPDF, RATE, 99).quantise(block, frames);
        SplittableRandom numbers = new SplittableRandom(new SplittableRandom(99 - 0x9E3779B97F4A7C15L).nextLong());
        for (int i = 0; i < frames; i++) {
            long number = numbers.nextLong();
            double dither = ((number >> 32) + 0.5 + (int) number + 0.5) / 0x1p32;
            assertThat(block.channel(0)[i]).isEqualTo(Math.rint(10.25 + dither) * STEP_16);
        }
    }

    @Test
    void ditherOfTwoChannelsAndTwoSeedsDiffers() {
        AudioBlock one = new AudioBlock(2, 2000);
        AudioBlock two = new AudioBlock(2, 2000);
        new Quantiser(SampleEncoding.PCM16, Dither.TPDF, RATE, 1).quantise(one, 2000);
        new Quantiser(SampleEncoding.PCM16, Dither.TPDF, RATE, 2).quantise(two, 2000);
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

    /** Every encoding with every dither. */
    private static List<Arguments> kinds() {
        List<Arguments> kinds = new ArrayList<>();
        for (SampleEncoding encoding : SampleEncoding.values()) {
            for (Dither dither : Dither.values()) {
                kinds.add(Arguments.of(encoding, dither));
            }
        }
        return kinds;
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void blockSizesDoNotMatter(SampleEncoding encoding, Dither dither) {
        int frames = 1000;
        AudioBlock signal = random(2, frames, 3, 1.2);
        AudioBlock whole = copy(signal);
        Quantiser atOnce = new Quantiser(encoding, dither, RATE, 5);
        atOnce.quantise(whole, frames);
        for (int size : new int[] {1, 7, 64, 999}) {
            Quantiser quantiser = new Quantiser(encoding, dither, RATE, 5);
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

    /** The coefficients as published, and the sums that follow from them. */
    private static double[] errorFilter(int rate) {
        if (rate <= 32_000) {
            return new double[] {1};
        }
        return rate <= 64_000 ? new double[] {1, -2.033, 2.165, -1.959, 1.590, -0.6149} : new double[] {1, -2, 1};
    }

    /** The error of shaped rounding, in steps. */
    private static double[] shapedError(SampleEncoding encoding, int rate, double[] signal) {
        AudioBlock block = new AudioBlock(1, signal.length);
        System.arraycopy(signal, 0, block.channel(0), 0, signal.length);
        new Quantiser(encoding, Dither.SHAPED, rate, 3).quantise(block, signal.length);
        double step = encoding == SampleEncoding.PCM16 ? STEP_16 : STEP_24;
        double[] error = new double[signal.length];
        for (int i = 0; i < error.length; i++) {
            assertThat(block.channel(0)[i] / step).isEqualTo(Math.rint(block.channel(0)[i] / step));
            error[i] = (block.channel(0)[i] - signal[i]) / step;
        }
        return error;
    }

    private static double[] sine(double amplitude, double hz, int rate, int frames) {
        double[] x = new double[frames];
        for (int i = 0; i < frames; i++) {
            x[i] = amplitude * Math.sin(2 * Math.PI * hz * i / rate);
        }
        return x;
    }

    /**
     * The power spectrum of the error is ¼ step² times the filter's (JAES 39(11), 1991), by M. S. Bartlett's mean of
     * windowed periodograms; its power is Parseval's sum of squares; its mean is 0; it stays within the reach.
     */
    @ParameterizedTest
    @CsvSource({"PCM16, 44100", "PCM16, 48000", "PCM24, 48000", "PCM16, 96000", "PCM16, 192000", "PCM16, 22050"})
    void aShapedErrorHasTheShapeOfItsFilter(SampleEncoding encoding, int rate) {
        int segment = 512;
        int segments = 800;
        double[] filter = errorFilter(rate);
        double[] error = shapedError(encoding, rate, sine(0.5, 0.01 * rate, rate, segment * segments));
        double squares = Arrays.stream(filter).map(c -> c * c).sum();
        double magnitudes = Arrays.stream(filter).map(Math::abs).sum();
        double power = Arrays.stream(error).map(e -> e * e).average().orElseThrow();
        double highest = Arrays.stream(error).map(Math::abs).max().orElseThrow();
        double step = encoding == SampleEncoding.PCM16 ? STEP_16 : STEP_24;
        assertThat(power).isBetween(0.25 * squares * 0.98, 0.25 * squares * 1.02);
        assertThat(Arrays.stream(error).average().orElseThrow()).isBetween(-0.005, 0.005);
        assertThat(Quantiser.reach(encoding, Dither.SHAPED, rate) / step).isEqualTo(1.5 * magnitudes);
        assertThat(highest).isBetween(0.5 * magnitudes, 1.5 * magnitudes);
        for (int bin = 4; bin < segment / 2; bin += 9) {
            double re = 0;
            double im = 0;
            for (int k = 0; k < filter.length; k++) {
                re += filter[k] * Math.cos(2 * Math.PI * bin * k / segment);
                im += filter[k] * Math.sin(2 * Math.PI * bin * k / segment);
            }
            double expected = 0.25 * (re * re + im * im);
            assertThat(10 * Math.log10(spectrum(error, segment, bin) / expected))
                    .as("bin %d", bin)
                    .isBetween(-1.0, 1.0);
        }
    }

    /** Power per frame at one frequency: the mean over segments under a Hann window, whose squares average 3/8. */
    private static double spectrum(double[] x, int segment, int bin) {
        double sum = 0;
        int segments = x.length / segment;
        for (int s = 0; s < segments; s++) {
            double re = 0;
            double im = 0;
            for (int i = 0; i < segment; i++) {
                double window = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / segment);
                re += window * x[s * segment + i] * Math.cos(2 * Math.PI * bin * i / segment);
                im += window * x[s * segment + i] * Math.sin(2 * Math.PI * bin * i / segment);
            }
            sum += re * re + im * im;
        }
        return sum / segments / (segment * 0.375);
    }

    /** A tone of a third of a step comes out as it went in, under every dither: the error knows nothing of it. */
    @ParameterizedTest
    @CsvSource({"TPDF, 44100", "SHAPED, 44100", "SHAPED, 48000", "SHAPED, 96000"})
    void aToneBelowOneStepSurvives(Dither dither, int rate) {
        int frames = 10 * rate;
        AudioBlock block = new AudioBlock(1, frames);
        double[] tone = sine(1e-5, 1000, rate, frames);
        System.arraycopy(tone, 0, block.channel(0), 0, frames);
        new Quantiser(SampleEncoding.PCM16, dither, rate, 8).quantise(block, frames);
        double product = 0;
        double quadrature = 0;
        double third = 0;
        for (int i = 0; i < frames; i++) {
            double phase = 2 * Math.PI * 1000 * i / rate;
            product += 2.0 / frames * block.channel(0)[i] * Math.sin(phase);
            quadrature += 2.0 / frames * block.channel(0)[i] * Math.cos(phase);
            third += 2.0 / frames * block.channel(0)[i] * Math.sin(3 * phase);
        }
        assertThat(product).isBetween(0.97e-5, 1.03e-5);
        assertThat(quadrature).isBetween(-0.03e-5, 0.03e-5);
        assertThat(third).isBetween(-0.03e-5, 0.03e-5);
    }

    @Test
    void reachIsWhatRoundingMoves() {
        assertThat(Quantiser.reach(SampleEncoding.PCM24, Dither.NONE, RATE)).isEqualTo(0x1p-24);
        assertThat(Quantiser.reach(SampleEncoding.PCM16, Dither.NONE, RATE)).isEqualTo(0x1p-16);
        assertThat(Quantiser.reach(SampleEncoding.PCM16, Dither.TPDF, RATE)).isEqualTo(1.5 * 0x1p-15);
        assertThat(Quantiser.reach(SampleEncoding.FLOAT32, Dither.SHAPED, RATE)).isEqualTo(0x1p-25);
    }

    /** One sample that is no number costs that sample, not what follows. */
    @Test
    void shapingRecoversFromWhatIsNoNumber() {
        AudioBlock block = new AudioBlock(1, 100);
        block.channel(0)[10] = Double.NaN;
        block.channel(0)[20] = Double.POSITIVE_INFINITY;
        new Quantiser(SampleEncoding.PCM16, Dither.SHAPED, RATE, 0).quantise(block, 100);
        for (int i = 21; i < 100; i++) {
            assertThat(Math.abs(block.channel(0)[i]) / STEP_16).isLessThan(15);
        }
    }

    @Test
    void fullScaleIsNotOverAndPlusOneIs() {
        AudioBlock block = new AudioBlock(2, 4);
        block.channel(0)[0] = -1;
        block.channel(1)[1] = 1 - STEP_24;
        block.channel(0)[2] = 1 - 0.51 * STEP_24;
        Quantiser quantiser = new Quantiser(SampleEncoding.PCM24, Dither.NONE, RATE, 0);
        quantiser.quantise(block, 4);
        assertThat(quantiser.over()).isNull();

        block.channel(1)[3] = 1 - 0.49 * STEP_24;
        quantiser.quantise(block, 4);
        assertThat(quantiser.over()).isEqualTo(new Quantiser.Over(1.0, 7, 1));
        assertThat(block.channel(1)[3]).isEqualTo(1.0);
    }

    @Test
    void theHighestOverIsReportedAtItsFirstFrame() {
        Quantiser quantiser = new Quantiser(SampleEncoding.PCM24, Dither.NONE, RATE, 0);
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
    @MethodSource("kinds")
    void whatIsNoNumberIsOverInEveryEncoding(SampleEncoding encoding, Dither dither) {
        for (double bad : new double[] {Double.NaN, Double.NEGATIVE_INFINITY, 1e300}) {
            Quantiser quantiser = new Quantiser(encoding, dither, RATE, 0);
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
        Quantiser quantiser = new Quantiser(SampleEncoding.FLOAT32, Dither.NONE, RATE, 0);
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
