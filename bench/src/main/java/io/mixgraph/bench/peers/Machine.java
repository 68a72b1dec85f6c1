package io.mixgraph.bench.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What everything ran on.
 *
 * @param cpu its name
 * @param cores that the Java machine sees
 * @param memoryGib of memory
 * @param kernel its version
 * @param jdk its version and vendor
 */
public record Machine(String cpu, int cores, long memoryGib, String kernel, String jdk) {
    static Machine here() throws IOException {
        return new Machine(
                field(Path.of("/proc/cpuinfo"), "model name"),
                Runtime.getRuntime().availableProcessors(),
                Math.round(Long.parseLong(
                                field(Path.of("/proc/meminfo"), "MemTotal").replaceAll("\\D", ""))
                        / (double) (1 << 20)),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
    }

    private static String field(Path file, String name) throws IOException {
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith(name)) {
                return line.substring(line.indexOf(':') + 1).strip();
            }
        }
        return "0 (not said)";
    }
}
