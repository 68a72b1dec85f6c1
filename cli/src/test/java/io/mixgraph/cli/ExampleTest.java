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
        "session.yaml, 3ae795b195feb463a7ab82b790b5e70571877d8ecc41d0707d03861d941b632d",
        "console.yaml, ee1a90f73c1a6eda3b0091504c29f429a694ea699d37ab510e25c22ddc46aeae"
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
