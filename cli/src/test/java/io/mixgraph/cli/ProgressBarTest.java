package io.mixgraph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mixgraph.render.RenderMonitor.Stage;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
    private static final long TOTAL = 1000;

    private final StringWriter drawn = new StringWriter();
    private long milliseconds = 5_000_000;
    private final ProgressBar bar =
            new ProgressBar(new PrintWriter(drawn), () -> 1_000_000 * milliseconds, () -> false);

    /** The line as it is after {@code done} frames of {@link #TOTAL}, so many milliseconds later. */
    private String after(long later, Stage stage, long done) {
        milliseconds += later;
        bar.progress(stage, done, TOTAL);
        String all = drawn.toString();
        return all.substring(all.lastIndexOf('\r') + 1).stripTrailing();
    }

    @Test
    void theBarFollowsWhatIsDone() {
        assertThat(after(0, Stage.MIXING, 0)).isEqualTo("mixing    [..............................]   0 %");
        assertThat(after(500, Stage.MIXING, 500)).isEqualTo("mixing    [###############...............]  50 %");
        assertThat(after(500, Stage.SOLVING, 0)).isEqualTo("solving   0 gains tried");
        assertThat(after(500, Stage.SOLVING, 7)).isEqualTo("solving   7 gains tried");
        assertThat(after(0, Stage.MASTERING, 1000)).isEqualTo("mastering [##############################] 100 %");
        assertThat(after(0, Stage.FINISHING, 500)).isEqualTo("finishing [###############...............]  50 %");
    }

    @Test
    void nobodyKnowsHowLongSolvingTakes() {
        after(0, Stage.SOLVING, 0);
        for (long tried = 1; tried < 9; tried++) {
            assertThat(after(2000, Stage.SOLVING, tried)).endsWith(" tried");
        }
    }

    @Test
    void aStageThatComesAgainBeginsAnew() {
        after(0, Stage.MASTERING, 0);
        after(1000, Stage.MASTERING, 100);
        assertThat(after(1000, Stage.MASTERING, 200)).endsWith("left");
        assertThat(after(0, Stage.MASTERING, 0)).endsWith("0 %");
        assertThat(after(200, Stage.MASTERING, 100)).endsWith("10 %");
    }

    /** The first second is slow while Java warms up: two in a hundred, and then ten in a hundred per second. */
    @Test
    void theTimeLeftIsToldFromTheSpeedAfterTheFirstSecond() {
        after(0, Stage.MIXING, 0);
        for (long tenth = 1; tenth <= 10; tenth++) {
            assertThat(after(100, Stage.MIXING, 2 * tenth)).endsWith(" %");
        }
        for (long tenth = 1; tenth < 10; tenth++) {
            assertThat(after(100, Stage.MIXING, 20 + 10 * tenth)).endsWith(" %");
        }
        assertThat(after(100, Stage.MIXING, 120)).endsWith("12 %  0:09 left");
        assertThat(after(1000, Stage.MIXING, 220)).endsWith("22 %  0:08 left");
        assertThat(after(5000, Stage.MIXING, 720)).endsWith("72 %  0:03 left");
    }

    @Test
    void whatIsSlowerLaterTakesLonger() {
        after(0, Stage.MIXING, 0);
        after(1000, Stage.MIXING, 100);
        assertThat(after(1000, Stage.MIXING, 200)).endsWith("20 %  0:08 left");
        after(2000, Stage.MIXING, 210);
        assertThat(after(2000, Stage.MIXING, 220))
                .as("780 are left, of which 20 took 4 s")
                .endsWith("22 %  2:36 left");
    }

    @Test
    void aHundredthSaysNothing() {
        after(0, Stage.MIXING, 0);
        after(1000, Stage.MIXING, 1);
        assertThat(after(2000, Stage.MIXING, 19)).endsWith("1 %");
        assertThat(after(100, Stage.MIXING, 20)).endsWith("left");
    }

    @Test
    void everyStageBeginsAnew() {
        after(0, Stage.MIXING, 0);
        after(1000, Stage.MIXING, 100);
        assertThat(after(1000, Stage.MIXING, 200)).endsWith("left");
        after(1000, Stage.MASTERING, 0);
        assertThat(after(1000, Stage.MASTERING, 500)).endsWith("50 %");
        assertThat(after(1000, Stage.MASTERING, 750)).endsWith("75 %  0:01 left");
    }

    @Test
    void tenLinesASecondAtMost() {
        after(0, Stage.MIXING, 0);
        int first = drawn.toString().length();
        for (int i = 1; i < 100; i++) {
            after(1, Stage.MIXING, i);
        }
        assertThat(drawn.toString()).hasSize(first);
        after(1, Stage.MIXING, 100);
        assertThat(drawn.toString().length()).isGreaterThan(first);
    }

    @Test
    void closingTakesTheLineAway() {
        bar.close();
        assertThat(drawn.toString()).isEmpty();
        String line = after(0, Stage.MIXING, 10);
        bar.close();
        List<String> lines = List.of(drawn.toString().split("\r", -1));
        assertThat(lines.get(lines.size() - 2)).isEqualTo(" ".repeat(line.length()));
        assertThat(lines.get(lines.size() - 1)).isEmpty();
    }
}
