package io.mixgraph.codecs;

import static org.assertj.core.api.Assertions.assertThat;

import io.mixgraph.audio.SampleEncoding;
import io.mixgraph.model.FileFormat.Container;
import io.mixgraph.render.PlannedFile;
import io.mixgraph.render.RenderTarget.Encoded;
import io.mixgraph.render.RenderTarget.FileSink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LosslessEncodingTest {
    @TempDir
    Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource({
        "FLAC, PCM16, 44100, 2", "FLAC, PCM16, 48000, 1", "FLAC, PCM24, 48000, 2", "FLAC, PCM24, 44100, 1",
        "FLAC, PCM24, 8000, 2", "FLAC, PCM24, 88200, 2", "FLAC, PCM24, 192000, 2", "FLAC, PCM16, 12345, 1",
        "ALAC, PCM16, 44100, 2", "ALAC, PCM16, 48000, 1", "ALAC, PCM24, 48000, 2", "ALAC, PCM24, 44100, 1",
        "ALAC, PCM24, 8000, 2", "ALAC, PCM24, 96000, 2", "ALAC, PCM24, 192000, 2", "ALAC, PCM16, 12345, 1"
    })
    void whatWentInComesBack(Container container, SampleEncoding encoding, int rate, int channels) throws IOException {
        for (int frames : new int[] {1, 2, 15, 17, 4095, 4096, 4097, 4608, 4609, rate * 2 / 5, 23_456}) {
            PlannedFile file = Encoding.planned(container, encoding, rate, channels, frames);
            double[][] sound = Encoding.sound(file, frames);
            extremes(sound, encoding);
            Path path = folder.resolve(frames + "." + container.extension());
            FileSink sink = Encoding.write(path, file, sound, 1_000);
            DecodedFile decoded = Codecs.open(path, "it");
            assertThat(decoded.format()).isEqualTo(file.format());
            assertThat(decoded.frames()).as("frames of %d", frames).isEqualTo(frames);
            assertThat(Encoding.read(decoded)).as("%d frames", frames).isDeepEqualTo(sound);
            assertThat(Encoding.found(decoded).warnings()).isEmpty();
            Encoded encoded = Objects.requireNonNull(sink.encoded());
            assertThat(encoded.delayFrames()).isZero();
            assertThat(encoded.decodedTruePeakDbtp()).isNaN();
            assertThat(encoded.encoder())
                    .matches("Lavc\\d+\\.\\d+\\.\\d+ " + container.name().toLowerCase(java.util.Locale.ROOT));
            assertThat(encoded.pcmSha256()).isEqualTo(sha256(pcm(sound, encoding)));
        }
    }

    /** The highest and the lowest sample, where a wrong shift or sign shows. */
    private static void extremes(double[][] sound, SampleEncoding encoding) {
        for (double[] channel : sound) {
            channel[channel.length / 2] = -1.0;
            channel[channel.length / 3] = 1.0 - StrictMath.scalb(1.0, 1 - encoding.bits());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"FLAC", "ALAC", "STEM_MP4"})
    void theBytesAreTheSameOnEveryRunAndForAllBlocks(Container container) throws IOException {
        PlannedFile file = Encoding.planned(container, SampleEncoding.PCM24, 48_000, 2, 30_001);
        double[][] sound = Encoding.sound(file, 3);
        byte[] first = new byte[0];
        for (int blockFrames : new int[] {4_096, 4_096, 1, 7, 480, 65_536}) {
            Path path = folder.resolve("it-" + blockFrames);
            FileSink sink = Encoding.write(path, file, sound, blockFrames);
            byte[] bytes = Files.readAllBytes(path);
            assertThat(sink.sha256()).isEqualTo(sha256(bytes));
            first = first.length == 0 ? bytes : first;
            assertThat(Arrays.equals(bytes, first))
                    .as("blocks of %d", blockFrames)
                    .isTrue();
            Files.delete(path);
        }
        assertThat(first).isNotEmpty();
    }

    @Test
    void manyFilesOnManyThreadsAreTheSame() throws Exception {
        List<Container> containers = List.of(
                Container.FLAC, Container.ALAC, Container.MP3, Container.AAC, Container.OPUS, Container.STEM_MP4);
        List<String> alone = new ArrayList<>();
        for (Container container : containers) {
            alone.add(made(container, "alone"));
        }
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<String>> together = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                String name = "together-" + i;
                Container container = containers.get(i % containers.size());
                together.add(threads.submit(() -> made(container, name)));
            }
            for (int i = 0; i < together.size(); i++) {
                assertThat(together.get(i).get())
                        .as("%s", containers.get(i % containers.size()))
                        .isEqualTo(alone.get(i % containers.size()));
            }
        } finally {
            threads.shutdown();
        }
    }

    /** The digest of a file of some sound. */
    private String made(Container container, String name) throws IOException {
        PlannedFile file = Encoding.planned(container, (SampleEncoding) null, 48_000, 2, 30_001);
        return Objects.requireNonNull(Encoding.write(folder.resolve(name), file, Encoding.sound(file, 3), 480)
                .sha256());
    }

    @Test
    void flacSaysItsLengthAndTheDigestOfItsSamples() throws Exception {
        PlannedFile file = Encoding.planned(Container.FLAC, SampleEncoding.PCM16, 44_100, 2, 10_000);
        double[][] sound = Encoding.sound(file, 5);
        Path path = folder.resolve("it.flac");
        Encoding.write(path, file, sound, 512);
        byte[] bytes = Files.readAllBytes(path);
        // RFC 9639, 8.2: total samples are the low 36 bits before the MD5, which is the last 16 of 34 bytes.
        int body = 8;
        long samples = 0;
        for (int i = body + 13; i < body + 18; i++) {
            samples = (samples << 8) | (bytes[i] & 0xFF);
        }
        assertThat(samples & 0xFFFFFFFFFL).isEqualTo(10_000);
        byte[] md5 = MessageDigest.getInstance("MD5").digest(pcm(sound, SampleEncoding.PCM16));
        assertThat(Arrays.copyOfRange(bytes, body + 18, body + 34)).isEqualTo(md5);
    }

    @Test
    void nothingStaysBesideTheFile() throws IOException {
        PlannedFile file = Encoding.planned(Container.FLAC, SampleEncoding.PCM16, 44_100, 2, 10_000);
        Encoding.write(folder.resolve("it.flac"), file, Encoding.sound(file, 5), 512);
        try (Stream<Path> all = Files.list(folder)) {
            assertThat(all).containsExactly(folder.resolve("it.flac"));
        }
    }

    /** Interleaved little-endian integers, written out on its own. */
    private static byte[] pcm(double[][] sound, SampleEncoding encoding) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < sound[0].length; i++) {
            for (double[] channel : sound) {
                long value = (long) (channel[i] * StrictMath.pow(2.0, encoding.bits() - 1));
                for (int b = 0; b < encoding.bytes(); b++) {
                    out.write((int) (value >> (8 * b)));
                }
            }
        }
        return out.toByteArray();
    }

    private static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(Ffmpeg.sha256().digest(bytes));
    }
}
