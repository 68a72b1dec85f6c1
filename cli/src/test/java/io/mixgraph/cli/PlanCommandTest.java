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
