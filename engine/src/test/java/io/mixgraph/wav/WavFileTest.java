package io.mixgraph.wav;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.ChannelLayout;
import io.mixgraph.audio.FrameSource;
import io.mixgraph.audio.Speaker;
import io.mixgraph.dsp.Pcm;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WavFileTest {
    private static final String PCM_GUID = "0100000000001000800000aa00389b71";
    private static final String FLOAT_GUID = "0300000000001000800000aa00389b71";
    /** Three mono frames of 16 bits: 0.5, −0.5, 2^−15. */
    private static final String THREE = "004000c00100";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "1, 8, c0, UINT8",
        "1, 16, 0040, INT16",
        "1, 24, 000040, INT24",
        "1, 32, 00000040, INT32",
        "3, 32, 0000003f, FLOAT32",
        "3, 64, 000000000000e03f, FLOAT64",
    })
    void everyEncodingAndChannelCount(int tag, int bits, String half, Pcm pcm) throws IOException {
        for (int channels = 1; channels <= 8; channels++) {
            byte[] silence = new byte[bits / 8];
            Arrays.fill(silence, bits == 8 ? (byte) 0x80 : 0);
            long size = 2L * channels * bits / 8;
            WavBytes bytes = WavBytes.riff(36 + size)
                    .fmt(tag, channels, 44_100, bits)
                    .text("data")
                    .u32(size)
                    .hex(half.repeat(channels));
            for (int c = 0; c < channels; c++) {
                bytes.bytes(silence);
            }
            WavFile file = file(bytes);
            assertThat(file.encoding()).isEqualTo(pcm);
            assertThat(file.validBits()).isEqualTo(bits);
            assertThat(file.format().sampleRate()).isEqualTo(44_100);
            assertThat(file.format().layout()).isEqualTo(ChannelLayout.ofCount(channels));
            assertThat(file.frames()).isEqualTo(2);
            assertThat(file.warnings()).isEmpty();
            double[][] samples = samples(file, 0);
            for (int c = 0; c < channels; c++) {
                assertThat(samples[c]).containsExactly(0.5, 0.0);
            }
        }
    }

    @Test
    void extensibleFilesSayWhereTheirChannelsAre() throws IOException {
        WavFile file =
                file(WavBytes.riff(66).extensible(2, 24, 20, 0x3, PCM_GUID).data(6, "000040" + "0000c0"));
        assertThat(file.encoding()).isEqualTo(Pcm.INT24);
        assertThat(file.validBits()).isEqualTo(20);
        assertThat(file.format().layout()).isEqualTo(ChannelLayout.STEREO);
        assertThat(samples(file, 0)).isDeepEqualTo(new double[][] {{0.5}, {-0.5}});

        WavFile surround =
                file(WavBytes.riff(60).extensible(3, 32, 32, 0x103, FLOAT_GUID).data(0, ""));
        assertThat(surround.format().layout().speakers())
                .containsExactly(Speaker.FRONT_LEFT, Speaker.FRONT_RIGHT, Speaker.BACK_CENTER);
        assertThat(surround.encoding()).isEqualTo(Pcm.FLOAT32);
    }

    /** EBU Tech 3306 and ITU-R BS.2088: sizes are in ds64 where the 32-bit ones are all ones. */
    @ParameterizedTest
    @ValueSource(strings = {"RF64", "BW64"})
    void sizesOfBigFilesAreInDs64(String id) throws IOException {
        WavFile file = file(WavBytes.rf64(id, 1000, 6)
                .fmt(1, 1, 48_000, 16)
                .data(0xFFFFFFFFL, THREE)
                .text("LIST")
                .u32(4)
                .text("INFO"));
        assertThat(file.frames()).isEqualTo(3);
        assertThat(file.warnings()).isEmpty();
        WavFile small = file(WavBytes.rf64(id, 1000, 999).fmt(1, 1, 48_000, 16).data(4, THREE));
        assertThat(small.frames()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(longs = {7, -1, Long.MAX_VALUE, Long.MIN_VALUE})
    void sizesInDs64ThatAreTooLargeAreTruncatedData(long dataBytes) throws IOException {
        WavFile file = file(
                WavBytes.rf64("RF64", 1000, dataBytes).fmt(1, 1, 48_000, 16).data(0xFFFFFFFFL, THREE));
        assertThat(file.frames()).isEqualTo(3);
        assertThat(file.warnings()).singleElement().asString().contains("is cut short");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void oddChunksMayLackTheirPadByte(boolean padded) throws IOException {
        String pad = padded ? "\0" : "";
        WavFile file = file(WavBytes.riff(100)
                .text("bext")
                .u32(3)
                .text("abc" + pad)
                .text("fmt ")
                .u32(17)
                .u16(1)
                .u16(1)
                .u32(48_000)
                .u32(96_000)
                .u16(2)
                .u16(16)
                .text("\0" + pad)
                .text("zzzz")
                .u32(1)
                .text("a" + pad)
                .data(6, THREE)
                .text("odd ")
                .u32(1)
                .text("x"));
        assertThat(samples(file, 0)[0]).containsExactly(0.5, -0.5, 0x1p-15);
        assertThat(file.warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0, 36", "0, 4294967295", "4294967295, 4294967295", "4294967295, 42"})
    void aStreamedFileIsReadToItsEnd(long dataSize, long riffSize) throws IOException {
        WavFile file = file(WavBytes.riff(riffSize).fmt(1, 1, 48_000, 16).data(dataSize, THREE));
        assertThat(samples(file, 0)[0]).containsExactly(0.5, -0.5, 0x1p-15);
        assertThat(file.warnings())
                .singleElement()
                .asString()
                .contains("3 frames")
                .contains("no length");
    }

    @Test
    void anEmptyFileIsEmpty() throws IOException {
        WavFile bare = file(WavBytes.riff(36).fmt(1, 1, 48_000, 16).data(0, ""));
        assertThat(bare.frames()).isZero();
        assertThat(bare.warnings()).isEmpty();
        assertThat(samples(bare, 0)[0]).isEmpty();
        WavFile tagged = file(WavBytes.riff(48)
                .fmt(1, 1, 48_000, 16)
                .data(0, "")
                .text("LIST")
                .u32(4)
                .text("INFO"));
        assertThat(tagged.frames()).isZero();
        assertThat(tagged.warnings()).isEmpty();
    }

    @Test
    void truncatedDataIsReadAsFarAsItGoes() throws IOException {
        WavFile file = file(WavBytes.riff(1036).fmt(1, 1, 48_000, 16).data(1000, THREE + "01"));
        assertThat(samples(file, 1)[0]).containsExactly(-0.5, 0x1p-15);
        assertThat(file.warnings())
                .containsExactly(file.name() + ": is cut short: its header promises 500 frames, it holds 3");
        WavFile uneven = file(WavBytes.riff(43).fmt(1, 1, 48_000, 16).data(7, THREE + "01"));
        assertThat(uneven.frames()).isEqualTo(3);
        assertThat(uneven.warnings()).singleElement().asString().contains("the last 1 bytes");
    }

    @Test
    void faultsNameFileByteAndWayOut() throws IOException {
        refused(
                new WavBytes().text("fLaC\0\0\0\"\u0012\0\u0012\0\0"),
                "is named .wav but is no RIFF, RF64 or BW64 file");
        refused(new WavBytes(), ": is empty; export it again");
        refused(new WavBytes().text("RIFF").u32(36), ": ends after 8 bytes; export it again");
        refused(new WavBytes().text("RIFX").u32(36).text("WAVE"), "is no RIFF, RF64 or BW64 file");
        refused(new WavBytes().text("RIFF").u32(36).text("AVI "), "byte 8: a RIFF file of type 'AVI ', not WAVE");
        refused(
                fmt(0x55, 2, 44_100, 16, 4),
                "byte 12: its samples are compressed with MP3 (format tag 0x0055); convert");
        refused(fmt(0x1234, 2, 44_100, 16, 4), "an unknown codec (format tag 0x1234)");
        refused(fmt(1, 0, 44_100, 16, 0), "byte 12: it has zero channels");
        refused(fmt(1, 9, 44_100, 16, 18), "it has 9 channels");
        refused(fmt(1, 2, 0, 16, 4), "sample rate is 0 Hz");
        refused(fmt(1, 2, 0xFFFFFFFFL, 16, 4), "sample rate is 4294967295 Hz");
        refused(fmt(1, 2, 44_100, 16, 3), "byte 12: its block align is 3 bytes, but 2 × 16 bits take 4");
        refused(fmt(1, 2, 44_100, 64, 16), "64-bit integer samples");
        refused(fmt(1, 2, 44_100, 0, 0), "0-bit integer samples");
        refused(fmt(3, 2, 44_100, 16, 4), "16-bit float samples");
        refused(WavBytes.riff(60).extensible(2, 16, 17, 3, PCM_GUID).data(0, ""), "17 valid bits");
        refused(
                WavBytes.riff(60)
                        .extensible(4, 16, 16, 0, "010000002107d3118644c8c1ca000000")
                        .data(0, ""),
                "sub-format");
        refused(WavBytes.riff(12).data(6, THREE), "byte 12: no fmt chunk before the data");
        refused(WavBytes.riff(28).fmt(1, 1, 48_000, 16), "byte 36: no data chunk so far");
        refused(WavBytes.riff(4), "byte 12: no data chunk so far");
        refused(WavBytes.riff(4).text("fmt ").u32(4).u32(0).data(0, ""), "the fmt chunk is too short");
        refused(WavBytes.riff(4).text("fmt ").u32(0xFFFFFFFFL).u32(0), "the fmt chunk is too short");
        refused(WavBytes.riff(4).fmt(1, 1, 48_000, 16).text("LIST").u32(0xFFFFFFFEL), "no data chunk");
    }

    @Test
    void zeroSizedChunksWithoutEndAreGivenUp() throws IOException {
        WavBytes bytes = WavBytes.riff(0).bytes(new byte[8 * 20_000]);
        refused(bytes, "byte 80012: no data chunk");
    }

    @Test
    void filesThatCannotBeOpenedAreNamed() {
        Path missing = folder.resolve("missing.wav");
        assertThatThrownBy(() -> WavFile.of(missing, "drums/missing.wav"))
                .isInstanceOf(IOException.class)
                .hasMessage("drums/missing.wav: there is no such file");
        assertThatThrownBy(() -> WavFile.of(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("folder");
    }

    @Test
    void streamsBeginWhereTheyAreOpened() throws IOException {
        WavFile file = file(WavBytes.riff(42).fmt(1, 1, 48_000, 16).data(6, THREE));
        assertThat(samples(file, 2)[0]).containsExactly(0x1p-15);
        assertThat(samples(file, 3)[0]).isEmpty();
        assertThatThrownBy(() -> file.open(4)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> file.open(-1)).isInstanceOf(IllegalArgumentException.class);
        FrameSource source = file.open(0);
        assertThatThrownBy(() -> source.read(new AudioBlock(2, 4), 4)).isInstanceOf(IllegalArgumentException.class);
        source.close();
        source.close();
        assertThatThrownBy(() -> source.read(new AudioBlock(1, 4), 4)).hasMessageContaining("closed");
    }

    @ParameterizedTest
    @CsvSource({
        "32, 0000c07f, NaN",
        "32, 0000807f, infinity",
        "32, 000080ff, infinity",
        "64, 000000000000f8ff, NaN",
        "64, 000000000000f07f, infinity",
    })
    void whatIsNoNumberIsRefusedWithItsPlace(int bits, String bad, String what) throws IOException {
        String one = bits == 32 ? "0000803f" : "000000000000f03f";
        int frames = 70_000;
        WavBytes bytes = WavBytes.riff(36 + frames * 2L * bits / 8)
                .fmt(3, 2, 48_000, bits)
                .data(frames * 2L * bits / 8, one.repeat(2 * 60_001 + 1) + bad + one.repeat(2 * (frames - 60_002)));
        WavFile file = file(bytes);
        for (int size : new int[] {1, 500, 70_000}) {
            assertThatThrownBy(() -> read(file, 59_000, size))
                    .isInstanceOf(IOException.class)
                    .hasMessage(
                            file.name() + ": frame 60001, channel 2: " + what + " is no sample; export the file again");
        }
        assertThat(samples(file, 60_002)[0]).hasSize(frames - 60_002);
    }

    @Test
    void aFileThatGoesAwayIsAnErrorEachTime() throws IOException {
        WavFile file = file(WavBytes.riff(42).fmt(1, 1, 48_000, 16).data(6, THREE));
        Files.delete(Path.of(file.name()));
        try (FrameSource source = file.open(1)) {
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> source.read(new AudioBlock(1, 1), 1))
                        .isInstanceOf(IOException.class)
                        .hasMessage(file.name() + ": frame 1: there is no such file");
            }
        }
    }

    @Test
    void aFileThatShrinksWhileItIsReadIsAnError() throws IOException {
        int frames = 200_000;
        WavFile file =
                file(WavBytes.riff(36 + 2L * frames).fmt(1, 1, 48_000, 16).data(2L * frames, "0040".repeat(frames)));
        try (FrameSource source = file.open(0)) {
            AudioBlock block = new AudioBlock(1, 1000);
            assertThat(source.read(block, 1000)).isEqualTo(1000);
            try (RandomAccessFile shrunk = new RandomAccessFile(file.name(), "rw")) {
                shrunk.setLength(44 + 2 * 100_000 + 1);
            }
            assertThatThrownBy(() -> {
                        while (source.read(block, 1000) > 0) {
                            assertThat(block.channel(0)).containsOnly(0.5);
                        }
                    })
                    .isInstanceOf(IOException.class)
                    .hasMessage(file.name() + ": frame 100000: the file has become shorter while it was read; "
                            + "try again when it is whole");
        }
    }

    private static WavBytes fmt(int tag, int channels, long sampleRate, int bits, int blockAlign) {
        return WavBytes.riff(36)
                .fmt(tag, channels, sampleRate, bits, blockAlign)
                .data(0, "");
    }

    private WavFile file(WavBytes bytes) throws IOException {
        return WavFile.of(Files.write(folder.resolve("file.wav"), bytes.toBytes()));
    }

    private void refused(WavBytes bytes, String message) throws IOException {
        Path path = Files.write(folder.resolve("bad.wav"), bytes.toBytes());
        assertThatThrownBy(() -> WavFile.of(path, "a/bad.wav"))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("a/bad.wav: ")
                .hasMessageContaining(message);
    }

    private static double[][] samples(WavFile file, long firstFrame) throws IOException {
        return read(file, firstFrame, 4);
    }

    private static double[][] read(WavFile file, long firstFrame, int blockFrames) throws IOException {
        int channels = file.format().channels();
        double[][] all = new double[channels][(int) (file.frames() - firstFrame)];
        AudioBlock block = new AudioBlock(channels, blockFrames);
        int at = 0;
        try (FrameSource source = file.open(firstFrame)) {
            for (int count = source.read(block, blockFrames); count > 0; count = source.read(block, blockFrames)) {
                for (int c = 0; c < channels; c++) {
                    System.arraycopy(block.channel(c), 0, all[c], at, count);
                }
                at += count;
            }
        }
        assertThat(at).isEqualTo(all[0].length);
        return all;
    }
}
