package io.mixgraph.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mixgraph.wav.WavFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class RenderCommandTest {
    @TempDir
    Path folder;

    @Test
    void filesAreThoseOfTheReportAndEquallyLong() throws IOException, NoSuchAlgorithmException {
        Path out = folder.resolve("out");
        Invocation run = Invocation.of("render", Material.song(folder), "--out", out);

        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        JsonNode report = Invocation.json(Files.readString(out.resolve("report.json")));
        long frames = report.path("frames").asLong();
        assertThat(frames).isGreaterThanOrEqualTo(3L * Material.RATE);
        assertThat(report.path("sample_rate").asInt()).isEqualTo(Material.RATE);
        Map<String, String> reported = new TreeMap<>();
        for (JsonNode file : report.path("files")) {
            String path = file.path("path").asString();
            reported.put(path, file.path("sha256").asString());
            assertThat(file.path("frames").asLong()).as(path).isEqualTo(frames);
            assertThat(WavFile.of(out.resolve(path)).frames()).as(path).isEqualTo(frames);
        }
        assertThat(reported)
                .containsKeys("master.wav", "stems/drums.wav", "stems/bass.wav")
                .isEqualTo(digests(out));
    }

    @Test
    void theTargetIsMet() throws IOException {
        Path out = folder.resolve("out");
        Invocation run = Invocation.of("render", Material.song(folder), "--out", out);

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("asked for -16").contains(out.resolve("master.wav") + "\n");
        JsonNode measured = Invocation.of("measure", "--json", out.resolve("master.wav"))
                .json()
                .path(0);
        assertThat(measured.path("integrated_lufs").asDouble()).isCloseTo(-16, within(0.1));
        assertThat(measured.path("true_peak_dbtp").asDouble()).isLessThanOrEqualTo(-1);
    }

    @Test
    void jsonIsTheReportAndNothingElse() throws IOException {
        Path out = folder.resolve("out");
        Invocation run = Invocation.of("render", Material.song(folder), "--out", out, "--json");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEqualTo(Files.readString(out.resolve("report.json")));
    }

    @Test
    void quietSaysNothing() throws IOException {
        Invocation run = Invocation.of("render", Material.song(folder), "--out", folder.resolve("out"), "--quiet");

        assertThat(run).isEqualTo(new Invocation(0, "", ""));
    }

    @Test
    void threadsChangeNoByte() throws IOException, NoSuchAlgorithmException {
        Path song = Material.song(folder);
        Path one = folder.resolve("one");
        Path three = folder.resolve("three");

        assertThat(Invocation.of("render", song, "-o", one, "--threads", 1).exitCode())
                .isZero();
        assertThat(Invocation.of("render", song, "-o", three, "--threads", 3).exitCode())
                .isZero();

        assertThat(digests(three)).isNotEmpty().isEqualTo(digests(one));
        assertThat(three.resolve("report.json")).hasSameTextualContentAs(one.resolve("report.json"));
    }

    @Test
    void sourcesAreFoundInAFolderOfTheirOwn() throws IOException, NoSuchAlgorithmException {
        Path beside = folder.resolve("beside");
        Path song = Material.song(folder);
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Path moved = Files.move(song, elsewhere.resolve("song.yaml"));

        assertThat(Invocation.of("render", moved, "-o", beside).exitCode()).isEqualTo(3);
        Invocation found = Invocation.of("render", moved, "--sources", folder, "-o", beside);
        assertThat(found.exitCode()).as(found.err()).isZero();
        assertThat(digests(beside)).isNotEmpty();
        Invocation nowhere = Invocation.of("plan", moved, "--sources", folder.resolve("nowhere"));
        assertThat(nowhere.exitCode()).isEqualTo(3);
        assertThat(nowhere.err()).contains("nowhere is no folder; --sources names the folder of the recordings");
    }

    /** SHA-256 by path of all files but the report. */
    private static Map<String, String> digests(Path out) throws IOException, NoSuchAlgorithmException {
        Map<String, String> digests = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(out)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                String path = out.relativize(file).toString().replace('\\', '/');
                if (!path.equals("report.json")) {
                    byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
                    digests.put(path, HexFormat.of().formatHex(digest));
                }
            }
        }
        return digests;
    }
}
