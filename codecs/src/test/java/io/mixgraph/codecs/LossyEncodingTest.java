package io.mixgraph.codecs;

import static org.assertj.core.api.Assertions.assertThat;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.SampleEncoding;
import io.mixgraph.loudness.LoudnessMeter;
import io.mixgraph.model.FileFormat;
import io.mixgraph.model.FileFormat.Container;
import io.mixgraph.render.PlannedFile;
import io.mixgraph.render.RenderTarget.Encoded;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LossyEncodingTest {
    @TempDir
    Path folder = Path.of("");

    /** The delays: LAME's 576 and the decoder's 529; one frame of AAC; 6.5 ms of Opus. */
    @ParameterizedTest
    @CsvSource({
        "MP3, 320, 44100, 2, 1105", "MP3, 320, 48000, 1, 1105", "MP3, 128, 32000, 2, 1105", "MP3, 160, 24000, 2, 1105",
        "MP3, 64, 8000, 1, 1105", "AAC, 256, 44100, 2, 1024", "AAC, 256, 48000, 1, 1024", "AAC, 256, 48000, 2, 1024",
        "AAC, 320, 96000, 2, 1024", "AAC, 96, 22050, 1, 1024", "AAC, 48, 8000, 1, 1024", "OPUS, 192, 48000, 2, 312",
        "OPUS, 96, 48000, 1, 312", "OPUS, 510, 48000, 2, 312"
    })
    void everyFrameIsThereAndInItsPlace(Container container, int kbps, int rate, int channels, int delay)
            throws IOException {
        int[] lengths = {1, 2, 3, 46, 47, 575, 1023, 1024, 1025, 1152, 1153, rate * 2 / 5, 23_457};
        for (int frames : lengths) {
            PlannedFile file = Encoding.planned(new FileFormat(container, null, null, kbps), rate, channels, frames);
            double[][] sound = Encoding.sound(file, frames);
            Path path = folder.resolve(frames + "." + container.extension());
            Encoded encoded = Objects.requireNonNull(
                    Encoding.write(path, file, sound, 997).encoded());
            assertThat(encoded.delayFrames()).isEqualTo(delay);
            DecodedFile decoded = Codecs.open(path, "it");
            assertThat(decoded.format()).isEqualTo(file.format());
            assertThat(decoded.frames()).as("frames of %d", frames).isEqualTo(frames);
            double[][] heard = Encoding.read(decoded);
            assertThat(Encoding.found(decoded).warnings())
                    .as("%d frames", frames)
                    .isEmpty();
            for (int c = 0; c < channels && frames > 3_000; c++) {
                assertThat(Encoding.shift(heard[c], sound[c]))
                        .as("%d frames", frames)
                        .isZero();
                assertThat(Encoding.errorDb(heard[c], sound[c]))
                        .as("%d frames", frames)
                        .isLessThan(-8.0);
            }
        }
    }

    /** Opus decodes at 48000 whatever it was made of (RFC 7845, 5.1). */
    @ParameterizedTest
    @CsvSource({"24000, 156", "16000, 104", "12000, 78", "8000, 52"})
    void opusOfALowerRateComesBackAt48000(int rate, int delay) throws IOException {
        int times = 48_000 / rate;
        PlannedFile file = Encoding.planned(Container.OPUS, null, rate, 2, 20_011);
        double[][] sound = Encoding.sound(file, 3);
        Path path = folder.resolve("it.opus");
        Encoded encoded =
                Objects.requireNonNull(Encoding.write(path, file, sound, 997).encoded());
        assertThat(encoded.delayFrames()).isEqualTo(delay);
        DecodedFile decoded = Codecs.open(path, "it");
        assertThat(decoded.format().sampleRate()).isEqualTo(48_000);
        assertThat(decoded.frames()).isEqualTo(20_011L * times);
        double[] heard = Encoding.read(decoded)[0];
        double[] every = new double[20_011];
        for (int i = 0; i < every.length; i++) {
            every[i] = heard[i * times];
        }
        assertThat(Encoding.shift(every, sound[0])).isZero();
    }

    @Test
    void mp3DeclaresDelayAndPaddingInItsInfoTag() throws IOException {
        for (int frames : new int[] {1, 1_000, 23_457}) {
            byte[] bytes = write(Container.MP3, 44_100, frames);
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            int info = text.indexOf("Info");
            assertThat(info).isPositive();
            ByteBuffer tag = ByteBuffer.wrap(bytes);
            assertThat(tag.getInt(info + 4) & 3).as("has frames and bytes").isEqualTo(3);
            int packets = tag.getInt(info + 8);
            // "LAME" extension: 120 bytes after "Info"; delay and padding are 12 bits each, 21 bytes into it.
            int at = info + 120 + 21;
            int both = ((bytes[at] & 0xFF) << 16) | ((bytes[at + 1] & 0xFF) << 8) | (bytes[at + 2] & 0xFF);
            int delay = both >> 12;
            int padding = both & 0xFFF;
            assertThat(delay).isEqualTo(576);
            assertThat(packets * 1152 - delay - padding).isEqualTo(frames);
        }
    }

    @Test
    void mp4DeclaresDelayAndLengthInItsEditList() throws IOException {
        for (int frames : new int[] {1, 1_025, 23_457}) {
            byte[] bytes = write(Container.AAC, 44_100, frames);
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            ByteBuffer boxes = ByteBuffer.wrap(bytes);
            // ISO/IEC 14496-12, 8.2.2: the movie's time scale is 12 bytes into the body; 8.6.6: one edit.
            assertThat(boxes.getInt(text.indexOf("mvhd") + 4 + 12)).isEqualTo(44_100);
            int list = text.indexOf("elst") + 4;
            assertThat(boxes.getInt(list)).as("version and flags").isZero();
            assertThat(boxes.getInt(list + 4)).as("edits").isEqualTo(1);
            assertThat(boxes.getInt(list + 8)).as("duration").isEqualTo(frames);
            assertThat(boxes.getInt(list + 12)).as("start in the media").isEqualTo(1024);
        }
    }

    @Test
    void aacDeclaresDelayPaddingAndLengthAsITunesDoes() throws IOException {
        for (int frames : new int[] {1, 1_024, 1_025, 23_457}) {
            write(Container.AAC, 44_100, frames);
            Metadata found = Metadata.of(folder.resolve("it.m4a"));
            String[] words =
                    Objects.requireNonNull(found.tags().get("ITUNSMPB")).strip().split(" ", -1);
            assertThat(words).hasSize(4);
            assertThat(Integer.parseInt(words[1], 16)).isEqualTo(1024);
            assertThat(Integer.parseInt(words[3], 16)).isEqualTo(frames);
            int coded = 1024 + Integer.parseInt(words[2], 16) + frames;
            assertThat(coded % 1024).isZero();
            // ISO/IEC 14496-12, 8.7.3: how many packets there are.
            byte[] bytes = Files.readAllBytes(folder.resolve("it.m4a"));
            int sizes = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("stsz") + 4;
            assertThat(ByteBuffer.wrap(bytes).getInt(sizes + 8)).isEqualTo(coded / 1024);
        }
    }

    @Test
    void opusDeclaresPreSkipAndEnd() throws IOException {
        for (int frames : new int[] {1, 960, 23_457}) {
            byte[] bytes = write(Container.OPUS, 48_000, frames);
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            ByteBuffer pages = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            // RFC 7845, 5.1: pre-skip, output gain; 4.5: the last position counts pre-skip.
            int head = text.indexOf("OpusHead");
            assertThat(pages.getShort(head + 10)).isEqualTo((short) 312);
            assertThat(pages.getShort(head + 16)).as("output gain").isZero();
            assertThat(pages.getLong(text.lastIndexOf("OggS") + 6)).isEqualTo(312 + frames);
        }
    }

    private byte[] write(Container container, int rate, int frames) throws IOException {
        PlannedFile file = Encoding.planned(container, null, rate, 2, frames);
        Path path = folder.resolve("it." + container.extension());
        Encoding.write(path, file, Encoding.sound(file, 3), 997);
        return Files.readAllBytes(path);
    }

    @ParameterizedTest
    @CsvSource({"MP3, 48000", "AAC, 48000", "OPUS, 48000"})
    void noVersionOfALibraryStandsInTheFile(Container container, int rate) throws IOException {
        String text = new String(write(container, rate, 5_000), StandardCharsets.ISO_8859_1);
        assertThat(text).doesNotContainPattern("Lavf\\d|Lavc\\d|libopus \\d");
    }

    @ParameterizedTest
    @CsvSource({"MP3, libmp3lame", "AAC, aac", "OPUS, libopus"})
    void theTruePeakIsThatOfWhatComesBackAndTheDigestThatOfWhatWentIn(Container container, String encoder)
            throws IOException {
        PlannedFile file = Encoding.planned(container, null, 48_000, 2, 9_001);
        double[][] sound = Encoding.sound(file, 3);
        Path path = folder.resolve("it");
        Encoded encoded =
                Objects.requireNonNull(Encoding.write(path, file, sound, 997).encoded());
        assertThat(encoded.encoder()).matches("Lavc\\d+\\.\\d+\\.\\d+ " + encoder);
        double[][] heard = Encoding.read(Codecs.open(path, "it"));
        AudioBlock block = new AudioBlock(2, 9_001);
        for (int c = 0; c < 2; c++) {
            System.arraycopy(heard[c], 0, block.channel(c), 0, 9_001);
        }
        LoudnessMeter meter = new LoudnessMeter(file.format());
        meter.process(block, 9_001);
        assertThat(encoded.decodedTruePeakDbtp())
                .isCloseTo(meter.result().truePeakDbtp(), Offset.offset(1e-9))
                .isFinite();
        ByteBuffer pcm = ByteBuffer.allocate(9_001 * 8).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 9_001; i++) {
            pcm.putFloat((float) sound[0][i]).putFloat((float) sound[1][i]);
        }
        assertThat(encoded.pcmSha256())
                .isEqualTo(HexFormat.of().formatHex(Ffmpeg.sha256().digest(pcm.array())));
    }

    @Test
    void silenceIsWrittenToo() throws IOException {
        for (Container container : new Container[] {Container.MP3, Container.AAC, Container.OPUS, Container.FLAC}) {
            PlannedFile file = Encoding.planned(container, (SampleEncoding) null, 48_000, 2, 10_000);
            Path path = folder.resolve("it." + container.extension());
            Encoding.write(path, file, new double[2][10_000], 997);
            assertThat(Codecs.open(path, "it").frames()).as("%s", container).isEqualTo(10_000);
        }
    }
}
