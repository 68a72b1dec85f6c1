package io.mixgraph.bench.peers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How a command ended that was stopped by SIGTERM.
 *
 * @param untilOverS seconds from the signal to the end of its process
 * @param exitCode of the process
 */
record StoppedRun(double untilOverS, int exitCode) {
    /**
     * Starts a command and stops it.
     *
     * @param folder where it runs
     * @param afterS when, in seconds since the start
     * @return null when it ended before
     */
    static @Nullable StoppedRun of(Path folder, List<String> command, double afterS) throws IOException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (ColdRun.within(process, (long) (afterS * TimeUnit.SECONDS.toNanos(1)))) {
            return null;
        }
        long signal = System.nanoTime();
        process.destroy();
        int exitCode = ColdRun.await(process);
        return new StoppedRun(Math.rint((System.nanoTime() - signal) / 1e6) / 1e3, exitCode);
    }
}
