package io.mixgraph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mixgraph.MixEngine;
import io.mixgraph.media.cache.CacheFolder;
import io.mixgraph.render.RenderReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What changes while it is rendered is not taken for what was rendered. */
class WorkTest {
    @TempDir
    Path folder;

    private Path out;
    private Path session;
    private Path cache;

    @BeforeEach
    void band() throws IOException {
        out = folder.resolve("out");
        cache = folder.resolve("registry/cache");
        session = Material.document(folder, "band.yaml", Material.band(folder));
    }

    @Command(name = "once")
    private final class Once extends Subcommand {
        private final Consumer<List<Path>> reads;
        private final Predicate<Interruption> stopped;

        Once(Consumer<List<Path>> reads, Predicate<Interruption> stopped) {
            this.reads = reads;
            this.stopped = stopped;
        }

        @Override
        void run() throws Failure, InvalidDocument, IOException {
            EarlierRenders earlier = new EarlierRenders(CacheFolder.at(cache), Long.MAX_VALUE);
            new Work(this, session, new SourceOptions(), new MixEngine(), earlier, false, out, false)
                    .run(reads, stopped);
        }
    }

    private void once(Consumer<List<Path>> reads, Predicate<Interruption> stopped) {
        CommandLine once = new CommandLine(new Once(reads, stopped)).setCaseInsensitiveEnumValuesAllowed(true);
        assertThat(once.execute()).isZero();
    }

    private void once() {
        once(files -> {}, Interruption::asked);
    }

    private interface Change {
        void make() throws IOException;
    }

    private static <T> Consumer<T> after(Change change) {
        return ignored -> {
            try {
                change.make();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    private void edit(String from, String to) throws IOException {
        Files.writeString(session, Files.readString(session).replace(from, to));
    }

    private Map<String, String> anew() throws IOException {
        Path plain = folder.resolve("plain");
        assertThat(Invocation.of("render", session, "--out", plain, "--no-cache")
                        .exitCode())
                .isZero();
        return Material.digests(plain);
    }

    @Test
    void aDocumentThatIsSavedWhileItIsRenderedIsRenderedAgain() throws Exception {
        String read = Digest.sha256(session);
        once(after(() -> edit("target_lufs: -14", "target_lufs: -20")), Interruption::asked);
        assertThat(Rendering.published(out).document()).isEqualTo(new RenderReport.Document("band.yaml", read));
        once();
        assertThat(Material.digests(out)).isEqualTo(anew());
    }

    /** So whoever watches them misses no change: not of a first render, nor of one that was done before. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void recordingsAreToldOfBeforeTheyAreRead(boolean rendered) throws Exception {
        if (rendered) {
            once();
        }
        once(after(() -> Material.noise(folder.resolve("voice.wav"), 5, 0.2, Material.RATE)), Interruption::asked);
        assertThat(Material.digests(out)).isEqualTo(anew());
    }

    /** Whoever edits it meanwhile has it written again next time. */
    @Test
    void noDigestIsKeptOfAStemThatWasLeftAsItStoodAndChangedMeanwhile() throws Exception {
        once();
        edit("target_lufs: -14", "target_lufs: -20");
        Path stem = out.resolve("stems/bass.wav");
        String before = Digest.sha256(stem);
        byte[] bytes = Files.readAllBytes(stem);
        AtomicInteger times = new AtomicInteger();
        once(files -> {}, interruption -> {
            bytes[bytes.length - 1] = (byte) times.incrementAndGet();
            after(() -> Files.write(stem, bytes)).accept(stem);
            return interruption.asked();
        });
        assertThat(Digest.sha256(stem)).isNotEqualTo(before);
        String changed = String.valueOf(Files.getLastModifiedTime(stem));
        String kept = CacheFolder.at(cache)
                .text(
                        CacheFolder.Kind.DIGESTS,
                        CacheFolder.key("file", stem.toRealPath().toString()));
        assertThat(kept)
                .as("what is believed of a file that was last changed at this time")
                .satisfiesAnyOf(
                        text -> assertThat(text).isNull(),
                        text -> assertThat(text).doesNotContain(changed),
                        text -> assertThat(text).endsWith(Digest.sha256(stem)));
        once();
        assertThat(Material.digests(out)).isEqualTo(anew());
    }
}
