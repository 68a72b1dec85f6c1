package io.mixgraph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The program in a process of its own, which can be killed. */
final class ChildProcess implements Closeable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final Path said;

    private ChildProcess(Process process, Path said) {
        this.process = process;
        this.said = said;
    }

    /**
     * Starts it.
     *
     * @param said takes what it says, on stdout and stderr
     * @param environment beside that of this process
     */
    static ChildProcess start(Path said, Map<String, String> environment, Object... args) throws IOException {
        return start(List.of(), said, environment, args);
    }

    /**
     * Starts it where no file gets longer, as on a disk that is full.
     *
     * @param blocks of 512 bytes, or of 1024 where the shell says so
     */
    static ChildProcess startShort(int blocks, Path said, Map<String, String> environment, Object... args)
            throws IOException {
        return start(List.of("sh", "-c", "ulimit -f " + blocks + " && exec \"$@\"", "sh"), said, environment, args);
    }

    private static ChildProcess start(List<String> before, Path said, Map<String, String> environment, Object... args)
            throws IOException {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "io.mixgraph.cli.Main"));
        Stream.of(args).map(String::valueOf).forEach(command::add);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        return new ChildProcess(
                builder.redirectErrorStream(true).redirectOutput(said.toFile()).start(), said);
    }

    /** Waits until what it has said meets a condition, which must come before it ends or patience does. */
    void await(String what, Predicate<String> condition) throws IOException, InterruptedException {
        long start = System.nanoTime();
        while (!condition.test(Files.readString(said))) {
            assertThat(process.waitFor(5, TimeUnit.MILLISECONDS))
                    .as("it ended before: " + what + "; it said: " + Files.readString(said))
                    .isFalse();
            assertThat(System.nanoTime() - start)
                    .as("ns waited for " + what + "; it said: " + Files.readString(said))
                    .isLessThan(PATIENCE.toNanos());
        }
    }

    /** Waits for its end. */
    int exitCode() throws InterruptedException {
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    /** Asks it to end, as Ctrl-C does. */
    void interrupt() {
        process.destroy();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
