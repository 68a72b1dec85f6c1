package io.mixgraph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A render that is to be registered where files get no longer than so much, and so much more each time until all fits:
 * it ends with 3, nothing is registered without its bytes, and the same command succeeds when there is room.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "ulimit is a shell's")
class FullDiskTest {
    /** What is published: one stem, the master, and the report. */
    private static final int ARTIFACTS = 3;

    @TempDir
    Path folder;

    @Test
    void whereverTheRoomEndsNothingIsLostOrHalfDone() throws Exception {
        Material.noise(folder.resolve("voice.wav"), 1, 0.3, Material.RATE / 50);
        Path session = Material.document(folder, "one.yaml", """
                mixgraph: 1
                name: One
                bus_preset: none
                buses: [{id: all}]
                tracks: [{id: voice, bus: all, source: voice.wav}]
                """);
        Map<String, String> environment = Map.of("JAVA_TOOL_OPTIONS", "-Dorg.sqlite.lib.path=" + driver());
        boolean unpublished = false;
        boolean unregistered = false;
        int blocks = 2;
        for (boolean fits = false; !fits; blocks += 1 + blocks / 2) {
            assertThat(blocks).as("blocks").isLessThan(100_000);
            Path here = Files.createDirectory(folder.resolve("blocks-" + blocks));
            Path registry = here.resolve("registry");
            Path out = here.resolve("out");
            Object[] render = {"render", session, "--out", out, "--register", "--registry", registry};
            assertThat(Invocation.of(
                                    "render",
                                    session,
                                    "--out",
                                    here.resolve("before"),
                                    "--register",
                                    "--registry",
                                    registry)
                            .exitCode())
                    .isZero();
            Files.writeString(session, Files.readString(session).replaceFirst("name: .*", "name: Of " + blocks));
            Path said = here.resolve("said.txt");
            try (ChildProcess child = ChildProcess.startShort(blocks, said, environment, render)) {
                int exitCode = child.exitCode();
                fits = exitCode == 0;
                assertThat(exitCode).as(Files.readString(said)).isIn(0, 3);
            }
            if (!fits) {
                unpublished |= !Files.exists(out.resolve("report.json"));
                unregistered |= Files.exists(out.resolve("report.json"));
                assertThat(verified(registry)).isZero();
                Invocation again = Invocation.of(render);
                assertThat(again.err()).isEmpty();
                assertThat(again.exitCode()).isZero();
            }
            assertThat(verified(registry)).isZero();
            assertThat(Invocation.of("artifacts", "list", "--json", "--session", "Of " + blocks, "--registry", registry)
                            .json())
                    .hasSize(ARTIFACTS);
        }
        assertThat(unpublished).as("an end before it was published").isTrue();
        assertThat(unregistered).as("an end before it was registered").isTrue();
    }

    private static int verified(Path registry) {
        return Invocation.of("artifacts", "verify", "--registry", registry).exitCode();
    }

    /** What SQLite's driver would unpack where files get no longer. */
    private Path driver() throws IOException {
        String system = org.sqlite.util.OSInfo.getNativeLibFolderPathForCurrentOS();
        String name = System.mapLibraryName("sqlitejdbc");
        Path unpacked = Files.createDirectory(folder.resolve("driver"));
        try (InputStream in = Objects.requireNonNull(
                ClassLoader.getSystemResourceAsStream("org/sqlite/native/" + system + "/" + name), name)) {
            Files.copy(in, unpacked.resolve(name));
        }
        return unpacked;
    }
}
