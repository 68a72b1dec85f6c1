package io.mixgraph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How long the end of the process waits for whoever writes. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class InterruptionTest {
    @Test
    void aWriterThatHasStoppedCleansUpForAsLongAsItTakes() throws InterruptedException {
        Thread ending;
        try (Interruption interruption = new Interruption(Duration.ZERO)) {
            interruption.writing().close();
            ending = new Thread(interruption::stop);
            ending.start();
            // Without a limit: with one it would be TIMED_WAITING, as it is for a moment.
            while (ending.getState() != Thread.State.WAITING) {
                assertThat(ending.isAlive()).isTrue();
                Thread.onSpinWait();
            }
            assertThat(interruption.asked()).isTrue();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        ending.join();
    }

    @Test
    void aWriterThatDoesNotStopIsGivenUp() throws InterruptedException {
        try (Interruption interruption = new Interruption(Duration.ZERO)) {
            Thread ending = new Thread(interruption::stop);
            ending.start();
            while (!Thread.interrupted()) {
                Thread.onSpinWait();
            }
            ending.join();
            assertThat(interruption.asked()).isTrue();
        }
    }
}
