package io.mixgraph.codecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.SampleEncoding;
import io.mixgraph.model.FileFormat;
import io.mixgraph.model.FileFormat.Container;
import io.mixgraph.model.Tags;
import io.mixgraph.render.PlannedFile;
import io.mixgraph.render.RenderTarget.FileSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.global.avcodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EncodingFaultsTest {
    @TempDir
    Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "OPUS | | 0 | 44100 | 2 | opus takes 48000, 24000, 16000, 12000 or 8000 frames per second, not 44100;"
                        + " set sample_rate: 48000 on the deliverable or on output",
                "OPUS | | 0 | 96000 | 2 | set sample_rate: 48000",
                "OPUS | | 0 | 22050 | 2 | set sample_rate: 24000",
                "OPUS | | 640 | 48000 | 2 | opus takes at most 512 kbit/s for 2 channels",
                "OPUS | | 512 | 48000 | 1 | set bitrate_kbps: 256 or less",
                "MP3 | | 0 | 96000 | 2 | set sample_rate: 48000",
                "MP3 | | 0 | 88200 | 2 | set sample_rate: 44100",
                "MP3 | | 321 | 48000 | 2 | not 321; set bitrate_kbps to one of them",
                "MP3 | | 0 | 24000 | 2 | mp3 at 24000 frames per second has 8, 16,",
                "AAC | | 0 | 192000 | 2 | set sample_rate: 96000",
                "AAC | | 640 | 48000 | 2 | aac takes at most 576 kbit/s",
                "STEM_MP4 | | 0 | 176400 | 2 | set sample_rate: 88200",
                "FLAC | FLOAT32 | 0 | 48000 | 2 | flac holds integers, not float32; set encoding: pcm24",
                "ALAC | FLOAT32 | 0 | 48000 | 2 | alac holds integers",
                "MP3 | PCM16 | 0 | 48000 | 2 | mp3 is made of float32, not of pcm16; leave encoding out",
                "FLAC | | 0 | 100001 | 2 | only if 10 divides them",
                "FLAC | | 0 | 48000 | 6 | in mono or stereo, not in 6 channels"
            })
    void whatCannotBeWrittenIsRefusedEarlyWithWhatToDo(
            Container container, SampleEncoding encoding, int kbps, int rate, int channels, String sentence)
            throws IOException {
        FileFormat format = new FileFormat(container, encoding, null, kbps == 0 ? null : kbps);
        assertThat(Codecs.problemWith(format, rate, channels)).contains(sentence);
        if (channels <= 2) {
            PlannedFile file = Encoding.planned(format, rate, channels, 100);
            assertThatThrownBy(() -> Codecs.encoder(null).open(folder.resolve("it"), "songs/it", file, Tags.NONE))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("songs/it: ")
                    .hasMessageContaining(sentence);
        }
        assertNothingIsLeft();
    }

    @Test
    void everyFormatCanBeWrittenAsItIsByDefault() {
        for (Container container : Container.values()) {
            FileFormat format = new FileFormat(container, null, null, null);
            assertThat(Codecs.problemWith(format, 48_000, 2)).isNull();
            assertThat(Codecs.problemWith(format, 48_000, 1)).isNull();
        }
        for (int rate = 8_000; rate <= 65_535; rate += 997) {
            assertThat(Codecs.problemWith(new FileFormat(Container.FLAC, null, null, null), rate, 2))
                    .isNull();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FLAC", "ALAC", "MP3", "AAC", "OPUS", "STEM_MP4"})
    void whatIsAbandonedLeavesNothing(Container container) throws IOException {
        PlannedFile file = Encoding.planned(container, (SampleEncoding) null, 48_000, 2, 20_000);
        FileSink sink = Codecs.encoder(null).open(folder.resolve("it"), "songs/it", file, Tags.NONE);
        sink.write(new AudioBlock(2 * (1 + file.streams().size()), 15_000), 15_000);
        assertThatThrownBy(sink::settle)
                .isInstanceOf(IOException.class)
                .hasMessage("songs/it: frame 15000: ended before the 20000 frames announced");
        sink.close();
        assertNothingIsLeft();
        sink.close();
        assertThat(sink.sha256()).isNull();
        assertThat(sink.encoded()).isNull();
        assertThatThrownBy(() -> sink.write(new AudioBlock(2, 1), 1)).hasMessageContaining("the file is closed");
    }

    /** No piece leaves more to do; given up after any of them, nothing is left behind. */
    @ParameterizedTest
    @EnumSource(names = {"FLAC", "ALAC", "MP3", "AAC", "OPUS", "STEM_MP4"})
    void settlingGoesPieceByPieceAndCanBeGivenUp(Container container) throws IOException {
        PlannedFile file = Encoding.planned(container, (SampleEncoding) null, 48_000, 2, 20_000);
        int pieces = pieces(file, Integer.MAX_VALUE);
        assertThat(pieces).isGreaterThan(3);
        Files.delete(folder.resolve("it"));
        for (int stopAfter = 0; stopAfter < pieces; stopAfter++) {
            pieces(file, stopAfter);
            assertNothingIsLeft();
        }
    }

    /** Writes a file and settles it in so many pieces at most; returns how many it took. */
    private int pieces(PlannedFile file, int most) throws IOException {
        double[][] sound = Encoding.sound(file, 7);
        AudioBlock block = new AudioBlock(sound.length, (int) file.frames());
        for (int c = 0; c < sound.length; c++) {
            System.arraycopy(sound[c], 0, block.channel(c), 0, sound[c].length);
        }
        try (FileSink sink = Codecs.encoder(null).open(folder.resolve("it"), "songs/it", file, Tags.NONE)) {
            sink.write(block, block.capacity());
            long left = Long.MAX_VALUE;
            int pieces = 0;
            while (left > 0 && pieces < most) {
                long next = sink.settle();
                assertThat(next).as("what is left after piece %d", pieces).isLessThanOrEqualTo(left);
                left = next;
                pieces++;
            }
            return pieces;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "FLAC, PCM16, 1",
        "FLAC, PCM24, 1",
        "ALAC, PCM16, -1.0001",
        "MP3, FLOAT32, NaN",
        "AAC, FLOAT32, Infinity"
    })
    void aSampleThatTheEncodingDoesNotHoldIsAnErrorAndNoFile(Container container, SampleEncoding encoding, double value)
            throws IOException {
        PlannedFile file = Encoding.planned(container, encoding, 48_000, 1, 100);
        FileSink sink = Codecs.encoder(null).open(folder.resolve("it"), "songs/it", file, Tags.NONE);
        AudioBlock block = new AudioBlock(1, 100);
        block.channel(0)[70] = value;
        assertThatThrownBy(() -> sink.write(block, 100))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("songs/it: frame 0: ")
                .hasMessageContaining("lower the gain");
        assertThatThrownBy(sink::settle).isInstanceOf(IOException.class);
        sink.close();
        assertNothingIsLeft();
    }

    @Test
    void moreFramesThanAnnouncedAreRefused() throws IOException {
        PlannedFile file = Encoding.planned(Container.FLAC, SampleEncoding.PCM16, 48_000, 1, 100);
        FileSink sink = Codecs.encoder(null).open(folder.resolve("it"), "songs/it", file, Tags.NONE);
        assertThatThrownBy(() -> sink.write(new AudioBlock(1, 101), 101))
                .isInstanceOf(IOException.class)
                .hasMessage("songs/it: frame 100: more frames than announced");
        sink.write(new AudioBlock(1, 100), 100);
        Encoding.settle(sink);
        sink.close();
        assertThat(Codecs.open(folder.resolve("it"), "it").frames()).isEqualTo(100);
    }

    @Test
    void anEmptyFileIsRefused() {
        PlannedFile file = Encoding.planned(Container.MP3, (SampleEncoding) null, 48_000, 2, 0);
        assertThatThrownBy(() -> Codecs.encoder(null).open(folder.resolve("it"), "songs/it", file, Tags.NONE))
                .isInstanceOf(IOException.class)
                .hasMessage("songs/it: a compressed file cannot be empty; write wav");
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamed() throws IOException {
        PlannedFile file = Encoding.planned(Container.MP3, (SampleEncoding) null, 48_000, 2, 100);
        Path noFolder = Files.createFile(folder.resolve("file"));
        for (Path path : new Path[] {noFolder.resolve("it.mp3"), folder.resolve("none/it.mp3")}) {
            assertThatThrownBy(() -> Codecs.encoder(null).open(path, "songs/it.mp3", file, Tags.NONE))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("songs/it.mp3: frame 0: cannot be made: ");
        }
    }

    /** A device of Linux that is always full stands for the disk; the packets go beside the link to it. */
    @ParameterizedTest
    @EnumSource(names = {"FLAC", "ALAC", "MP3", "AAC", "OPUS", "STEM_MP4"})
    void aFullDiskIsNamedWithTheFrame(Container container) throws IOException {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "this system has no /dev/full");
        Path link = Files.createSymbolicLink(folder.resolve("it"), full);
        PlannedFile file = Encoding.planned(container, (SampleEncoding) null, 48_000, 2, 30_000);
        double[][] sound = Encoding.sound(file, 1);
        assertThatThrownBy(() -> Encoding.write(link, file, sound, 1_000))
                .isInstanceOf(IOException.class)
                .hasMessageMatching("it: frame \\d+: cannot be written: .*(?i:no space left on device).*");
        assertNothingIsLeft();
    }

    @Test
    void aDiskThatFillsWhileEncodingIsPassedOn() {
        SeekableByteChannel full = new FullChannel();
        try (PacketSpool spool = new PacketSpool(full)) {
            AVPacket packet = avcodec.av_packet_alloc();
            avcodec.av_new_packet(packet, 100_000);
            try {
                assertThatThrownBy(() -> spool.add(0, packet))
                        .isInstanceOf(IOException.class)
                        .hasMessage("No space left on device");
            } finally {
                avcodec.av_packet_free(packet);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        assertThat(full.isOpen()).isFalse();
    }

    private void assertNothingIsLeft() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            assertThat(all).isEmpty();
        }
    }

    private static final class FullChannel implements SeekableByteChannel {
        private boolean open = true;

        @Override
        public int write(ByteBuffer from) throws IOException {
            throw new IOException("No space left on device");
        }

        @Override
        public int read(ByteBuffer to) {
            return -1;
        }

        @Override
        public long position() {
            return 0;
        }

        @Override
        public SeekableByteChannel position(long position) {
            return this;
        }

        @Override
        public long size() {
            return 0;
        }

        @Override
        public SeekableByteChannel truncate(long size) {
            return this;
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public void close() {
            open = false;
        }
    }
}
