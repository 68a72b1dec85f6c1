package io.mixgraph.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenFilesWatchTest {
    @TempDir
    private Path folder;

    /** The command has its three streams and the two files that its parent opened. */
    @Test
    void theFilesOfTheChildAreCounted() throws Exception {
        assumeThat(Path.of("/proc/self/fd")).exists();
        OpenFilesWatch watch = new OpenFilesWatch();
        Process parent = new ProcessBuilder("sh", "-c", "exec 3< /dev/null 4< /dev/null; cat; :").start();
        while (parent.children().findAny().isEmpty()) {
            Thread.onSpinWait();
        }
        watch.look(parent.toHandle(), folder);
        parent.getOutputStream().close();
        parent.waitFor();

        assertThat(watch.most()).isNotNull().isGreaterThanOrEqualTo(5);
    }

    @Test
    void ofAProcessThatIsNotThereNothingIsKnown() throws Exception {
        Process process = new ProcessBuilder("true").start();
        process.waitFor();
        assertThat(OpenFilesWatch.of(process.pid())).isZero();
        assertThat(new OpenFilesWatch().most()).isNull();
    }
}
