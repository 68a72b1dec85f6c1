package io.mixgraph.media.database;

import io.mixgraph.media.RegistryException;
import java.io.IOException;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;

/** Which tables there are. They are changed by the numbered files in {@code db/migration}, by Flyway. */
final class Schema {
    /** What the newest file there makes. */
    static final int VERSION = 1;

    /** Flyway's table, the first that is made. */
    static final String HISTORY = "flyway_schema_history";

    private Schema() {}

    /**
     * Whether tables have to be made or changed. Flyway could tell, but takes a fifth of a second to.
     *
     * @param tables the names of all that there are
     * @throws RegistryException when a newer engine has changed them
     */
    static boolean isBehind(Handle handle, List<String> tables, String place) throws IOException {
        if (!tables.contains(HISTORY)) {
            return true;
        }
        int version = handle
                .createQuery("SELECT version FROM " + HISTORY + " WHERE success AND version IS NOT NULL")
                .mapTo(String.class)
                .list()
                .stream()
                .mapToInt(text -> Integer.parseInt(text.replaceFirst("\\..*", "")))
                .max()
                .orElse(0);
        if (version > VERSION) {
            throw RegistryException.failed(
                    place + ": the registry was made by a newer mixgraph (its tables are version " + version
                            + ", this one knows " + VERSION + "): use that one, or a registry in another place",
                    new IOException("schema " + version));
        }
        return version < VERSION;
    }

    /** Brings the tables up to date. */
    static void migrate(DataSource source, String database, String schema, String place) throws IOException {
        try {
            Flyway.configure()
                    .dataSource(source)
                    .locations("classpath:db/migration/" + database)
                    .defaultSchema(schema)
                    .createSchemas(true)
                    .table(HISTORY)
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw RegistryException.failed(place + ": its tables cannot be made: " + firstLine(e), e);
        }
    }

    private static String firstLine(FlywayException e) {
        Throwable deepest = e;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        String message = deepest.getMessage();
        return message == null
                ? deepest.toString()
                : message.strip().lines().findFirst().orElse("");
    }
}
