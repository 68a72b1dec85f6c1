package io.mixgraph.wav;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
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
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WavWriterTest {
    private static final AudioFormat MONO = new AudioFormat(48_000, ChannelLayout.MONO);
    private static final AudioFormat STEREO = new AudioFormat(44_100, ChannelLayout.STEREO);
    private static final BroadcastOrigin ORIGIN = new BroadcastOrigin("Bus drums", 0x1_0000_0002L);

    private static final WavTags TAGS =
            new WavTags("Title", "Artist", "Album", 12, "2026-11-25", "Genre", "Comment", "QZABC2600001");

    private static final BroadcastLoudness LOUDNESS =
            new BroadcastLoudness(-23.014, 4.5, -1.009, -18.05, Double.NEGATIVE_INFINITY);

    @TempDir
    Path folder;

    /** The whole header, byte by byte, from the definitions of the chunks. */
    @Test
    void pcm24StereoHasThisHeader() throws IOException {
        ByteBuffer file = bytes(STEREO, SampleEncoding.PCM24, 1);
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
        ByteBuffer file = bytes(MONO, SampleEncoding.FLOAT32, 3);
        file.position(12 + 8 + 602);
        assertThat(rest(file))
                .isEqualTo(hex("fmt ") + "12000000" + "0300" + "0100" + "80bb0000" + "00ee0200" + "0400" + "2000"
                        + "0000" + hex("fact") + "04000000" + "03000000" + hex("data") + "0c000000"
                        + "0000003f".repeat(3));
    }

    @Test
    void moreThanTwoChannelsAreExtensible() throws IOException {
        AudioFormat surround = new AudioFormat(48_000, ChannelLayout.ofCount(6));
        ByteBuffer file = bytes(surround, SampleEncoding.PCM16, 0);
        file.position(12 + 8 + 602);
        assertThat(rest(file))
                .isEqualTo(
                        hex("fmt ") + "28000000" + "feff" + "0600" + "80bb0000" + "00ca0800" + "0c00" + "1000" + "1600"
                                + "1000" + "0f060000" + "0100" + "00000000" + "1000" + "800000aa00389b71" + hex("data")
                                + "00000000");
    }

    @Test
    void anOddFileIsPadded() throws IOException {
        ByteBuffer file = bytes(MONO, SampleEncoding.PCM24, 1);
        file.position(file.capacity() - 8);
        assertThat(rest(file)).isEqualTo("03000000" + "000040" + "00");
        assertThat(file.getInt(4)).isEqualTo(file.capacity() - 8);
    }

    /** EBU Tech 3306: ds64 comes first and holds the sizes; those of RIFF and data are all ones. */
    @Test
    void whatIsAskedToBeRf64IsSoWhateverItsSize() throws IOException {
        WavPlan plan = new WavPlan(MONO, SampleEncoding.PCM24, 3, true, TAGS);
        Path path = folder.resolve("big.wav");
        WavWriter writer = write(path, plan, LOUDNESS);
        ByteBuffer file = file(path);
        assertThat((long) file.capacity()).isEqualTo(plan.fileBytes());
        assertThat(plan.fileBytes())
                .isEqualTo(36 + new WavPlan(MONO, SampleEncoding.PCM24, 3, false, TAGS).fileBytes());
        assertThat(writer.sha256()).isEqualTo(sha256(Files.readAllBytes(path)));
        assertThat(id(file)).isEqualTo("RF64");
        assertThat(file.getInt()).isEqualTo(-1);
        assertThat(id(file)).isEqualTo("WAVE");
        assertThat(id(file)).isEqualTo("ds64");
        assertThat(file.getInt()).isEqualTo(28);
        assertThat(file.getLong()).isEqualTo(file.capacity() - 8);
        assertThat(file.getLong()).isEqualTo(9);
        assertThat(file.getLong()).isEqualTo(3);
        assertThat(file.getInt()).isZero();
        assertThat(file.getInt(12 + 36 + 610 + 24 + 4)).isEqualTo(-1); // the size of the data
        Map<String, byte[]> chunks = WavBytes.chunks(Files.readAllBytes(path));
        assertThat(chunks.keySet()).containsExactly("ds64", "bext", "fmt ", "data", "LIST", "axml");
        assertThat(chunks.get("data")).hasSize(9);
        assertThat(bextLoudness(chunks)).containsExactly(2, -2301, 450, -101, -1805, 0x7FFF);
        WavFile read = WavFile.of(path);
        assertThat(read.frames()).isEqualTo(3);
        assertThat(read.warnings()).isEmpty();
    }

    /** RIFF sizes are 32 bits, and all ones means something else: the last that fits is 2^32 − 2. */
    @Test
    void aFileTooLongForRiffIsRf64() {
        long header = 12 + 8 + 602 + 8 + 16 + 8;
        long last = ((1L << 32) - 2 + 8 - header) / 2;
        WavPlan riff = WavPlan.of(MONO, SampleEncoding.PCM16, last);
        WavPlan rf64 = WavPlan.of(MONO, SampleEncoding.PCM16, last + 1);
        assertThat(riff.fileBytes()).isEqualTo((1L << 32) + 6);
        assertThat(rf64.fileBytes()).isEqualTo((1L << 32) + 8 + 36);
        assertThat(WavPlan.of(MONO, SampleEncoding.PCM16, 0).fileBytes()).isEqualTo(header);

        ByteBuffer small = little(WavChunks.header(riff, ORIGIN));
        assertThat(id(small)).isEqualTo("RIFF");
        assertThat(small.getInt()).isEqualTo(-2);
        assertThat(small.getInt(small.capacity() - 4)).isEqualTo((int) (2 * last));

        ByteBuffer big = little(WavChunks.header(rf64, ORIGIN));
        assertThat(id(big)).isEqualTo("RF64");
        assertThat(big.getInt()).isEqualTo(-1);
        assertThat(big.getLong(20)).isEqualTo((1L << 32) + 36);
        assertThat(big.getLong(28)).isEqualTo(2 * last + 2);
        assertThat(big.getLong(36)).isEqualTo(last + 1);
        assertThat(big.getInt(big.capacity() - 4)).isEqualTo(-1);
        assertThatThrownBy(() -> WavPlan.of(STEREO, SampleEncoding.PCM24, Long.MAX_VALUE / 2)
                        .fileBytes())
                .isInstanceOf(ArithmeticException.class);
    }

    /** Chunks after the data count, too. */
    @Test
    void tagsMayMakeAFileTooLongForRiff() {
        long last = ((1L << 32) - 2 + 8 - (12 + 8 + 602 + 8 + 16 + 8)) / 2;
        WavTags title = new WavTags("a", null, null, null, null, null, null, null);
        int list = 8 + 4 + 8 + 2;
        WavPlan fits = new WavPlan(MONO, SampleEncoding.PCM16, last - list / 2, false, title);
        assertThat(fits.fileBytes()).isEqualTo((1L << 32) + 6);
        assertThat(id(little(WavChunks.header(fits, ORIGIN)))).isEqualTo("RIFF");
        WavPlan not = new WavPlan(MONO, SampleEncoding.PCM16, last - list / 2 + 1, false, title);
        assertThat(not.fileBytes()).isEqualTo((1L << 32) + 8 + 36);
        assertThat(id(little(WavChunks.header(not, ORIGIN)))).isEqualTo("RF64");
    }

    /**
     * EBU Tech 3285, version 2: the bext body begins at byte 20; Version is at 346 in it, LoudnessValue at 412,
     * LoudnessRange 414, MaxTruePeakLevel 416, MaxMomentaryLoudness 418, MaxShortTermLoudness 420.
     */
    @Test
    void aFileThatSaysHowLoudItIsHasBextVersion2() throws Exception {
        WavPlan plan = new WavPlan(STEREO, SampleEncoding.PCM16, 100_001, false, WavTags.NONE);
        Path one = folder.resolve("1.wav");
        Path two = folder.resolve("2.wav");
        WavWriter without = write(one, plan, null);
        WavWriter with = write(two, plan, LOUDNESS);
        byte[] expected = Files.readAllBytes(one);
        assertThat(without.sha256()).isEqualTo(sha256(expected));
        ByteBuffer patch = little(expected);
        patch.putShort(20 + 346, (short) 2);
        patch.putShort(20 + 412, (short) -2301);
        patch.putShort(20 + 414, (short) 450);
        patch.putShort(20 + 416, (short) -101);
        patch.putShort(20 + 418, (short) -1805);
        patch.putShort(20 + 420, (short) 0x7FFF);
        assertThat(Files.readAllBytes(two)).isEqualTo(expected);
        assertThat(with.sha256()).isEqualTo(sha256(expected));
    }

    /** round(100 · value), half away from zero; what is no number, or out of range, is 0x7FFF. */
    @Test
    void loudnessIsStoredInHundredths() {
        assertThat(new BroadcastLoudness(-22.625, 0.125, 0.125, -99.99, 99.994).fields())
                .containsExactly(-2263, 13, 13, -9999, 9999);
        assertThat(new BroadcastLoudness(-99.996, -0.01, 100, Double.NEGATIVE_INFINITY, Double.NaN).fields())
                .containsOnly(0x7FFF);
        assertThat(new BroadcastLoudness(-0.004, -0.004, 1e300, -1e300, -22.6449).fields())
                .containsExactly(0, 0, 0x7FFF, 0x7FFF, -2264);
    }

    @Test
    void onlyAFileCanSayHowLoudItIs() throws IOException {
        WavPlan plan = WavPlan.of(MONO, SampleEncoding.PCM16, 0);
        try (WavWriter stream =
                new WavWriter(Channels.newChannel(new ByteArrayOutputStream()), "out.wav", plan, ORIGIN)) {
            assertThatThrownBy(() -> stream.loudness(LOUDNESS))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("out.wav: ");
        }
        WavWriter closed = write(folder.resolve("closed.wav"), plan, LOUDNESS);
        assertThatThrownBy(() -> closed.loudness(LOUDNESS)).isInstanceOf(IllegalStateException.class);
    }

    /** Reading back 6 MB in pieces, of which each is read in no time. */
    @Test
    void settlingGoesPieceByPiece() throws Exception {
        WavPlan plan = WavPlan.of(STEREO, SampleEncoding.PCM24, 1_000_000);
        Path path = folder.resolve("pieces.wav");
        WavWriter writer = WavWriter.create(path, "out.wav", plan, ORIGIN);
        fill(writer, 2, 1_000_000);
        writer.loudness(LOUDNESS);
        long left = writer.settle();
        assertThat(left).isEqualTo(plan.fileBytes());
        assertThatThrownBy(() -> fill(writer, 2, 1)).hasMessageContaining("the file is closed");
        while (left > 0) {
            assertThatThrownBy(writer::sha256).isInstanceOf(IllegalStateException.class);
            long next = writer.settle();
            assertThat(next).isBetween(left - (1 << 18), left - 1);
            left = next;
        }
        String sha256 = writer.sha256();
        assertThat(writer.settle()).isZero();
        writer.close();
        assertThat(writer.sha256()).isEqualTo(sha256).isEqualTo(sha256(Files.readAllBytes(path)));
    }

    @Test
    void aFileThatIsGivenUpIsLeftAsItIs() throws IOException {
        WavPlan plan = WavPlan.of(MONO, SampleEncoding.PCM16, 1_000_000);
        Path path = folder.resolve("abandoned.wav");
        WavWriter writer = WavWriter.create(path, "out.wav", plan, ORIGIN);
        fill(writer, 1, 500_000);
        writer.abandon();
        long bytes = Files.size(path);
        assertThat(bytes).isLessThan(plan.fileBytes());
        writer.abandon();
        writer.close();
        assertThat(path).hasSize(bytes);
        assertThatThrownBy(writer::settle).hasMessage("out.wav: frame 500000: the file is closed");
        assertThatThrownBy(writer::sha256).isInstanceOf(IllegalStateException.class);
    }

    /** What is read back for the digest has to be what was written. */
    @Test
    void aFileThatSomeoneElseWritesToIsRefused() throws IOException {
        Path path = folder.resolve("shared.wav");
        WavWriter writer = WavWriter.create(path, "out.wav", WavPlan.of(MONO, SampleEncoding.PCM16, 2), ORIGIN);
        fill(writer, 1, 2);
        writer.loudness(LOUDNESS);
        try (FileChannel other = FileChannel.open(path, StandardOpenOption.WRITE)) {
            other.write(ByteBuffer.allocate(1), 10_000);
        }
        assertThatThrownBy(writer::close)
                .isInstanceOf(IOException.class)
                .hasMessage("out.wav: byte 10001: the file changed while it was written");
        assertThatThrownBy(writer::sha256).isInstanceOf(IllegalStateException.class);
    }

    /** Texts end in a NUL that counts, and are padded to even by one that does not. */
    @Test
    void tagsFollowTheData() throws IOException {
        Path path = folder.resolve("tags.wav");
        WavTags tags = new WavTags("Ä", "Éa", "ab", 7, "2026", "x\0y", "", "qz-abc-26-00001");
        write(path, new WavPlan(MONO, SampleEncoding.PCM24, 1, false, tags), null);
        ByteBuffer file = file(path);
        file.position(12 + 8 + 602 + 8 + 16);
        String list = hex("INFO")
                + (hex("INAM") + "03000000" + "c38400" + "00")
                + (hex("IART") + "04000000" + "c3896100")
                + (hex("IPRD") + "03000000" + "616200" + "00")
                + (hex("ITRK") + "02000000" + "3700")
                + (hex("ICRD") + "05000000" + "3230323600" + "00")
                + (hex("IGNR") + "04000000" + "78207900");
        String size = "%02x000000".formatted(list.length() / 2);
        String start = hex("data") + "03000000" + "000040" + "00" + hex("LIST") + size + list + hex("axml");
        String rest = rest(file);
        assertThat(rest).startsWith(start);
        assertThat(file.getInt(4)).isEqualTo(file.capacity() - 8);

        Map<String, byte[]> chunks = WavBytes.chunks(Files.readAllBytes(path));
        assertThat(chunks.keySet()).containsExactly("bext", "fmt ", "data", "LIST", "axml");
        assertThat(file.capacity() % 2).isZero();
    }

    /** EBU Tech 3352: an ebuCore document whose identifier is a GUID of the format ISRC. */
    @Test
    void theIsrcIsXml() throws Exception {
        Path path = folder.resolve("isrc.wav");
        WavTags tags = new WavTags(null, null, null, null, null, null, null, "QZ-ABC-26-00001");
        write(path, new WavPlan(MONO, SampleEncoding.PCM24, 2, false, tags), null);
        Map<String, byte[]> chunks = WavBytes.chunks(Files.readAllBytes(path));
        assertThat(chunks.keySet()).containsExactly("bext", "fmt ", "data", "axml");
        assertThat(new String(chunks.get("axml"), UTF_8).replace("><", ">\n<")).isEqualTo("""
                        <?xml version="1.0" encoding="UTF-8"?>
                        <ebucore:ebuCoreMain xmlns:dc="http://purl.org/dc/elements/1.1/"\
                         xmlns:ebucore="urn:ebu:metadata-schema:ebuCore_2012">
                        <ebucore:coreMetadata>
                        <ebucore:identifier typeLabel="GUID" typeDefinition="Globally Unique Identifier"\
                         formatLabel="ISRC" formatDefinition="International Standard Recording Code"\
                         formatLink="http://www.ebu.ch/metadata/cs/ebu_IdentifierTypeCodeCS.xml#3.7">
                        <dc:identifier>ISRC:QZABC2600001</dc:identifier>
                        </ebucore:identifier>
                        </ebucore:coreMetadata>
                        </ebucore:ebuCoreMain>""");
        assertThatThrownBy(() -> new WavTags(null, null, null, null, null, null, null, "QZ<ABC260001"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    static Stream<Arguments> described() {
        return shapes().flatMap(shape ->
                Stream.of(true, false).map(rf64 -> Arguments.of(shape.get()[0], shape.get()[1], rf64)));
    }

    /** Whatever stands around them, the samples are the same, and the file has the size that was planned. */
    @ParameterizedTest
    @MethodSource("described")
    void chunksAroundTheSamplesChangeNone(SampleEncoding encoding, int channels, boolean rf64) throws IOException {
        AudioFormat format = new AudioFormat(48_000, ChannelLayout.ofCount(channels));
        for (int frames : new int[] {0, 1, 7}) {
            WavPlan bare = WavPlan.of(format, encoding, frames);
            WavPlan full = new WavPlan(format, encoding, frames, rf64, TAGS);
            Path one = folder.resolve("bare.wav");
            Path two = folder.resolve("full.wav");
            write(one, bare, null);
            WavWriter writer = write(two, full, LOUDNESS);
            assertThat(Files.size(one)).isEqualTo(bare.fileBytes());
            assertThat(Files.size(two)).isEqualTo(full.fileBytes());
            byte[] bytes = Files.readAllBytes(two);
            assertThat(writer.sha256()).isEqualTo(sha256(bytes));
            Map<String, byte[]> expected = WavBytes.chunks(Files.readAllBytes(one));
            Map<String, byte[]> chunks = WavBytes.chunks(bytes);
            assertThat(chunks.get("data"))
                    .isEqualTo(expected.get("data"))
                    .hasSize(frames * channels * encoding.bytes());
            assertThat(chunks.get("fmt ")).isEqualTo(expected.get("fmt "));
            assertThat(bextLoudness(chunks)).containsExactly(2, -2301, 450, -101, -1805, 0x7FFF);
            assertThat(WavFile.of(two).frames()).isEqualTo(frames);
            assertThat(WavFile.of(two).warnings()).isEmpty();
            assertThat(WavFile.of(two).format()).isEqualTo(format);
        }
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
        assertThat(Files.size(path))
                .isEqualTo(WavPlan.of(format, encoding, frames).fileBytes());
        assertThat(writer.sha256()).isEqualTo(sha256(Files.readAllBytes(path)));

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
        try (WavWriter writer = writer(new ByteArrayOutputStream(), MONO, SampleEncoding.PCM16, 0)) {
            assertThat(writer).isNotNull();
        }
        WavWriter writer = writer(new ByteArrayOutputStream(), MONO, SampleEncoding.PCM24, 5);
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
        WavWriter writer = new WavWriter(full, "out.wav", WavPlan.of(MONO, SampleEncoding.PCM16, 1_000_000), ORIGIN);
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
    private static ByteBuffer bytes(AudioFormat format, SampleEncoding encoding, int frames) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (WavWriter writer = writer(out, format, encoding, frames)) {
            fill(writer, format.channels(), frames);
        }
        return little(out.toByteArray());
    }

    private static void fill(WavWriter writer, int channels, int frames) throws IOException {
        if (frames > 0) {
            AudioBlock block = new AudioBlock(channels, frames);
            for (int c = 0; c < channels; c++) {
                Arrays.fill(block.channel(c), c % 2 == 0 ? 0.5 : -0.5);
            }
            writer.write(block, frames);
        }
    }

    private static WavWriter write(Path path, WavPlan plan, @Nullable BroadcastLoudness loudness) throws IOException {
        WavWriter writer = WavWriter.create(path, "out.wav", plan, ORIGIN);
        try (writer) {
            fill(writer, plan.format().channels(), (int) plan.frames());
            if (loudness != null) {
                writer.loudness(loudness);
            }
        }
        return writer;
    }

    private static ByteBuffer file(Path path) throws IOException {
        return little(Files.readAllBytes(path));
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static String sha256(byte[] file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** Version and the five fields of loudness. */
    private static int[] bextLoudness(Map<String, byte[]> chunks) {
        ByteBuffer bext = little(Objects.requireNonNull(chunks.get("bext")));
        return IntStream.of(346, 412, 414, 416, 418, 420).map(bext::getShort).toArray();
    }

    private static WavWriter writer(ByteArrayOutputStream out, AudioFormat format, SampleEncoding encoding, int frames)
            throws IOException {
        return new WavWriter(Channels.newChannel(out), "test.wav", WavPlan.of(format, encoding, frames), ORIGIN);
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
