package io.mixgraph.media;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A process that uses a registry: {@code list PLACE} says how many artifacts there are; {@code register PLACE SEED
 * MILLISECONDS FOLDER} registers random renders for so long, at least one, and says their ids. A failure is said in one
 * line, with exit code 3.
 */
final class RegistryProcess {
    private RegistryProcess() {}

    public static void main(String[] arguments) {
        try {
            RegistryPlace place = RegistryPlace.parse(arguments[1]);
            if (arguments[0].equals("list")) {
                list(place);
            } else {
                register(place, arguments);
            }
        } catch (IOException e) {
            System.err.println(e.getMessage());
            System.exit(3);
        }
    }

    private static void list(RegistryPlace place) throws IOException {
        try (Registry registry = Registry.open(place)) {
            System.out.println(registry.find(ArtifactQuery.newest(100_000)).size());
        }
    }

    private static void register(RegistryPlace place, String[] arguments) throws IOException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Long.parseLong(arguments[3]));
        Path folder = Files.createDirectories(Path.of(arguments[4]));
        RandomRenders renders = new RandomRenders(Long.parseLong(arguments[2]), folder, 12);
        try (Registry registry = Registry.open(place)) {
            do {
                for (Artifact artifact : registry.register(renders.next()).artifacts()) {
                    System.out.println(artifact.id());
                }
            } while (System.nanoTime() < end);
        }
    }

    /** The command that starts one, after what it is to be started by. */
    static List<String> command(List<String> before, String... arguments) {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                RegistryProcess.class.getName()));
        command.addAll(List.of(arguments));
        return command;
    }
}
