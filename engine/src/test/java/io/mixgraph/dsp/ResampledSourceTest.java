package io.mixgraph.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioSource;
import io.mixgraph.audio.FrameSource;
import io.mixgraph.testing.MemorySource;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ResampledSourceTest {
    /** −100 dB. */
    private static final double FLOOR = 1e-5;

    static Stream<Arguments> pairs() {
        int[][] pairs = {
            {44100, 48000}, {48000, 44100}, {96000, 48000}, {48000, 96000}, {22050, 44100}, {32000, 44100},
            {88200, 48000}, {44100, 192000}, {192000, 44100}, {8000, 192000}, {192000, 8000}, {11025, 48000},
            {48000, 11025}, {11025, 192000}, {44099, 48000}, {47999, 48000}, {48000, 47999}, {96000, 44099},
            {191999, 8001}, {8001, 191999}
        };
        return Arrays.stream(pairs).map(p -> Arguments.of(p[0], p[1]));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void aToneOfThePassbandStaysThatToneInLevelAndTime(int from, int to) throws IOException {
        ResamplerDesign design = ResamplerDesign.between(from, to);
        for (double part : new double[] {0.003, 0.37, 0.71, ResamplerDesign.PASSBAND}) {
            double hz = part * Math.min(from, to) / 2.0;
            double[] converted = convert(sine(hz, from, lengthFor(design)), design);
            int edge = edgeFor(design);
            double worst = 0.0;
            for (int n = edge; n < converted.length - edge; n++) {
                worst = Math.max(worst, Math.abs(converted[n] - StrictMath.sin(phase(hz, n, to))));
            }
            assertThat(worst)
                    .as("all that is not the tone itself: images, aliases, ripple, delay, at %.1f Hz", hz)
                    .isLessThan(FLOOR);
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void aToneThatTheLowerRateCannotHoldIsGone(int from, int to) throws IOException {
        if (from < to) {
            return;
        }
        ResamplerDesign design = ResamplerDesign.between(from, to);
        for (double part : new double[] {0.0, 0.03, 0.4, 0.97}) {
            double hz = to / 2.0 + part * (from - to) / 2.0;
            double[] converted = convert(sine(hz, from, lengthFor(design)), design);
            int edge = edgeFor(design);
            double worst = 0.0;
            for (int n = edge; n < converted.length - edge; n++) {
                worst = Math.max(worst, Math.abs(converted[n]));
            }
            assertThat(worst).as("what is left of %.1f Hz", hz).isLessThan(FLOOR);
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void aConstantStaysThatConstant(int from, int to) throws IOException {
        ResamplerDesign design = ResamplerDesign.between(from, to);
        double[] ones = new double[lengthFor(design)];
        Arrays.fill(ones, 1.0);
        double[] converted = convert(ones, design);
        int edge = edgeFor(design);
        double worst = 0.0;
        for (int n = edge; n < converted.length - edge; n++) {
            worst = Math.max(worst, Math.abs(converted[n] - 1.0));
        }
        assertThat(worst).isLessThan(1e-12);
    }

    @ParameterizedTest
    @CsvSource({"44100,48000", "48000,44100", "8000,192000", "192000,8000", "11025,48000", "47999,48000"})
    void anImpulseComesOutCentredWhereItWentIn(int from, int to) throws IOException {
        ResamplerDesign design = ResamplerDesign.between(from, to);
        int out = to / gcd(from, to);
        int in = from / gcd(from, to);
        int at = in * (1 + 2 * lengthFor(design) / in / 4);
        double[] impulse = new double[2 * at];
        impulse[at] = 1.0;
        double[] converted = convert(impulse, design);
        int centre = Math.toIntExact((long) at * out / in);
        double peak = converted[centre];
        for (int i = 1; i < Math.min(centre, 3000); i++) {
            assertThat(Math.abs(converted[centre - i])).isLessThan(peak);
            assertThat(converted[centre + i]).isCloseTo(converted[centre - i], within(1e-15));
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void lengthIsTheExactQuotientHalfUp(int from, int to) {
        Random random = new Random(from * 31L + to);
        ResamplerDesign design = ResamplerDesign.between(from, to);
        for (int i = 0; i < 1000; i++) {
            long frames = i < 500 ? i : random.nextLong(1L << 36);
            long expected = BigDecimal.valueOf(frames)
                    .multiply(BigDecimal.valueOf(to))
                    .divide(BigDecimal.valueOf(from), 0, RoundingMode.HALF_UP)
                    .longValueExact();
            assertThat(design.outputFrames(frames)).as("%d frames", frames).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({"44100,48000", "48000,44100", "96000,48000", "11025,48000", "47999,48000", "96000,44099"})
    void openingAnywhereAndCuttingAnyhowGivesTheSameBits(int from, int to) throws IOException {
        Random random = new Random(7);
        double[][] noise = new double[2][70_001];
        for (double[] channel : noise) {
            Arrays.setAll(channel, i -> random.nextDouble() * 2 - 1);
        }
        AudioSource source = ResampledSource.at(to, new MemorySource("test", from, noise));
        double[][] whole = read(source, 0, 4096);
        assertThat(whole[0].length).isEqualTo((int) source.frames());
        for (int trial = 0; trial < 12; trial++) {
            long first = trial == 0 ? source.frames() : random.nextLong(source.frames());
            double[][] part = read(source, first, 1 + random.nextInt(trial < 4 ? 10 : 9000));
            for (int c = 0; c < 2; c++) {
                assertThat(part[c]).isEqualTo(Arrays.copyOfRange(whole[c], (int) first, whole[c].length));
            }
        }
    }

    /** Held so that no output bit changes unnoticed, on any JVM. */
    @ParameterizedTest
    @CsvSource({
        "44100,48000,89be09ea69eed2c4",
        "48000,44100,7611aa7d48ead0ef",
        "24000,48000,53414c4c4b18bd0b",
        "47999,48000,a9454ef46cf6477a"
    })
    void theBitsStayTheSame(int from, int to, String expected) throws Exception {
        Random random = new Random(5);
        double[] noise = new double[20_000];
        Arrays.setAll(noise, i -> random.nextDouble() * 2 - 1);
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        ByteBuffer bytes = ByteBuffer.allocate(8);
        for (double sample : convert(noise, ResamplerDesign.between(from, to))) {
            digest.update(bytes.putDouble(0, sample).array());
        }
        assertThat(HexFormat.of().formatHex(digest.digest(), 0, 8)).isEqualTo(expected);
    }

    @Test
    void manyTonesAtOnceLeaveNothingElseInTheSpectrum() throws IOException {
        int from = 44_100;
        int to = 48_000;
        ResamplerDesign design = ResamplerDesign.between(from, to);
        int size = 4_096;
        // Tones on bins of the output's transform, so that they stay where they are.
        int[] bins = {5, 151, 433, 777, 1201, 1601, 1709};
        double[] input = new double[16_000];
        for (int bin : bins) {
            double[] tone = sine(bin * (double) to / size, from, input.length);
            for (int i = 0; i < input.length; i++) {
                input[i] += tone[i] / bins.length;
            }
        }
        double[] level = spectrum(Arrays.copyOfRange(convert(input, design), 6_000, 6_000 + size));
        for (int bin = 0; bin <= size / 2; bin++) {
            if (Arrays.binarySearch(bins, bin) >= 0) {
                assertThat(level[bin] * bins.length).as("bin %d", bin).isBetween(0.99998, 1.00002);
            } else {
                assertThat(level[bin] * bins.length).as("bin %d", bin).isLessThan(FLOOR);
            }
        }
    }

    @Test
    void whatIsBeyondTheEndsCountsAsSilence() throws IOException {
        ResamplerDesign design = ResamplerDesign.between(44_100, 48_000);
        double[] tone = sine(1000.0, 44_100, 5_000);
        double[] padded = new double[5_000 + 2 * 44_100];
        System.arraycopy(tone, 0, padded, 44_100, tone.length);
        double[] alone = convert(tone, design);
        double[] within = convert(padded, design);
        assertThat(alone).isEqualTo(Arrays.copyOfRange(within, 48_000, 48_000 + alone.length));
        assertThat(convert(new double[0], design)).isEmpty();
    }

    @Test
    void theSameRateIsLeftAlone() {
        AudioSource source = new MemorySource("test", 48_000, new double[] {1, 2, 3});
        assertThat(ResampledSource.at(48_000, source)).isSameAs(source);
        assertThatThrownBy(() -> ResampledSource.at(7_999, source)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ResampledSource(source, ResamplerDesign.between(44_100, 48_000)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("test");
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    private static double phase(double hz, long frame, int rate) {
        double cycles = hz * frame / rate;
        return 2.0 * StrictMath.PI * (cycles - StrictMath.floor(cycles)) + 0.3;
    }

    private static double[] sine(double hz, int rate, int frames) {
        double[] samples = new double[frames];
        Arrays.setAll(samples, n -> StrictMath.sin(phase(hz, n, rate)));
        return samples;
    }

    /** Long enough for a stretch of output that the ends do not reach. */
    private static int lengthFor(ResamplerDesign design) {
        return 2 * design.taps() + 1_000;
    }

    private static int edgeFor(ResamplerDesign design) {
        return (int) ((long) design.taps() * design.outputRate() / design.inputRate() / 2) + 2;
    }

    private static double[] convert(double[] input, ResamplerDesign design) throws IOException {
        MemorySource recording = new MemorySource("test", design.inputRate(), input);
        return read(new ResampledSource(recording, design), 0, 4_096)[0];
    }

    private static double[][] read(AudioSource source, long first, int blockFrames) throws IOException {
        int channels = source.format().channels();
        double[][] all = new double[channels][(int) (source.frames() - first)];
        AudioBlock block = new AudioBlock(channels, blockFrames);
        int done = 0;
        try (FrameSource stream = source.open(first)) {
            for (int count = stream.read(block, blockFrames); count > 0; count = stream.read(block, blockFrames)) {
                for (int c = 0; c < channels; c++) {
                    System.arraycopy(block.channel(c), 0, all[c], done, count);
                }
                done += count;
            }
        }
        assertThat(done).isEqualTo(all[0].length);
        return all;
    }

    /** The amplitude of the sine in each bin, by the definition of the DFT. */
    private static double[] spectrum(double[] samples) {
        int size = samples.length;
        double[] cosine = new double[size];
        double[] sine = new double[size];
        for (int i = 0; i < size; i++) {
            cosine[i] = StrictMath.cos(2.0 * StrictMath.PI * i / size);
            sine[i] = StrictMath.sin(2.0 * StrictMath.PI * i / size);
        }
        double[] level = new double[size / 2 + 1];
        for (int bin = 0; bin < level.length; bin++) {
            double re = 0.0;
            double im = 0.0;
            for (int i = 0; i < size; i++) {
                int turn = (int) ((long) bin * i % size);
                re += samples[i] * cosine[turn];
                im += samples[i] * sine[turn];
            }
            level[bin] = Math.sqrt(re * re + im * im) * 2.0 / size;
        }
        return level;
    }
}
