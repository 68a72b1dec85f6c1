package io.mixgraph.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;

import io.mixgraph.bench.peers.LargeResult.ProgressResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgressWatchTest {
    private long now;
    private final ProgressWatch watch = new ProgressWatch(() -> now);

    private void after(double seconds, String said) {
        now += Math.round(seconds * 1e9);
        watch.read(said);
    }

    @Test
    void everyReportIsRead() {
        after(0.5, "\rmixing    [##............................]   7 %");
        after(0.1, "\rmixing    [###...........................]  10 %  0:12 left");
        after(0.1, "\rsolving   3 gains tried                           ");
        after(0.1, "\rmastering [..............................]   0 %");
        after(0.2, "");
        after(0.4, "\rfinishing [##############################] 100 %\r    \r");
        after(0.3, "Job S: 1:00.000 at 48000 Hz\n");

        assertThat(watch.result())
                .isEqualTo(new ProgressResult(5, 0, 0.6, List.of("mixing", "solving", "mastering", "finishing")));
    }

    @Test
    void aReportMayComeInPieces() {
        after(0, "\rmixing    [##..........");
        after(0, "..................]   7");
        assertThat(watch.result().reports()).isZero();
        after(0, " %\rmixing    [###...........................]  10 %");
        assertThat(watch.result().reports()).isEqualTo(2);
    }

    @Test
    void lessThanBeforeIsAFallUnlessAStageBegins() {
        after(0, "\rmixing    [##............................]   9 %");
        after(0, "\rmixing    [##............................]   8 %");
        after(0, "\rmastering [..............................]   0 %");
        assertThat(watch.result().falls()).isEqualTo(1);
    }

    /** Also before the first report and after the last. */
    @Test
    void silenceIsCountedFromStartToEnd() {
        after(3, "\rmixing    [..............................]   0 %");
        after(5, "");
        assertThat(watch.result().longestSilenceS()).isEqualTo(5.0);
    }

    @Test
    void onlyWhatIsNewIsRead(@TempDir Path folder) throws Exception {
        Path said = folder.resolve("said.txt");
        String report = "\rmixing    [##............................]   9 %";
        Files.writeString(said, report);
        watch.look(ProcessHandle.current(), said);
        watch.look(ProcessHandle.current(), said);
        Files.writeString(said, report + report);
        watch.look(ProcessHandle.current(), said);
        assertThat(watch.result().reports()).isEqualTo(2);
    }
}
