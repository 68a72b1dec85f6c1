package io.mixgraph.bench.peers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A command as a process of its own, under {@code /usr/bin/time}. */
final class ColdRun {
    private static final int LOOK_MS = 20;

    private ColdRun() {}

    /** Looks at a command every 20 ms while it runs, and once when it has ended. */
    interface Watch {
        /**
         * Looks now.
         *
         * @param timed {@code /usr/bin/time}, whose child the command is
         * @param said the file with what the command has said so far, on both its outputs
         */
        void look(ProcessHandle timed, Path said) throws IOException;
    }

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
        return run(folder, command, environment, List.of());
    }

    /** As {@link #run(Path, List, Map)}, watched, which takes a little of the time of a processor. */
    static Cost run(Path folder, List<String> command, Map<String, String> environment, List<? extends Watch> watches)
            throws IOException {
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
            Process started = process.start();
            watch(started, said, watches);
            if (await(started) != 0) {
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

    private static void watch(Process process, Path said, List<? extends Watch> watches) throws IOException {
        if (watches.isEmpty()) {
            return;
        }
        boolean over;
        do {
            over = within(process, TimeUnit.MILLISECONDS.toNanos(LOOK_MS));
            for (Watch watch : watches) {
                watch.look(process.toHandle(), said);
            }
        } while (!over);
    }

    /** Waits for a process, so long at most, and says whether it has ended. */
    static boolean within(Process process, long nanos) throws IOException {
        try {
            return process.waitFor(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            throw stopped(process, e);
        }
    }

    /** Waits for a process, and gives its exit code. */
    static int await(Process process) throws IOException {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            throw stopped(process, e);
        }
    }

    private static IOException stopped(Process process, InterruptedException e) {
        process.destroy();
        Thread.currentThread().interrupt();
        return new IOException("stopped", e);
    }
}
