package io.mixgraph.wav;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.FrameSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenFilesTest {
    /** So that every file takes several reads of the disk. */
    private static final int FRAMES = 100_000;

    private static final int BLOCK = 1000;

    @TempDir
    Path folder;

    @Test
    void moreAreReadInTurnThanMayBeOpen() throws IOException {
        OpenFiles files = new OpenFiles(3);
        List<FrameSource> streams = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            streams.add(wav(i, files).open(0));
        }
        AudioBlock block = new AudioBlock(1, BLOCK);
        for (int at = 0; at < FRAMES; at += BLOCK) {
            for (int i = 0; i < streams.size(); i++) {
                assertThat(streams.get(i).read(block, BLOCK)).isEqualTo(BLOCK);
                assertThat(block.channel(0)).containsOnly(sample(i));
            }
        }
        for (FrameSource stream : streams) {
            stream.close();
        }
        assertThat(files.peak()).isEqualTo(3);
    }

    @Test
    void whatIsClosedMakesRoom() throws IOException {
        OpenFiles files = new OpenFiles(2);
        for (int i = 0; i < 4; i++) {
            try (FrameSource stream = wav(i, files).open(0)) {
                assertThat(stream.read(new AudioBlock(1, BLOCK), BLOCK)).isEqualTo(BLOCK);
            }
        }
        assertThat(files.peak()).isEqualTo(1);
    }

    @Test
    void moreThreadsThanPlacesWaitForEachOther() throws Exception {
        OpenFiles files = new OpenFiles(2);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Boolean>> right = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                int which = i;
                WavFile file = wav(i, files);
                right.add(threads.submit(() -> holds(file, sample(which))));
            }
            for (Future<Boolean> one : right) {
                assertThat(one.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(files.peak()).isLessThanOrEqualTo(2);
    }

    private static boolean holds(WavFile file, double sample) throws IOException {
        AudioBlock block = new AudioBlock(1, BLOCK);
        try (FrameSource stream = file.open(0)) {
            for (int at = 0; at < FRAMES; at += BLOCK) {
                boolean whole = stream.read(block, BLOCK) == BLOCK;
                for (double one : block.channel(0)) {
                    whole &= one == sample;
                }
                if (!whole) {
                    return false;
                }
            }
        }
        return true;
    }

    @Test
    void aFileThatChangedSinceItsHeaderWasReadIsRefused() throws IOException {
        WavFile file = wav(1, new OpenFiles(1));
        touch(file);
        assertChanged(file.open(0), file.name() + ": frame 0: ");
    }

    @Test
    void aFileThatChangedWhileOthersWereReadIsRefused() throws IOException {
        OpenFiles files = new OpenFiles(1);
        WavFile file = wav(1, files);
        FrameSource stream = file.open(0);
        assertThat(stream.read(new AudioBlock(1, BLOCK), BLOCK)).isEqualTo(BLOCK);
        touch(file);
        // It is open still, and what is open is what it was.
        assertThat(stream.read(new AudioBlock(1, FRAMES), FRAMES / 2)).isEqualTo(FRAMES / 2);
        try (FrameSource other = wav(2, files).open(0)) {
            assertThat(other.read(new AudioBlock(1, BLOCK), BLOCK)).isEqualTo(BLOCK);
        }
        assertChanged(stream, file.name() + ": frame ");
    }

    private static void assertChanged(FrameSource stream, String place) {
        assertThatThrownBy(() -> stream.read(new AudioBlock(1, FRAMES), FRAMES / 2))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(place)
                .hasMessageEndingWith(": was changed while it was in use; try again when it is whole");
    }

    private static void touch(WavFile file) throws IOException {
        Files.setLastModifiedTime(Path.of(file.name()), FileTime.fromMillis(1_000));
    }

    /** A file of one value. */
    private WavFile wav(int which, OpenFiles files) throws IOException {
        WavBytes bytes = WavBytes.riff(36 + 2L * FRAMES)
                .fmt(1, 1, 48_000, 16)
                .data(2L * FRAMES, (HexFormat.of().toHexDigits((byte) which) + "00").repeat(FRAMES));
        Path path = Files.write(folder.resolve(which + ".wav"), bytes.toBytes());
        return WavFile.of(path, path.toString(), files);
    }

    private static double sample(int which) {
        return which / 32768.0;
    }
}
