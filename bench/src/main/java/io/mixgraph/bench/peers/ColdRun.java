package io.mixgraph.bench.peers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A command as a process of its own, under {@code /usr/bin/time}. */
final class ColdRun {
    private ColdRun() {}

    /** A command that did not end with 0. */
    static final class Failed extends IOException {
        private static final long serialVersionUID = 1L;

        Failed(String message) {
            super(message);
        }
    }

    /**
     * Runs a command to its end.
     *
     * @param folder where it runs
     * @throws Failed with the end of what it said, when it failed
     */
    static Cost run(Path folder, List<String> command) throws IOException {
        return run(folder, command, Map.of());
    }

    /** As {@link #run(Path, List)}, with more variables in its environment. */
    static Cost run(Path folder, List<String> command, Map<String, String> environment) throws IOException {
        Path times = Files.createTempFile("time", ".txt");
        Path said = Files.createTempFile("said", ".txt");
        try {
            List<String> timed = new ArrayList<>(List.of("/usr/bin/time", "-f", "%e %U %S %M", "-o", times.toString()));
            timed.addAll(command);
            ProcessBuilder process = new ProcessBuilder(timed)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile());
            process.environment().putAll(environment);
            if (await(process.start()) != 0) {
                String text = Files.readString(said, StandardCharsets.UTF_8).strip();
                throw new Failed(
                        String.join(" ", command) + " failed: " + text.substring(Math.max(0, text.length() - 500)));
            }
            return Cost.of(Files.readString(times));
        } finally {
            Files.delete(times);
            Files.delete(said);
        }
    }

    /** What a command writes to both its outputs; whether it succeeds does not matter. */
    static String output(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        await(process);
        return text;
    }

    private static int await(Process process) throws IOException {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("stopped", e);
        }
    }
}
