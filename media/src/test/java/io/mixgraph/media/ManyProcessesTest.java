package io.mixgraph.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many processes use one SQLite registry at once, which none of them has made before. For a few seconds; for a minute
 * with {@code -Dmixgraph.minutes=1}.
 */
class ManyProcessesTest {
    private static final int PROCESSES = 8;

    @TempDir
    Path folder;

    @Test
    void noRegistrationIsLostAndNobodyHearsOfLocks() throws Exception {
        long millis = Integer.getInteger("mixgraph.minutes", 0) == 0
                ? 6000
                : Duration.ofMinutes(Integer.getInteger("mixgraph.minutes")).toMillis();
        Path place = folder.resolve("registry");
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < PROCESSES; i++) {
            // Each two render the same.
            processes.add(new ProcessBuilder(RegistryProcess.command(
                            List.of(),
                            "register",
                            place.toString(),
                            String.valueOf(i / 2),
                            String.valueOf(millis),
                            folder.resolve("rendered " + i).toString()))
                    .redirectOutput(output(i, "out"))
                    .redirectError(output(i, "err"))
                    .start());
        }
        Set<String> removed = new HashSet<>();
        try (Registry registry = Registry.open(RegistryPlace.parse(place.toString()))) {
            while (processes.stream().anyMatch(Process::isAlive)) {
                List<String> reports =
                        registry
                                .find(new ArtifactQuery(ArtifactKind.MIX_REPORT, null, null, null, null, null, 1, 3))
                                .stream()
                                .map(Artifact::id)
                                .toList();
                removed.addAll(reports);
                registry.remove(reports, false);
                registry.collect();
            }
            Set<String> said = new TreeSet<>();
            for (int i = 0; i < PROCESSES; i++) {
                assertThat(processes.get(i).waitFor()).as("process %d", i).isZero();
                assertThat(Files.readString(output(i, "err").toPath())).isEmpty();
                List<String> ids = Files.readAllLines(output(i, "out").toPath());
                assertThat(ids).isNotEmpty();
                said.addAll(ids);
            }
            Set<String> registered = new TreeSet<>();
            registry.find(ArtifactQuery.newest(Integer.MAX_VALUE)).forEach(artifact -> registered.add(artifact.id()));
            assertThat(said).containsAll(registered);
            said.removeAll(removed);
            assertThat(registered).containsAll(said);
            assertThat(registry.verify(true, (done, of) -> {}).clean()).isTrue();
        } finally {
            processes.forEach(Process::destroyForcibly);
        }
    }

    private File output(int process, String stream) {
        return folder.resolve(process + "." + stream).toFile();
    }
}
