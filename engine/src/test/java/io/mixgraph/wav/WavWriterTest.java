package io.mixgraph.wav;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.ChannelLayout;
import io.mixgraph.audio.Dither;
import io.mixgraph.audio.FrameSource;
import io.mixgraph.audio.SampleEncoding;
import io.mixgraph.dsp.Quantiser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WavWriterTest {
    private static final AudioFormat MONO = new AudioFormat(48_000, ChannelLayout.MONO);
    private static final AudioFormat STEREO = new AudioFormat(44_100, ChannelLayout.STEREO);
    private static final BroadcastOrigin ORIGIN = new BroadcastOrigin("Bus drums", 0x1_0000_0002L);

    @TempDir
    Path folder;

    /** The whole header, byte by byte, from the definitions of the chunks. */
    @Test
    void pcm24StereoHasThisHeader() throws IOException {
        ByteBuffer file = bytes(STEREO, SampleEncoding.PCM24, 1, Long.MAX_VALUE);
        assertThat(id(file)).isEqualTo("RIFF");
        assertThat(file.getInt()).isEqualTo(file.capacity() - 8);
        assertThat(id(file)).isEqualTo("WAVE");
        assertThat(id(file)).isEqualTo("bext");
        assertThat(file.getInt()).isEqualTo(602);
        assertThat(text(file, 256)).isEqualTo("Bus drums");
        assertThat(text(file, 32)).isEqualTo("Mixgraph");
        assertThat(text(file, 32 + 10 + 8)).isEmpty();
        assertThat(file.getInt()).isEqualTo(2); // TimeReferenceLow
        assertThat(file.getInt()).isEqualTo(1); // TimeReferenceHigh
        assertThat(file.getShort()).isEqualTo((short) 1);
        assertThat(text(file, 64 + 190)).isEmpty();
        assertThat(id(file)).isEqualTo("fmt ");
        assertThat(file.getInt()).isEqualTo(16);
        assertThat(file.getShort()).isEqualTo((short) 1);
        assertThat(file.getShort()).isEqualTo((short) 2);
        assertThat(file.getInt()).isEqualTo(44_100);
        assertThat(file.getInt()).isEqualTo(264_600);
        assertThat(file.getShort()).isEqualTo((short) 6);
        assertThat(file.getShort()).isEqualTo((short) 24);
        assertThat(id(file)).isEqualTo("data");
        assertThat(file.getInt()).isEqualTo(6);
        assertThat(rest(file)).isEqualTo("000040" + "0000c0");
    }

    @Test
    void float32HasAFactChunk() throws IOException {
        ByteBuffer file = bytes(MONO, SampleEncoding.FLOAT32, 3, Long.MAX_VALUE);
        file.position(12 + 8 + 602);
        assertThat(rest(file))
                .isEqualTo(hex("fmt ") + "12000000" + "0300" + "0100" + "80bb0000" + "00ee0200" + "0400" + "2000"
                        + "0000" + hex("fact") + "04000000" + "03000000" + hex("data") + "0c000000"
                        + "0000003f".repeat(3));
    }

    @Test
    void moreThanTwoChannelsAreExtensible() throws IOException {
        AudioFormat surround = new AudioFormat(48_000, ChannelLayout.ofCount(6));
        ByteBuffer file = bytes(surround, SampleEncoding.PCM16, 0, Long.MAX_VALUE);
        file.position(12 + 8 + 602);
        assertThat(rest(file))
                .isEqualTo(
                        hex("fmt ") + "28000000" + "feff" + "0600" + "80bb0000" + "00ca0800" + "0c00" + "1000" + "1600"
                                + "1000" + "0f060000" + "0100" + "00000000" + "1000" + "800000aa00389b71" + hex("data")
                                + "00000000");
    }

    @Test
    void anOddFileIsPadded() throws IOException {
        ByteBuffer file = bytes(MONO, SampleEncoding.PCM24, 1, Long.MAX_VALUE);
        file.position(file.capacity() - 8);
        assertThat(rest(file)).isEqualTo("03000000" + "000040" + "00");
        assertThat(file.getInt(4)).isEqualTo(file.capacity() - 8);
    }

    @Test
    void aFileTooLongForRiffIsRf64() throws IOException {
        ByteBuffer riff = bytes(MONO, SampleEncoding.PCM16, 2, 656);
        assertThat(id(riff)).isEqualTo("RIFF");
        assertThat(riff.getInt()).isEqualTo(650);

        ByteBuffer file = bytes(MONO, SampleEncoding.PCM16, 2, 650);
        assertThat(file.capacity()).isEqualTo(riff.capacity() + 36);
        assertThat(id(file)).isEqualTo("RF64");
        assertThat(file.getInt()).isEqualTo(-1);
        assertThat(id(file)).isEqualTo("WAVE");
        assertThat(id(file)).isEqualTo("ds64");
        assertThat(file.getInt()).isEqualTo(28);
        assertThat(file.getLong()).isEqualTo(file.capacity() - 8);
        assertThat(file.getLong()).isEqualTo(4);
        assertThat(file.getLong()).isEqualTo(2);
        assertThat(file.getInt()).isZero();
        file.position(file.capacity() - 12);
        assertThat(id(file)).isEqualTo("data");
        assertThat(rest(file)).startsWith("ffffffff");

        Path path = folder.resolve("big.wav");
        Files.write(path, HexFormat.of().parseHex(rest(file.rewind())));
        WavFile read = WavFile.of(path);
        assertThat(read.frames()).isEqualTo(2);
        assertThat(read.warnings()).isEmpty();
    }

    /** RIFF sizes are 32 bits, and all ones means something else: the last that fits is 2^32 − 2. */
    @Test
    void fileBytesTurnIntoRf64AtFourGibibytes() {
        long header = 12 + 8 + 602 + 8 + 16 + 8;
        long last = ((1L << 32) - 2 + 8 - header) / 2;
        assertThat(WavWriter.fileBytes(MONO, SampleEncoding.PCM16, last)).isEqualTo((1L << 32) + 6);
        assertThat(WavWriter.fileBytes(MONO, SampleEncoding.PCM16, last + 1)).isEqualTo((1L << 32) + 8 + 36);
        assertThat(WavWriter.fileBytes(MONO, SampleEncoding.PCM16, 0)).isEqualTo(header);
        assertThatThrownBy(() -> WavWriter.fileBytes(STEREO, SampleEncoding.PCM24, Long.MAX_VALUE / 2))
                .isInstanceOf(ArithmeticException.class);
    }

    static Stream<Arguments> shapes() {
        return Arrays.stream(SampleEncoding.values())
                .flatMap(encoding -> Stream.of(1, 2, 5, 6, 8).map(channels -> Arguments.of(encoding, channels)));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void whatWasQuantisedIsReadBackExactly(SampleEncoding encoding, int channels) throws Exception {
        int frames = 40_001;
        AudioFormat format = new AudioFormat(96_000, ChannelLayout.ofCount(channels));
        Path path = folder.resolve("round.wav");
        AudioBlock signal = new AudioBlock(channels, frames);
        SplittableRandom random = new SplittableRandom(channels);
        for (int c = 0; c < channels; c++) {
            for (int i = 0; i < frames; i++) {
                signal.channel(c)[i] = random.nextDouble(-0.9999, 0.9999);
            }
        }
        Quantiser quantiser = new Quantiser(encoding, Dither.TPDF, 48_000, 3);
        quantiser.quantise(signal, frames);
        assertThat(quantiser.over()).isNull();

        WavWriter writer = WavWriter.create(path, format, encoding, frames, ORIGIN);
        try (writer) {
            writeInBlocks(writer, signal, frames, random);
        }
        assertThat(Files.size(path)).isEqualTo(WavWriter.fileBytes(format, encoding, frames));
        assertThat(writer.sha256())
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(path))));

        WavFile file = WavFile.of(path);
        assertThat(file.format()).isEqualTo(format);
        assertThat(file.frames()).isEqualTo(frames);
        assertThat(file.warnings()).isEmpty();
        for (long first : new long[] {0, 1, 20_000, frames}) {
            try (FrameSource source = file.open(first)) {
                long at = first;
                while (true) {
                    AudioBlock block = new AudioBlock(channels, random.nextInt(1, 9000));
                    int count = source.read(block, block.capacity());
                    assertThat(count).isEqualTo((int) Math.min(block.capacity(), frames - at));
                    if (count == 0) {
                        break;
                    }
                    for (int c = 0; c < channels; c++) {
                        assertThat(Arrays.equals(
                                        block.channel(c), 0, count, signal.channel(c), (int) at, (int) at + count))
                                .isTrue();
                    }
                    at += count;
                }
            }
        }
    }

    @Test
    void aNumberOfFramesOtherThanAnnouncedIsAnError() throws IOException {
        AudioBlock block = new AudioBlock(1, 5);
        Path path = folder.resolve("short.wav");
        WavWriter early = WavWriter.create(path, MONO, SampleEncoding.PCM24, 6, ORIGIN);
        early.write(block, 5);
        assertThatThrownBy(early::close)
                .isInstanceOf(IOException.class)
                .hasMessage(path + ": frame 5: ended before the 6 frames announced");
        assertThatThrownBy(early::sha256).isInstanceOf(IllegalStateException.class);
        early.close();

        WavWriter late = WavWriter.create(path, MONO, SampleEncoding.PCM24, 6, ORIGIN);
        late.write(block, 5);
        assertThatThrownBy(() -> late.write(block, 2)).hasMessageContaining("more frames than announced");
        late.write(block, 1);
        late.close();
        assertThat(WavFile.of(path).frames()).isEqualTo(6);
        assertThatThrownBy(() -> late.write(block, 1)).hasMessageContaining("closed");
    }

    @Test
    void integersNeverWrap() throws IOException {
        AudioBlock block = new AudioBlock(1, 5);
        block.channel(0)[4] = 1.0;
        try (WavWriter writer = writer(new ByteArrayOutputStream(), MONO, SampleEncoding.PCM16, 0, Long.MAX_VALUE)) {
            assertThat(writer).isNotNull();
        }
        WavWriter writer = writer(new ByteArrayOutputStream(), MONO, SampleEncoding.PCM24, 5, Long.MAX_VALUE);
        assertThatThrownBy(() -> writer.write(block, 5))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("over full scale")
                .hasMessageContaining("float32");
    }

    @Test
    void aFailedWriteNamesFileAndFrame() throws IOException {
        WritableByteChannel full = new WritableByteChannel() {
            private int room = 700_000;

            @Override
            public int write(ByteBuffer bytes) throws IOException {
                room -= bytes.remaining();
                if (room < 0) {
                    throw new IOException("No space left on device");
                }
                int count = bytes.remaining();
                bytes.position(bytes.limit());
                return count;
            }

            @Override
            public boolean isOpen() {
                return true;
            }

            @Override
            public void close() {}
        };
        WavWriter writer = new WavWriter(full, "out.wav", MONO, SampleEncoding.PCM16, 1_000_000, ORIGIN);
        AudioBlock block = new AudioBlock(1, 8192);
        // 256 KiB at a time, the first with the header: 15 and then 16 blocks of 16 KiB; the third does not fit.
        int blocks = 0;
        try {
            while (true) {
                writer.write(block, 8192);
                blocks++;
            }
        } catch (IOException e) {
            assertThat(e).hasMessage("out.wav: frame 253952: cannot be written: No space left on device");
        }
        assertThat(blocks).isEqualTo(47);
    }

    @Test
    void aFolderThatIsNotThereIsNamed() {
        Path path = folder.resolve("no").resolve("a.wav");
        assertThatThrownBy(() -> WavWriter.create(path, MONO, SampleEncoding.PCM16, 0, ORIGIN))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(path + ": ")
                .hasMessageContaining("folder");
    }

    private static void writeInBlocks(WavWriter writer, AudioBlock signal, int frames, SplittableRandom random)
            throws IOException {
        for (int at = 0; at < frames; ) {
            int count = Math.min(frames - at, random.nextInt(1, 12_000));
            AudioBlock block = new AudioBlock(signal.channels(), count);
            for (int c = 0; c < signal.channels(); c++) {
                System.arraycopy(signal.channel(c), at, block.channel(c), 0, count);
            }
            writer.write(block, count);
            at += count;
        }
    }

    /** A file whose even channels hold 0.5 and whose odd ones hold −0.5. */
    private static ByteBuffer bytes(AudioFormat format, SampleEncoding encoding, int frames, long riffLimit)
            throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (WavWriter writer = writer(out, format, encoding, frames, riffLimit)) {
            if (frames > 0) {
                AudioBlock block = new AudioBlock(format.channels(), frames);
                for (int c = 0; c < format.channels(); c++) {
                    Arrays.fill(block.channel(c), c % 2 == 0 ? 0.5 : -0.5);
                }
                writer.write(block, frames);
            }
        }
        return ByteBuffer.wrap(out.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static WavWriter writer(
            ByteArrayOutputStream out, AudioFormat format, SampleEncoding encoding, int frames, long riffLimit)
            throws IOException {
        return new WavWriter(Channels.newChannel(out), "test.wav", format, encoding, frames, ORIGIN, riffLimit);
    }

    private static String id(ByteBuffer file) {
        byte[] id = new byte[4];
        file.get(id);
        return new String(id, ISO_8859_1);
    }

    private static String text(ByteBuffer file, int width) {
        byte[] text = new byte[width];
        file.get(text);
        return new String(text, ISO_8859_1).replaceAll("\0+$", "");
    }

    private static String hex(String id) {
        return HexFormat.of().formatHex(id.getBytes(ISO_8859_1));
    }

    private static String rest(ByteBuffer file) {
        byte[] rest = new byte[file.remaining()];
        file.get(rest);
        return HexFormat.of().formatHex(rest);
    }
}
