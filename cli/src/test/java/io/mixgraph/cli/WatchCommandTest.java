package io.mixgraph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Saving the document, or a recording, is all that it takes to hear the change. */
class WatchCommandTest {
    @TempDir
    Path folder;

    private Path out;
    private Path session;

    @BeforeEach
    void band() throws IOException {
        out = folder.resolve("out");
        session = Material.document(folder, "band.yaml", Material.band(folder));
    }

    private ChildProcess watch(Object... more) throws IOException {
        return ChildProcess.start(
                folder.resolve("said.txt"),
                Map.of(),
                Stream.concat(
                                Stream.of("watch", session, "--out", out, "--registry", folder.resolve("registry")),
                                Stream.of(more))
                        .toArray());
    }

    /** As editors save: all of it at once. */
    private void save(String text) throws IOException {
        Path temporary = Files.writeString(folder.resolve("band.yaml.tmp"), text);
        Files.move(temporary, session, StandardCopyOption.ATOMIC_MOVE);
    }

    private void edit(String from, String to) throws IOException {
        String text = Files.readString(session);
        assertThat(text).contains(from);
        save(text.replace(from, to));
    }

    private static int renders(String said) {
        return (int) said.lines().filter(line -> line.contains(" LUFS, ")).count();
    }

    private Map<String, String> anew() throws IOException {
        Path plain = folder.resolve("plain");
        assertThat(Invocation.of("render", session, "--out", plain, "--no-cache")
                        .exitCode())
                .isZero();
        return Material.digests(plain);
    }

    @Test
    void everySavedChangeIsRenderedAndNothingElse() throws Exception {
        try (ChildProcess watch = watch()) {
            watch.await("the first render", said -> renders(said) == 1);
            edit("role: lead_vocal, source", "role: lead_vocal, gain_db: -3, source");
            watch.await("the voice", said -> renders(said) == 2 && said.contains("rendered vocals, master"));
            assertThat(Material.digests(out)).isEqualTo(anew());

            Material.noise(folder.resolve("pad.wav"), 9, 0.2, 2 * Material.RATE);
            watch.await("the pad", said -> renders(said) == 3 && said.contains("rendered other, master"));
            assertThat(Material.digests(out)).isEqualTo(anew());

            edit("mixgraph: 1", "mixgraph: 1 # the same");
            watch.await("a comment", said -> renders(said) == 4 && said.contains("rendered master"));
            watch.interrupt();
            watch.exitCode();
        }
        assertThat(out.resolve(".mixgraph-staging")).doesNotExist();
        assertThat(Material.digests(out)).isEqualTo(anew());
    }

    @Test
    void whatIsWrongIsSaidAndWaitsToBePutRight() throws Exception {
        String right = Files.readString(session);
        try (ChildProcess watch = watch()) {
            watch.await("the first render", said -> renders(said) == 1);
            Map<String, String> before = Material.digests(out);
            save(right.replace("role: bass", "role: bass, gain_db: loud"));
            watch.await("the fault", said -> said.contains("/tracks/1/gain_db (line 5, column"));
            assertThat(Material.digests(out)).isEqualTo(before);
            save(right.replace("source: low.wav", "source: missing.wav"));
            watch.await("the missing file", said -> said.contains("missing.wav"));
            Files.copy(folder.resolve("low.wav"), folder.resolve("missing.wav"));
            watch.await("the file that came", said -> renders(said) == 2);
            assertThat(Material.digests(out)).isEqualTo(anew());
        }
    }

    /** A render that takes long is given up for the next change: it is never seen whole. */
    @Test
    void aChangeDuringARenderStartsAgain() throws Exception {
        Material.noise(folder.resolve("long.wav"), 3, 0.2, 120 * Material.RATE);
        String text = Files.readString(session)
                .replace("source: pad.wav", "source: long.wav, fx: [{type: reverb, decay_s: 2}]");
        save(text);
        try (ChildProcess watch = watch("--threads", 1)) {
            Path staged = out.resolve(".mixgraph-staging");
            watch.await("a render under way", said -> Files.exists(staged));
            save(text.replace("source: long.wav", "source: pad.wav"));
            watch.await("the short one", said -> renders(said) == 1);
            assertThat(Material.digests(out)).isEqualTo(anew());
        }
    }

    @Test
    void forProgramsThereIsADocumentForEachRender() throws Exception {
        try (ChildProcess watch = watch("--json")) {
            watch.await("the first render", said -> said.contains("\"rendered\"") && said.endsWith("}\n"));
            var first = Invocation.json(Files.readString(folder.resolve("said.txt")));
            assertThat(first.path("seconds").asDouble()).isPositive();
            assertThat(first.path("saved_seconds").isNull()).isTrue();
            assertThat(first.path("rendered")).hasSize(5);
            assertThat(first.path("read")).isEmpty();
        }
    }
}
