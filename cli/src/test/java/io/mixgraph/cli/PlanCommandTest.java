package io.mixgraph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class PlanCommandTest {
    @TempDir
    Path folder;

    @Test
    void saysWhatWillBeDoneAndDoesNothing() throws IOException {
        Path song = Material.song(folder);
        List<Path> before = files();
        Invocation text = Invocation.of("plan", song);
        Invocation json = Invocation.of("plan", song, "--json");

        assertThat(text.err() + json.err()).isEmpty();
        assertThat(text.exitCode()).isZero();
        assertThat(json.exitCode()).isZero();
        JsonNode plan = json.json();
        String hash = plan.path("graph_hash").asString();
        assertThat(hash).matches("[0-9a-f]{64}");
        assertThat(text.out())
                .contains("graph_hash  " + hash)
                .contains("→ drums")
                .contains("→ bass")
                .contains("-3 dB")
                .contains("loudness to -16 LUFS")
                .contains("stems/drums.wav")
                .contains("master.wav");
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void isWhatTheRenderDoes() throws IOException {
        Path song = Material.song(folder);
        JsonNode plan = Invocation.of("plan", song, "--json").json();
        Path out = folder.resolve("out");
        JsonNode report = Invocation.of("render", song, "--out", out, "--json").json();

        assertThat(plan.path("graph_hash")).isEqualTo(report.path("graph_hash"));
        assertThat(plan.path("frames").asLong())
                .isPositive()
                .isEqualTo(report.path("frames").asLong());
        long bytes = 0;
        for (JsonNode file : plan.path("files")) {
            Path written = out.resolve(file.path("path").asString());
            assertThat(written).hasSize(file.path("bytes").asLong());
            bytes += Files.size(written);
        }
        assertThat(plan.path("file_bytes").asLong()).isPositive().isEqualTo(bytes);
        assertThat(plan.path("files").size()).isEqualTo(report.path("files").size());
    }

    @Test
    void filesAreShownWithWhatIsInThem() throws IOException {
        Path document = Material.document(folder, "band.yaml", Material.band(folder) + """
                output:
                  sample_rate: 44100
                  stems: {tap: mastered, format: flac}
                  deliverables:
                    - {id: minus, except: [vocals]}
                    - {id: dry, sum: [drums, bass], tap: pre_master}
                    - {id: web, format: opus, sample_rate: 48000, bitrate_kbps: 96}
                    - {id: cd, encoding: pcm16, dither: shaped}
                    - {id: dj, format: stem_mp4}
                """);
        Invocation text = Invocation.of("plan", document);
        assertThat(text.exitCode()).as(text.err()).isZero();
        assertThat(text.out())
                .containsPattern("stems/drums.flac +flac pcm24 +44100 +2 +up to \\d+")
                .containsPattern("deliverables/web.opus +opus 96 kbit/s +48000 +2 +up to \\d+")
                .containsPattern("deliverables/cd.wav +wav pcm16, shaped dither +44100 +2 +\\d+")
                .contains("  stems: mastered, and add up to the master\n")
                .contains("  minus: drums + bass + other\n")
                .contains("  dry: drums + bass, pre_master\n")
                .contains("  web, cd: the master\n")
                .contains("  dj: the master; drums = drums; bass = bass; other = other; vocals = vocals\n");

        JsonNode plan = Invocation.of("plan", document, "--json").json();
        // The master and four stems wait in double precision for the loudness gain, two channels each.
        assertThat(plan.path("temporary_bytes").asLong())
                .isEqualTo(5 * 2 * 8 * plan.path("frames").asLong());
        assertThat(text.out()).contains(" temporary while rendering");
        Path out = folder.resolve("out");
        Invocation rendered = Invocation.of("render", document, "-o", out, "--json");
        assertThat(rendered.exitCode()).as(rendered.err()).isZero();
        JsonNode report = rendered.json();
        for (int i = 0; i < plan.path("files").size(); i++) {
            JsonNode planned = plan.path("files").path(i);
            JsonNode written = report.path("files").path(i);
            for (String field : List.of("id", "path", "format", "encoding", "dither", "sample_rate", "frames")) {
                assertThat(planned.path(field)).as(field).isEqualTo(written.path(field));
            }
            assertThat(Files.size(out.resolve(written.path("path").asString())))
                    .as(written.path("path").asString())
                    .isLessThanOrEqualTo(planned.path("bytes").asLong());
        }
    }

    @Test
    void dotIsAGraph() throws IOException {
        Invocation run = Invocation.of("plan", Material.song(folder), "--dot");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith("digraph").contains("kick", "drums", "master", "->");
        assertThat(run.out().strip()).endsWith("}");
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            return new ArrayList<>(walk.sorted().toList());
        }
    }
}
