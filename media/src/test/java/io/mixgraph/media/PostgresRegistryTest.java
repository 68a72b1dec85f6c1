package io.mixgraph.media;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The laws of a registry, in PostgreSQL: each test in a schema of its own. */
class PostgresRegistryTest extends RegistryContract {
    private static final AtomicInteger SCHEMAS = new AtomicInteger();

    private static EmbeddedPostgres server;

    @BeforeAll
    static void start() throws IOException {
        server = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @Override
    RegistryPlace place(Path folder) throws RegistryException {
        return RegistryPlace.parse(
                        "postgresql://postgres@localhost:" + server.getPort() + "/postgres?currentSchema=Test "
                                + SCHEMAS.incrementAndGet(),
                        Map.of("HOME", folder.toString()))
                .withObjects(folder.resolve("objects").toString());
    }

    @Override
    void execute(RegistryPlace place, String sql) throws Exception {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET search_path TO \"Test " + SCHEMAS.get() + "\"");
            statement.execute(sql);
        }
    }
}
