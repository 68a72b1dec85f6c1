package io.mixgraph.dsp;

import static org.assertj.core.api.Assertions.assertThat;

import io.mixgraph.audio.AudioBlock;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PcmTest {
    /** Bytes and values written down by hand from the definition: little endian, value = integer / 2^(bits − 1). */
    @ParameterizedTest
    @CsvSource({
        "UINT8, 00, -1.0",
        "UINT8, 80, 0.0",
        "UINT8, 81, 0x1p-7",
        "UINT8, FF, 0x0.FEp0",
        "INT16, 0080, -1.0",
        "INT16, 0000, 0.0",
        "INT16, 0100, 0x1p-15",
        "INT16, FFFF, -0x1p-15",
        "INT16, FF7F, 0x0.FFFEp0",
        "INT16, 3412, 0x0.2468p0",
        "INT24, 000080, -1.0",
        "INT24, 000000, 0.0",
        "INT24, 010000, 0x1p-23",
        "INT24, FFFFFF, -0x1p-23",
        "INT24, FFFF7F, 0x0.FFFFFEp0",
        "INT24, 563412, 0x0.2468ACp0",
        "INT24, 000040, 0.5",
        "INT32, 00000080, -1.0",
        "INT32, 00000000, 0.0",
        "INT32, 01000000, 0x1p-31",
        "INT32, FFFFFFFF, -0x1p-31",
        "INT32, FFFFFF7F, 0x0.FFFFFFFEp0",
        "INT32, 78563412, 0x0.2468ACF0p0",
        "FLOAT32, 0000803F, 1.0",
        "FLOAT32, 000000BF, -0.5",
        "FLOAT32, 00002041, 10.0",
        "FLOAT32, 01000000, 0x1p-149",
        "FLOAT64, 000000000000F03F, 1.0",
        "FLOAT64, 9A9999999999B9BF, -0.1",
    })
    void bytesAndValuesOfTheDefinition(Pcm pcm, String hex, double value) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        for (int channels = 1; channels <= 3; channels++) {
            for (int frames = 1; frames <= 3; frames++) {
                byte[] file = new byte[1 + channels * frames * bytes.length];
                AudioBlock values = new AudioBlock(channels, frames);
                for (int i = 0; i < channels * frames; i++) {
                    System.arraycopy(bytes, 0, file, 1 + i * bytes.length, bytes.length);
                    values.channel(i % channels)[i / channels] = value;
                }
                AudioBlock decoded = new AudioBlock(channels, frames);
                pcm.decode(file, 1, decoded, frames);
                byte[] encoded = new byte[file.length];
                assertThat(pcm.encode(values, frames, encoded, 1)).isTrue();
                for (int c = 0; c < channels; c++) {
                    assertThat(decoded.channel(c)).containsExactly(values.channel(c));
                }
                assertThat(encoded).containsExactly(file);
            }
        }
    }

    static Stream<Arguments> shapes() {
        return Arrays.stream(Pcm.values())
                .flatMap(pcm -> Stream.of(1, 2, 3, 6, 8).map(channels -> Arguments.of(pcm, channels)));
    }

    /** Every integer pattern is a value of its own, and frames come in the order of the bytes. */
    @ParameterizedTest
    @MethodSource("shapes")
    void bytesSurviveDecodingAndEncoding(Pcm pcm, int channels) {
        SplittableRandom random = new SplittableRandom(channels);
        for (int frames : new int[] {1, 2, 3, 64, 1023}) {
            byte[] bytes = new byte[frames * channels * pcm.bytes() + 5];
            random.nextBytes(bytes);
            if (!pcm.integer()) {
                for (int i = 5 + pcm.bytes() - 1; i < bytes.length; i += pcm.bytes()) {
                    bytes[i] &= 0x3F; // no NaN, whose payload a conversion may change
                }
            }
            AudioBlock block = new AudioBlock(channels, frames);
            pcm.decode(bytes, 5, block, frames);
            byte[] again = Arrays.copyOf(bytes, bytes.length);
            Arrays.fill(again, 5, again.length, (byte) 0x55);
            assertThat(pcm.encode(block, frames, again, 5)).isTrue();
            assertThat(again).containsExactly(bytes);
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void nothingButTheFramesIsWritten(Pcm pcm, int channels) {
        int frames = 7;
        byte[] bytes = new byte[frames * channels * pcm.bytes() + 20];
        Arrays.fill(bytes, (byte) 0x77);
        pcm.encode(new AudioBlock(channels, 9), frames, bytes, 10);
        assertThat(Arrays.copyOf(bytes, 10)).containsOnly(0x77);
        assertThat(Arrays.copyOfRange(bytes, bytes.length - 10, bytes.length)).containsOnly(0x77);

        AudioBlock block = new AudioBlock(channels, 9);
        for (int c = 0; c < channels; c++) {
            Arrays.fill(block.channel(c), 42);
        }
        pcm.decode(new byte[frames * channels * pcm.bytes()], 0, block, frames);
        for (int c = 0; c < channels; c++) {
            assertThat(block.channel(c)[7]).isEqualTo(42);
            assertThat(block.channel(c)[8]).isEqualTo(42);
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void integersRefuseWhatTheyCannotHold(Pcm pcm, int channels) {
        double[] beyond = {
            1.0,
            -1.0 - 2 / StrictMath.pow(2, pcm.bits() - 1),
            2,
            -2,
            512,
            1e10,
            -1e300,
            Double.NaN,
            Double.MAX_VALUE,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY
        };
        byte[] bytes = new byte[5 * channels * pcm.bytes()];
        for (double value : beyond) {
            for (int at = 0; at < 5; at++) {
                AudioBlock block = new AudioBlock(channels, 5);
                block.channel(channels - 1)[at] = value;
                assertThat(pcm.encode(block, 5, bytes, 0)).isEqualTo(!pcm.integer());
            }
        }
    }

    @Test
    void integersAreRoundedHalfToEven() {
        AudioBlock block = new AudioBlock(1, 4);
        double step = 0x1p-23;
        double[] x = block.channel(0);
        x[0] = 0.5 * step;
        x[1] = 1.5 * step;
        x[2] = -2.5 * step;
        x[3] = -0.51 * step;
        byte[] bytes = new byte[12];
        assertThat(Pcm.INT24.encode(block, 4, bytes, 0)).isTrue();
        assertThat(HexFormat.of().formatHex(bytes)).isEqualTo("000000" + "020000" + "feffff" + "ffffff");
    }

    @Test
    void theFirstThatIsNotFiniteIsFound() {
        for (int length = 1; length < 12; length++) {
            double[] x = new double[length + 1];
            Arrays.fill(x, Double.MAX_VALUE);
            x[length] = Double.NaN;
            assertThat(NotFinite.first(x, length)).isEqualTo(-1);
            for (int at = 0; at < length; at++) {
                for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
                    double[] y = x.clone();
                    y[at] = bad;
                    y[length - 1] = at == length - 1 ? bad : -bad;
                    assertThat(NotFinite.first(y, length)).isEqualTo(at);
                }
            }
        }
    }
}
