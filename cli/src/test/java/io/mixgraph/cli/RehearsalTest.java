package io.mixgraph.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher lets go wrong in silence. */
class RehearsalTest {
    private static final Path EXAMPLE = Path.of(System.getProperty("basedir", "."), "..", "examples", "first-mix");

    @TempDir
    private Path folder;

    @Test
    void theExampleIsRehearsedWithAChange() throws Exception {
        assertThat(Files.readString(EXAMPLE.resolve("session.yaml"))).contains(Rehearsal.LOUDNESS);
        Rehearsal.main(new String[] {EXAMPLE.toString()});
    }

    @Test
    void whatFailsIsNoRehearsal() throws Exception {
        Files.writeString(folder.resolve("session.yaml"), "mixgraph: 1\n");
        assertThatThrownBy(() -> Rehearsal.main(new String[] {folder.toString()}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("ended with 2");
    }
}
