package io.mixgraph.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mixgraph.media.database.Database;
import io.mixgraph.media.database.PostgresDatabase;
import io.mixgraph.media.database.ServerAddress;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What users hear of a registry at a server that cannot do what they want. */
class PostgresFaultsTest {
    private static EmbeddedPostgres server;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws IOException {
        server = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    private static String address(String user, String databaseAndParameters) {
        return "postgresql://" + user + "@localhost:" + server.getPort() + "/" + databaseAndParameters;
    }

    private void assertFails(String address, String... words) {
        assertThatThrownBy(() -> Registry.open(RegistryPlace.parse(address)).close())
                .isInstanceOf(RegistryException.class)
                .hasMessageContainingAll(words)
                .hasMessageNotContaining("Exception");
    }

    @Test
    void aServerThatIsNotThereCannotBeReached() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        assertFails(
                "postgresql://me:s3cret@localhost:" + port + "/mixes",
                "localhost:" + port + "/mixes",
                "cannot be reached");
    }

    @Test
    void aFailureIsOneLineAndLibrariesAreSilent() throws Exception {
        Process process = new ProcessBuilder(
                        RegistryProcess.command(List.of(), "list", "postgresql://me@localhost:1/mixes"))
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isEqualTo(3);
        assertThat(said.strip().lines()).hasSize(1).allMatch(line -> line.contains("cannot be reached"));
    }

    @Test
    void aServersRegistryIsMadeWithoutAWord() throws Exception {
        Process process = new ProcessBuilder(
                        RegistryProcess.command(List.of(), "list", address("postgres", "postgres?currentSchema=quiet")))
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(said.strip()).isEqualTo("0");
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void whoIsNotKnownIsToldHowToSayWhoTheyAre() {
        assertFails(address("nobody", "postgres"), "lets nobody in", "PGPASSWORD", "~/.pgpass");
    }

    @Test
    void aDatabaseThatIsNotThereIsNamed() {
        assertFails(address("postgres", "none"), "/none", "createdb");
    }

    @Test
    void aNumberThatIsNoPortIsNamed() {
        assertFails("postgresql://localhost:99999/mixes", "localhost:99999");
    }

    @Test
    void whoMayNotWriteReadsAndIsToldSoOtherwise() throws IOException {
        RenderRecord render = new RandomRenders(1, folder, 5).next();
        String objects = folder.resolve("objects").toString();
        try (Registry registry = Registry.open(
                RegistryPlace.parse(address("postgres", "postgres")).withObjects(objects))) {
            registry.register(render);
        }
        String readOnly = address("postgres", "postgres?options=-c%20default_transaction_read_only=on");
        try (Registry registry = Registry.open(RegistryPlace.parse(readOnly).withObjects(objects))) {
            assertThat(registry.find(ArtifactQuery.newest(10))).isNotEmpty();
            assertThatThrownBy(() -> registry.register(new RandomRenders(2, folder, 5).next()))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("can only be read");
        }
    }

    @Test
    void whoLosesTheConnectionLosesTheLockAndRegistersNothing() throws Exception {
        try (Database database = PostgresDatabase.open(
                        ServerAddress.parse(address("postgres", "postgres?currentSchema=lost")),
                        Duration.ofSeconds(5));
                Database.Hold hold = database.keeping();
                var connection = server.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'");
            assertThatThrownBy(() -> hold.<Boolean>write(tables -> {
                        tables.removeUnusedAssets();
                        return true;
                    }))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("cannot be reached");
            database.deleting().close();
            assertThat(database.<List<String>>read(tables -> tables.ids("0000", 1)))
                    .isEmpty();
        }
    }

    @Test
    void othersThatKeepItBusyForTooLongAreNamedInWords() throws IOException {
        ServerAddress address = ServerAddress.parse(address("postgres", "postgres?currentSchema=busy"));
        try (Database one = PostgresDatabase.open(address, Duration.ofMillis(300));
                Database other = PostgresDatabase.open(address, Duration.ofMillis(300))) {
            Database.Hold keeping = one.keeping();
            other.keeping().close();
            assertThatThrownBy(() -> other.deleting().close())
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("busy")
                    .hasMessageContaining("currentSchema=busy");
            keeping.close();
            other.deleting().close();
        }
    }
}
