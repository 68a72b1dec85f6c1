package io.mixgraph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mixgraph.documents.SessionDocuments;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The examples that people start with. */
class ExampleTest {
    private static final Path EXAMPLES = Path.of(System.getProperty("basedir", "."), "..", "examples");

    /**
     * Recorded, not derived: it guards the whole way from the document to the graph against a change that nobody meant.
     */
    @ParameterizedTest
    @CsvSource({
        "session.yaml, 4197e0db0e422bebe79f41bd4e6259f0b6fcb3a0ed15810049bce291e4b87570",
        "release.yaml, 8d69c2009e47acbf52c1ac89d7d3a036544fe1d41e046d9e2e30ace0df4c1dd8",
        "console.yaml, 6b7d370c71f82cb41e2701e2d6e337a0fe6a3ae28ab330c0f9f40d991f96a90e"
    })
    void itsGraphHashIsTheRecordedOne(String session, String hash) {
        JsonNode plan = Invocation.of("plan", EXAMPLES.resolve("first-mix").resolve(session), "--json")
                .json();
        assertThat(plan.path("graph_hash").asString()).isEqualTo(hash);
    }

    /** Their recordings are not here, but what they say must be right. */
    @ParameterizedTest
    @ValueSource(strings = {"rubidium", "mdn-multitrack"})
    void aSessionForRecordingsThatTheReaderSuppliesHasNoFault(String folder) throws Exception {
        assertThat(SessionDocuments.read(EXAMPLES.resolve(folder).resolve("session.yaml"))
                        .problems())
                .isEmpty();
    }

    /** Two groups, two returns and a ducker that the voice keys: what the console is there to show. */
    @Test
    void theConsoleHasGroupsReturnsAndADucker() {
        String dot = Invocation.of("plan", EXAMPLES.resolve("first-mix").resolve("console.yaml"), "--dot")
                .out();
        assertThat(dot).contains("key of ducker", "reverb", "delay: note dotted_eighth", "key of compressor");
    }
}
