package io.mixgraph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class DiffCommandTest {
    @TempDir
    Path folder;

    @Test
    void aNameIsNoDifference() throws IOException {
        Path song = Material.song(folder);
        Path renamed = edited(song, "name: Song", "name: Tune");

        assertThat(Invocation.of("diff", song, renamed))
                .isEqualTo(new Invocation(0, "no difference" + System.lineSeparator(), ""));
        JsonNode json = Invocation.of("diff", song, renamed, "--json").json();
        assertThat(json.path("same").asBoolean()).isTrue();
        assertThat(json.path("graph_hash_a")).isEqualTo(json.path("graph_hash_b"));
        assertThat(json.path("differences").isEmpty()).isTrue();
    }

    @Test
    void aGainIsOneAndSaidInWords() throws IOException {
        Path song = Material.song(folder);
        Path louder = edited(song, "gain_db: -3", "gain_db: -2.5");

        Invocation text = Invocation.of("diff", song, louder);
        assertThat(text.exitCode()).isZero();
        assertThat(text.out().lines()).hasSize(1);
        assertThat(text.out()).contains("kick", "-3", "-2.5");
        JsonNode json = Invocation.of("diff", song, louder, "--json").json();
        assertThat(json.path("same").asBoolean(true)).isFalse();
        assertThat(json.path("graph_hash_a")).isNotEqualTo(json.path("graph_hash_b"));
        assertThat(json.path("differences").path(0).asString())
                .isEqualTo(text.out().strip());
    }

    private static Path edited(Path song, String from, String to) throws IOException {
        String text = Files.readString(song);
        assertThat(text).contains(from);
        return Files.writeString(song.resolveSibling("edited.yaml"), text.replace(from, to));
    }
}
