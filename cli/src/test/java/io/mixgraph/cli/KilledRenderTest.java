package io.mixgraph.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A render that is killed in the middle leaves nothing that looks finished, and nothing in the way of the next. */
class KilledRenderTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int TRACKS = 8;
    private static final int CLIPS = 60;

    @TempDir
    Path folder;

    @Test
    void nothingLooksFinishedAndTheNextRenderSucceeds() throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        Path staging = out.resolve(".mixgraph-staging");
        Process render = underWay(out, staging);
        render.destroyForcibly();
        assertThat(render.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

        assertThat(render.exitValue()).isNotZero();
        assertThat(bytesIn(staging)).as("bytes left behind").isPositive();
        assertThat(out.resolve("master.wav")).doesNotExist();
        assertThat(out.resolve("report.json")).doesNotExist();
        assertThat(out.resolve("stems")).doesNotExist();
        assertThat(out.resolve("deliverables")).doesNotExist();

        Invocation next = Invocation.of("render", Material.song(folder), "--out", out);
        assertThat(next.err()).isEmpty();
        assertThat(next.exitCode()).isZero();
        assertThat(out.resolve("master.wav")).isNotEmptyFile();
        assertThat(out.resolve("report.json")).isNotEmptyFile();
        assertThat(staging).doesNotExist();
    }

    @Test
    void askedToEndItCleansUpFirstAndSaysSo() throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        Process render = underWay(out, out.resolve(".mixgraph-staging"));
        assumeThat(render.supportsNormalTermination())
                .as("this system can only kill a process")
                .isTrue();
        render.destroy();
        assertThat(render.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

        assertThat(render.exitValue()).isNotZero();
        assertThat(out).doesNotExist();
        assertThat(folder.resolve("child.txt")).hasContent("mixgraph: stopped; the render left nothing behind");
    }

    @Test
    void anAlbumThatIsAskedToEndLeavesNothing() throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        Path song = longSession();
        Files.writeString(song, Files.readString(song) + "master: {loudness: {target_lufs: -20}}\n");
        Process album =
                underWay(out.resolve("long/.mixgraph-staging"), "album", song, song, "--out", out, "--threads", 1);
        assumeThat(album.supportsNormalTermination())
                .as("this system can only kill a process")
                .isTrue();
        album.destroy();
        assertThat(album.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

        assertThat(album.exitValue()).isNotZero();
        assertThat(out).doesNotExist();
        assertThat(folder.resolve("child.txt")).hasContent("mixgraph: stopped; the render left nothing behind");
    }

    private Process underWay(Path out, Path staging) throws IOException, InterruptedException {
        return underWay(staging, "render", longSession(), "--out", out, "--threads", 1);
    }

    /** Renders for long in a process of its own, which has written something when this returns. */
    private Process underWay(Path staging, Object... args) throws IOException, InterruptedException {
        Process render = start(Stream.of(args).map(String::valueOf).toArray(String[]::new));
        boolean writing = false;
        try {
            long start = System.nanoTime();
            while (bytesIn(staging) == 0) {
                assertThat(render.waitFor(5, TimeUnit.MILLISECONDS))
                        .as("the render ended by itself")
                        .isFalse();
                assertThat(System.nanoTime() - start).as("ns waited").isLessThan(PATIENCE.toNanos());
            }
            writing = true;
            return render;
        } finally {
            if (!writing) {
                render.destroyForcibly();
            }
        }
    }

    private Process start(String... args) throws IOException {
        List<String> command = Stream.concat(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                "io.mixgraph.cli.Main"),
                        Stream.of(args))
                .toList();
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("child.txt").toFile())
                .start();
    }

    /** A short recording again and again. */
    private Path longSession() throws IOException {
        Material.sine(folder.resolve("ten.wav"), 440, 0.01, 10 * Material.RATE);
        StringBuilder text = new StringBuilder("mixgraph: 1\nbus_preset: none\nbuses: [{id: all}]\ntracks:\n");
        for (int t = 0; t < TRACKS; t++) {
            text.append("  - id: track-").append(t).append("\n    bus: all\n    clips:\n");
            for (int clip = 0; clip < CLIPS; clip++) {
                text.append("      - {source: ten.wav, start_s: ")
                        .append(10 * clip)
                        .append("}\n");
            }
        }
        // Encoders have files of their own underway, which have to go as well.
        text.append("output: {deliverables: [{id: store, format: flac}, {id: dj, format: stem_mp4}]}\n");
        return Material.document(folder, "long.yaml", text.toString());
    }

    /** The size of all files in a folder, which may be missing or changing; the lock has none. */
    private static long bytesIn(Path folder) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.mapToLong(KilledRenderTest::bytes).sum();
        } catch (NoSuchFileException e) {
            return 0;
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof NoSuchFileException) {
                return 0;
            }
            throw e;
        }
    }

    private static long bytes(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.size(file) : 0;
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
