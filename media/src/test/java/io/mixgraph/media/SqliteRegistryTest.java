package io.mixgraph.media;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;

/** The laws of a registry, in SQLite. */
class SqliteRegistryTest extends RegistryContract {
    @Override
    RegistryPlace place(Path folder) throws RegistryException {
        return RegistryPlace.parse(folder.resolve("a registry % #").toString())
                .withObjects(folder.resolve("objects").toString());
    }

    @Override
    void execute(RegistryPlace place, String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + place.folder() + "/registry.db");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
