package io.mixgraph.wav;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.FrameSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a file holds, it is read or refused with an {@link IOException}; nothing else, and never without end. */
class WavFuzzTest {
    private static final int BLOCK = 1000;

    /** The seeds are in the resource folder of this class's name. */
    @FuzzTest
    void anyBytesAreReadOrRefused(byte[] bytes) throws IOException {
        Path path = Files.createTempFile("fuzz", ".wav");
        try {
            readOrRefuse(path, bytes);
        } finally {
            Files.delete(path);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "extensible24",
                "float32_fact_list",
                "odd_bext",
                "pcm16_stereo",
                "rf64",
                "rf64_tags",
                "streamed",
                "tags_axml"
            })
    void mutatedFilesAreReadOrRefused(String seed, @TempDir Path folder) throws IOException {
        byte[] good;
        try (InputStream in =
                WavFuzzTest.class.getResourceAsStream("WavFuzzTestInputs/anyBytesAreReadOrRefused/" + seed + ".wav")) {
            assertThat(in).isNotNull();
            good = in.readAllBytes();
        }
        byte[] extremes = {0, 1, 2, 3, 0x7F, (byte) 0x80, (byte) 0xFE, (byte) 0xFF};
        SplittableRandom random = new SplittableRandom(seed.hashCode());
        for (int round = 0; round < 150; round++) {
            byte[] bytes = Arrays.copyOf(good, random.nextInt(8) == 0 ? random.nextInt(good.length + 9) : good.length);
            for (int edits = random.nextInt(4); edits >= 0 && bytes.length > 0; edits--) {
                int at = random.nextInt(bytes.length);
                int length = Math.min(bytes.length - at, 1 + random.nextInt(4));
                byte value =
                        random.nextBoolean() ? extremes[random.nextInt(extremes.length)] : (byte) random.nextInt(256);
                Arrays.fill(bytes, at, at + length, value);
            }
            readOrRefuse(folder.resolve("fuzz.wav"), bytes);
        }
    }

    private static void readOrRefuse(Path path, byte[] bytes) throws IOException {
        Files.write(path, bytes);
        try {
            WavFile file = WavFile.of(path, "fuzz.wav");
            int channels = file.format().channels();
            assertThat(file.frames() * channels * file.encoding().bytes()).isBetween(0L, (long) bytes.length);
            AudioBlock block = new AudioBlock(channels, BLOCK);
            long left = file.frames();
            try (FrameSource source = file.open(0)) {
                while (left > 0) {
                    int count = source.read(block, BLOCK);
                    assertThat(count).isEqualTo((int) Math.min(BLOCK, left));
                    left -= count;
                }
                assertThat(source.read(block, BLOCK)).isZero();
            }
        } catch (IOException e) {
            assertThat(e).hasMessageStartingWith("fuzz.wav: ");
        }
    }
}
