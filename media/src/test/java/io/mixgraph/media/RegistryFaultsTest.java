package io.mixgraph.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What users hear of a registry in a folder that cannot do what they want, and that nothing is lost by it. */
class RegistryFaultsTest {
    @TempDir
    Path folder;

    private Path place() {
        return folder.resolve("registry");
    }

    private Path database() {
        return place().resolve("registry.db");
    }

    @AfterEach
    void letItBeDeleted() throws IOException {
        if (Files.isDirectory(place())) {
            Files.setPosixFilePermissions(place(), PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    private Registry opened() throws IOException {
        return Registry.open(RegistryPlace.parse(place().toString()));
    }

    private RenderRecord render(long seed) throws IOException {
        return new RandomRenders(seed, Files.createDirectories(folder.resolve("rendered")), 12).next();
    }

    private List<Artifact> filled(long seed) throws IOException {
        try (Registry registry = opened()) {
            return registry.register(render(seed)).added();
        }
    }

    @Test
    void aDamagedDatabaseIsKeptAsideAndNothingIsCollectedMeanwhile() throws IOException {
        List<Artifact> artifacts = filled(1);
        byte[] damaged = new byte[5000];
        new Random(1).nextBytes(damaged);
        Files.write(database(), damaged);

        assertThatThrownBy(this::opened)
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining(database().toString())
                .hasMessageContaining("moved aside as " + place().resolve("registry.db.damaged-1"));
        assertThat(place().resolve("registry.db.damaged-1")).hasBinaryContent(damaged);
        assertThat(database()).doesNotExist();

        try (Registry registry = opened()) {
            assertThat(registry.find(ArtifactQuery.newest(10))).isEmpty();
            assertThatThrownBy(registry::collect)
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("registry.db.damaged-1");
            assertThat(registry.objects().has(artifacts.get(0).sha256())).isTrue();
            assertThat(registry.register(render(1)).added()).hasSameSizeAs(artifacts);
        }
        Files.write(database(), damaged);
        assertThatThrownBy(this::opened).hasMessageContaining("registry.db.damaged-2");
        assertThat(place().resolve("registry.db.damaged-1")).hasBinaryContent(damaged);

        Files.delete(place().resolve("registry.db.damaged-1"));
        Files.delete(place().resolve("registry.db.damaged-2"));
        try (Registry registry = opened()) {
            assertThat(registry.collect().objects()).isPositive();
        }
    }

    /** Damage in the middle is found when that part is read, or by verify: as an error either way, never as less. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void damageInTheMiddleIsFoundByVerify(long seed) throws IOException {
        try (Registry registry = opened()) {
            for (int i = 0; i < 10; i++) {
                registry.register(render(100 + i));
            }
        }
        long pages = Files.size(database()) / 4096;
        byte[] noise = new byte[4096];
        Random random = new Random(seed);
        random.nextBytes(noise);
        try (RandomAccessFile file = new RandomAccessFile(database().toFile(), "rw")) {
            file.seek(4096 * (1 + random.nextLong(pages - 1)));
            file.write(noise);
        }
        byte[] damaged = Files.readAllBytes(database());

        assertThatThrownBy(() -> {
                    try (Registry registry = opened()) {
                        registry.verify(false, (done, of) -> {});
                    }
                })
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("moved aside");
        assertThat(place().resolve("registry.db.damaged-1")).hasBinaryContent(damaged);
        assertThat(database()).doesNotExist();
    }

    @Test
    void damageThatRegisteringMeetsIsMovedAsideToo() throws IOException {
        filled(1);
        try (Registry registry = opened()) {
            byte[] noise = new byte[(int) Files.size(database()) - 4096];
            new Random(1).nextBytes(noise);
            try (RandomAccessFile file = new RandomAccessFile(database().toFile(), "rw")) {
                file.seek(4096);
                file.write(noise);
            }
            assertThatThrownBy(() -> registry.register(render(2)))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("moved aside");
        }
        assertThat(filled(2)).isNotEmpty();
    }

    @Test
    void whoHasADamagedDatabaseOpenRegistersNothingIntoIt() throws IOException {
        filled(1);
        try (Registry early = opened()) {
            Files.move(database(), place().resolve("elsewhere"));
            filled(2);
            assertThatThrownBy(() -> early.register(render(3)))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("moved or replaced");
        }
    }

    @Test
    void theDatabaseOfAnotherProgramIsLeftAlone() throws Exception {
        Files.createDirectories(place());
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database());
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE recipes (name TEXT)");
        }
        byte[] before = Files.readAllBytes(database());

        assertThatThrownBy(this::opened)
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("another program")
                .hasMessageContaining("recipes");
        assertThat(database()).hasBinaryContent(before);
    }

    @Test
    void aFileIsNoRegistry() throws IOException {
        Files.writeString(place(), "a file", StandardCharsets.UTF_8);

        assertThatThrownBy(this::opened)
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining(place() + " is a file")
                .satisfies(e -> assertThat(((RegistryException) e).isRequest()).isTrue());
        Path below = place().resolve("below");
        assertThatThrownBy(() -> Registry.open(RegistryPlace.parse(below.toString())))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(below.toString());
        assertThat(place()).hasContent("a file");
    }

    @Test
    void aRegistryThatCannotBeWrittenToIsRead() throws Exception {
        List<Artifact> artifacts = filled(1);
        Files.setPosixFilePermissions(place(), PosixFilePermissions.fromString("r-xr-xr-x"));

        assertThat(said(unprivileged(), "list", place().toString())).isEqualTo(artifacts.size() + "\n0");
        assertThat(said(
                        unprivileged(),
                        "register",
                        place().toString(),
                        "2",
                        "0",
                        folder.resolve("r2").toString()))
                .contains(place() + " cannot be written to")
                .endsWith("\n3");
        assertThat(names(place())).containsExactlyInAnyOrder("lock", "objects", "registry.db");

        // While another has it open, what that one wrote last is seen, too.
        Files.setPosixFilePermissions(place(), PosixFilePermissions.fromString("rwxr-xr-x"));
        try (Registry registry = opened()) {
            int added = registry.register(render(7)).added().size();
            Files.setPosixFilePermissions(place(), PosixFilePermissions.fromString("r-xr-xr-x"));
            assertThat(said(unprivileged(), "list", place().toString())).isEqualTo(artifacts.size() + added + "\n0");
        }
    }

    @Test
    void aRegistryCannotBeMadeWhereNothingCan() throws Exception {
        Files.createDirectories(place());
        Files.setPosixFilePermissions(place(), PosixFilePermissions.fromString("r-xr-xr-x"));

        for (Path wanted : List.of(place(), place().resolve("below"))) {
            assertThat(said(unprivileged(), "list", wanted.toString()))
                    .contains(wanted.toString())
                    .contains("writ")
                    .endsWith("\n3");
        }
        assertThat(names(place())).isEmpty();
    }

    @Test
    void aFullDiskRegistersNothingAndDamagesNothing() throws Exception {
        Path disk = Files.createDirectories(folder.resolve("disk"));
        assumeTrue(
                run(List.of("mount", "-t", "tmpfs", "-o", "size=640k", "tmpfs", disk.toString()))
                        .endsWith("\n0"),
                "a small disk cannot be mounted here");
        try {
            RegistryPlace place = RegistryPlace.parse(disk.resolve("registry").toString())
                    .withObjects(folder.resolve("objects").toString());
            int registered = 0;
            String failure = "";
            try (Registry registry = Registry.open(place)) {
                for (int i = 0; failure.isEmpty() && i < 1000; i++) {
                    try {
                        registered += registry.register(render(i)).added().size();
                    } catch (RegistryException e) {
                        failure = String.valueOf(e.getMessage());
                    }
                }
                assertThat(failure).contains("disk is full").contains("nothing was registered");
                assertThat(registry.find(ArtifactQuery.newest(100_000))).hasSize(registered);
            }
            try (Registry registry = Registry.open(place)) {
                assertThat(registry.find(ArtifactQuery.newest(100_000))).hasSize(registered);
                assertThat(registry.verify(true, (done, of) -> {}).clean()).isTrue();
            }
        } finally {
            assertThat(run(List.of("umount", disk.toString()))).endsWith("\n0");
        }
    }

    /** A file that may not grow is a full disk, too, to every user of every system. */
    @Test
    void aFileThatMayNotGrowRegistersNothing() throws Exception {
        filled(1);
        String limited = said(
                List.of("sh", "-c", "ulimit -f 300; exec \"$@\"", "sh"),
                "register",
                place().toString(),
                "5",
                "60000",
                folder.resolve("r5").toString());

        assertThat(limited)
                .contains(database().toString())
                .doesNotContain("Exception")
                .endsWith("\n3");
        try (Registry registry = opened()) {
            assertThat(registry.verify(true, (done, of) -> {}).clean()).isTrue();
            assertThat(registry.register(render(6)).added()).isNotEmpty();
        }
    }

    /** What starts a process that permissions hold for. */
    private static List<String> unprivileged() throws Exception {
        if (!System.getProperty("user.name", "").equals("root")) {
            return List.of();
        }
        List<String> setpriv = List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search");
        List<String> attempt = new ArrayList<>(setpriv);
        attempt.add("true");
        assumeTrue(run(attempt).endsWith("\n0"), "permissions do not hold for root, and setpriv is not there");
        return setpriv;
    }

    private static String said(List<String> before, String... arguments) throws Exception {
        return run(RegistryProcess.command(before, arguments));
    }

    /** What it writes, and its exit code in the last line. */
    private static String run(List<String> command) throws Exception {
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            return e.getMessage() + "\n127";
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return output.strip() + "\n" + process.exitValue();
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
