package io.mixgraph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * A process that is killed at any step of publishing and registering, each in turn until none is left: no artifact is
 * without its bytes, nothing that looks finished is not, and the same command then succeeds.
 */
class KilledRegistrationTest {
    /** Every step so far has been one of these; a test that walks past this has lost its way. */
    private static final int MOST_STEPS = 200;

    /** What is published: one stem, the master, and the report. */
    private static final int ARTIFACTS = 3;

    @TempDir
    Path folder;

    @Test
    void atEveryStepNothingIsLostOrHalfDone() throws Exception {
        Material.noise(folder.resolve("voice.wav"), 1, 0.3, Material.RATE / 2);
        Path session = Material.document(folder, "one.yaml", """
                mixgraph: 1
                name: One
                bus_preset: none
                buses: [{id: all}]
                tracks: [{id: voice, bus: all, source: voice.wav}]
                """);
        int step = 1;
        while (killed(session, step)) {
            step++;
            assertThat(step).isLessThan(MOST_STEPS);
        }
        System.out.println(step - 1 + " steps of publishing and registering, killed at each");
        assertThat(step - 1).as("steps").isGreaterThan(2 * ARTIFACTS + 4);
    }

    /** Gives false when the process had not so many steps. */
    private boolean killed(Path session, int step) throws IOException, InterruptedException {
        Path here = Files.createDirectory(folder.resolve("step-" + step));
        Path registry = here.resolve("registry");
        Path out = here.resolve("out");
        Object[] render = {"render", session, "--out", out, "--register", "--registry", registry};
        try (ChildProcess child = ChildProcess.start(
                here.resolve("said.txt"), Map.of("MIXGRAPH_HALT_AT_STEP", String.valueOf(step)), render)) {
            if (child.exitCode() == 0) {
                return false;
            }
        }
        whatIsThereIsWhole(registry, out);

        Invocation again = Invocation.of(render);
        assertThat(again.err()).as("after step " + step).isEmpty();
        assertThat(again.exitCode()).isZero();
        whatIsThereIsWhole(registry, out);
        JsonNode list = Invocation.of("artifacts", "list", "--json", "--registry", registry)
                .json();
        assertThat(list).hasSize(ARTIFACTS);
        assertThat(Invocation.of("artifacts", "gc", "--json", "--registry", registry)
                        .json()
                        .path("objects")
                        .asInt())
                .as("objects that the killed process left without an artifact, after all are registered")
                .isZero();
        return true;
    }

    private static void whatIsThereIsWhole(Path registry, Path out) throws IOException {
        Path report = out.resolve("report.json");
        if (Files.exists(report)) {
            for (JsonNode file : Invocation.json(Files.readString(report)).path("files")) {
                assertThat(Digest.sha256(out.resolve(file.path("path").asString())))
                        .isEqualTo(file.path("sha256").asString());
            }
        }
        if (!Files.exists(registry.resolve("registry.db"))) {
            return;
        }
        Invocation found = Invocation.of("artifacts", "verify", "--registry", registry);
        assertThat(found.err()).isEmpty();
        assertThat(found.exitCode()).isZero();
        assertThat(Invocation.of("artifacts", "gc", "--registry", registry).exitCode())
                .isZero();
        Invocation verify = Invocation.of("artifacts", "verify", "--registry", registry);
        assertThat(verify.out()).doesNotContain("that none needs");
        assertThat(verify.exitCode()).isZero();
    }
}
