package io.mixgraph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The example that people start with. */
class ExampleTest {
    private static final Path SESSION =
            Path.of(System.getProperty("basedir", "."), "..", "examples", "first-mix", "session.yaml");

    /**
     * Recorded, not derived: it guards the whole way from the document to the graph against a change that nobody meant.
     */
    @Test
    void itsGraphHashIsTheRecordedOne() {
        JsonNode plan = Invocation.of("plan", SESSION, "--json").json();
        assertThat(plan.path("graph_hash").asString())
                .isEqualTo("3ae795b195feb463a7ab82b790b5e70571877d8ecc41d0707d03861d941b632d");
    }
}
