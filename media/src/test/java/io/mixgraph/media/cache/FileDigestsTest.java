package io.mixgraph.media.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mixgraph.media.cache.CacheFolder.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class FileDigestsTest {
    /** What a digest is replaced by, to see whether it is taken from the cache. */
    private static final String FORGED = "f".repeat(64);

    @TempDir
    Path place;

    private Path file = Path.of("");
    private CacheFolder cache = CacheFolder.none();
    private Instant now = Instant.MAX;
    private FileDigests digests = new FileDigests(cache);

    @BeforeEach
    void aFileThatHasBeenThereForAnHour() throws IOException {
        file = Files.writeString(place.resolve("a.wav").toAbsolutePath(), "sound")
                .toRealPath();
        cache = CacheFolder.at(place.resolve("cache"));
        now = changed(file).plus(Duration.ofHours(1));
        digests = new FileDigests(cache, () -> now);
    }

    @Test
    void itIsTheSha256OfTheBytes() throws IOException {
        assertThat(digests.of(file)).isEqualTo(sha256("sound".getBytes(StandardCharsets.UTF_8)));
        byte[] large = new byte[3_000_001];
        new SplittableRandom(1).nextBytes(large);
        assertThat(digests.of(Files.write(place.resolve("large"), large))).isEqualTo(sha256(large));
        assertThat(digests.of(Files.write(place.resolve("empty"), new byte[0]))).isEqualTo(sha256(new byte[0]));
    }

    @Test
    void aFileThatIsTheSameIsReadOnce() throws IOException {
        digests.of(file);
        forge(file);
        assertThat(digests.of(file)).isEqualTo(FORGED);
        assertThat(digests.of(place.resolve("cache/../a.wav")))
                .as("by another path")
                .isEqualTo(FORGED);
        assertThat(new FileDigests(CacheFolder.none(), () -> now).of(file)).isNotEqualTo(FORGED);
    }

    @Test
    void aFileThatDiffersInAnythingIsReadAgain() throws IOException {
        FileTime modified = Files.getLastModifiedTime(file);
        digests.of(file);
        forge(file);
        Files.setLastModifiedTime(file, FileTime.from(modified.toInstant().plusNanos(1_000_000)));
        assertThat(digests.of(file))
                .as("modification time")
                .isEqualTo(sha256("sound".getBytes(StandardCharsets.UTF_8)));
        forge(file);
        Files.writeString(file, "sounds");
        Files.setLastModifiedTime(file, modified);
        assertThat(digests.of(file)).as("size").isEqualTo(sha256("sounds".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aFileWhoseTimeWasPutBackIsReadAgain() throws IOException {
        FileTime modified = Files.getLastModifiedTime(file);
        digests.of(file);
        Instant before = changed(file);
        do {
            // Until the system's time has moved on: it goes in steps of some milliseconds.
            Files.writeString(file, "SOUND");
            Files.setLastModifiedTime(file, modified);
        } while (changed(file).equals(before));
        assertThat(digests.of(file)).isEqualTo(sha256("SOUND".getBytes(StandardCharsets.UTF_8)));

        Path other = Files.writeString(place.resolve("other"), "other");
        Files.setLastModifiedTime(other, modified);
        Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
        assertThat(digests.of(file)).isEqualTo(sha256("other".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aFileOfTheLastTwoSecondsOrOfTheFutureIsReadEveryTime() throws IOException {
        String right = digests.of(file);
        forge(file);
        Instant settled = changed(file).plusSeconds(2);
        for (Instant each : new Instant[] {settled, settled.plusSeconds(1)}) {
            now = each;
            assertThat(digests.of(file)).isEqualTo(FORGED);
        }
        for (Instant each :
                new Instant[] {settled.minusNanos(1), settled.minusSeconds(2), settled.minusSeconds(3), Instant.EPOCH
                }) {
            now = each;
            assertThat(digests.of(file)).as("clock at %s", each).isEqualTo(right);
        }
        // Nor was anything kept then.
        now = settled;
        assertThat(digests.of(file)).isEqualTo(FORGED);
    }

    @Test
    void aFileOfTheLastTwoSecondsIsNotKept() throws IOException {
        now = changed(file).plusMillis(1_999);
        digests.of(file);
        assertThat(cache.size().get(Kind.DIGESTS)).isEqualTo(CacheFolder.Amount.NONE);
    }

    @Test
    void aFileThatChangesMeanwhileIsReadAgain() throws IOException {
        int[] left = {2};
        // The clock is asked just before the file is read.
        FileDigests slow = new FileDigests(CacheFolder.none(), () -> {
            if (left[0]-- > 0) {
                append(file);
            }
            return now;
        });
        assertThat(slow.of(file)).isEqualTo(sha256("sound++".getBytes(StandardCharsets.UTF_8)));
        left[0] = Integer.MAX_VALUE;
        assertThatThrownBy(() -> slow.of(file))
                .isInstanceOf(IOException.class)
                .hasMessage(file + ": is being written to; try again when it is whole");
        assertThat(digests.of(file)).isEqualTo(sha256(Files.readAllBytes(file)));
    }

    @Test
    void whetherAFileIsUnchangedIsSeenByItsBytes() throws IOException {
        FileDigests.Seen seen = digests.see(file, "a");
        assertThat(digests.unchanged(seen)).isTrue();
        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
        assertThat(digests.unchanged(seen)).isTrue();
        Files.writeString(file, "SOUND");
        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH.plusSeconds(1)));
        assertThat(digests.unchanged(seen)).isFalse();
        Files.delete(file);
        assertThat(digests.unchanged(seen)).isFalse();
    }

    @Test
    void whatIsNoFileIsAnErrorThatNamesIt() {
        Path missing = place.resolve("missing");
        assertThatThrownBy(() -> digests.of(missing))
                .isInstanceOf(IOException.class)
                .hasMessage(missing + ": there is no such file");
        assertThatThrownBy(() -> digests.of(place))
                .isInstanceOf(IOException.class)
                .hasMessage(place + ": is a folder, not a file");
    }

    private static void append(Path file) {
        try {
            Files.writeString(file, "+", StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void forge(Path of) {
        String key = CacheFolder.key("file", of.toString());
        String text = Objects.requireNonNull(cache.text(Kind.DIGESTS, key));
        cache.keep(Kind.DIGESTS, key, text.substring(0, text.length() - 64) + FORGED);
    }

    /** When a file changed last, in whatever shows it. */
    private static Instant changed(Path file) throws IOException {
        Instant modified = Files.getLastModifiedTime(file).toInstant();
        if (!file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return modified;
        }
        Instant changed = ((FileTime) Files.getAttribute(file, "unix:ctime")).toInstant();
        return changed.isAfter(modified) ? changed : modified;
    }

    private static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(CacheFolder.sha256().digest(bytes));
    }
}
