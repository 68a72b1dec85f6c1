package io.mixgraph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class SelftestCommandTest {
    private static final Path EXAMPLES = Path.of(System.getProperty("basedir", "."), "..", "examples", "first-mix");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"session.yaml", "console.yaml"})
    void itHoldsOnTheExamples(String session) {
        Invocation run = Invocation.of("selftest", EXAMPLES.resolve(session));
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(run.out())
                .contains(
                        "ok     aligned master.wav: ", "ok     mastered stems - master: -1", " soloed stems - master: ")
                .doesNotContain("FAILED");
    }

    /** Trims, sends, buses in buses, look-ahead of several lengths, and integer stems that soloed ones would clip. */
    @Test
    void itHoldsOnASessionWithEverythingThatTakesTime() throws IOException {
        Material.band(folder);
        Path document = Material.document(folder, "late.yaml", """
                mixgraph: 1
                bus_preset: none
                tracks:
                  - {id: kick, bus: drums, source: kick.wav, trim_delay_frames: 140}
                  - id: low
                    bus: drums
                    source: low.wav
                    fx: [{type: compressor, threshold_db: -30, ratio: 2, lookahead_ms: 7, key: kick}]
                  - {id: voice, bus: sung, source: voice.wav, sends: [{to: room, gain_db: -6}]}
                  - {id: pad, bus: sung, source: pad.wav, mute: true, sends: [{to: room, tap: pre_fader, gain_db: -3}]}
                buses:
                  - {id: drums, output: band, fx: [{type: compressor, threshold_db: -30, ratio: 2, lookahead_ms: 2}]}
                  - {id: sung, output: master, trim_delay_frames: 48}
                  - {id: room, output: band, fx: [{type: reverb, decay_s: 0.2}]}
                  - {id: band, output: master, gain_db: -3}
                master:
                  fx: [{type: compressor, threshold_db: -30, ratio: 4, lookahead_ms: 5}]
                  loudness: {target_lufs: -9, true_peak_db: -1}
                output: {stems: {encoding: pcm16, nested: true, gain_db: -12}, deliverables: [{id: e, except: [sung]}]}
                """);
        Invocation run = Invocation.of("selftest", document, "--json");
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        int aligned = 0;
        for (JsonNode proof : run.json()) {
            boolean soloed = proof.path("what").asString().startsWith("soloed");
            assertThat(proof.path("outcome").asString()).as(proof.toString()).isEqualTo(soloed ? "not_tried" : "holds");
            aligned += proof.path("what").asString().startsWith("aligned ") ? 1 : 0;
        }
        assertThat(aligned).as("files: two stems, a deliverable, the master").isEqualTo(4);
        assertThat(Files.exists(folder.resolve("out"))).isFalse();
        Invocation brief = Invocation.of("selftest", document, "--aligned-only");
        assertThat(brief.exitCode()).isZero();
        assertThat(brief.out()).contains("aligned stems/band.wav").doesNotContain("stems - master");
    }
}
