package io.mixgraph.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoppedRunTest {
    private static final int SIGTERM = 15;

    @TempDir
    private Path folder;

    /** It waits for words that never come. */
    @Test
    void aCommandEndsByTheSignal() throws Exception {
        StoppedRun stopped = Objects.requireNonNull(StoppedRun.of(folder, List.of("cat"), 0.0));
        assertThat(stopped.exitCode()).isEqualTo(128 + SIGTERM);
        assertThat(stopped.untilOverS()).isNotNegative();
    }

    @Test
    void whatEndsBeforeIsNotStopped() throws Exception {
        assertThat(StoppedRun.of(folder, List.of("true"), 86_400.0)).isNull();
    }
}
