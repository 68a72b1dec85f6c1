package io.mixgraph.media.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import io.mixgraph.media.RegistryException;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * The tables in a schema of a PostgreSQL database. What a folder's lock is for SQLite are advisory locks here: one that
 * keeping shares and deleting has alone, and one that makes transactions that write follow each other, so that a higher
 * number is also a later one.
 */
public final class PostgresDatabase implements Database {
    private static final String TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()";

    /** It says on its own what it throws, too. Loggers are forgotten when nobody keeps them. */
    private static final Logger DRIVER = Logger.getLogger("org.postgresql");

    private final ServerAddress address;
    private final Duration patience;
    private final HikariDataSource connections;
    private final Jdbi jdbi;
    private final long objectsKey;
    private final long writersKey;

    private PostgresDatabase(ServerAddress address, Duration patience, HikariDataSource connections) {
        this.address = address;
        this.patience = patience;
        this.connections = connections;
        this.jdbi = Jdbi.create(connections);
        this.objectsKey = key("objects of " + address.schema());
        this.writersKey = key("writers to " + address.schema());
    }

    /**
     * Opens a registry at a server, which is made when missing. A password comes from the address, from
     * {@code PGPASSWORD} or from {@code ~/.pgpass}.
     *
     * @param patience how long to wait for others
     */
    public static PostgresDatabase open(ServerAddress address, Duration patience) throws IOException {
        HikariConfig config = new HikariConfig();
        DRIVER.setLevel(Level.OFF);
        config.setDriverClassName("org.postgresql.Driver");
        config.setJdbcUrl("jdbc:postgresql://" + address.hosts() + "/" + encoded(address.database()) + "?"
                + address.parameters());
        checkUnderstood(config.getJdbcUrl(), address);
        if (address.user() != null) {
            config.setUsername(address.user());
        }
        String password = address.password() == null ? System.getenv("PGPASSWORD") : address.password();
        if (password != null) {
            config.setPassword(password);
        }
        config.addDataSourceProperty("currentSchema", "\"" + address.schema().replace("\"", "\"\"") + "\"");
        config.addDataSourceProperty("ApplicationName", "mixgraph");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("socketTimeout", String.valueOf(patience.toSeconds() + 60));
        // Text is what the column makes of it: a moment, a document.
        config.addDataSourceProperty("stringtype", "unspecified");
        // All that is asked is found by indexes. A server that has not counted yet what is in the tables does not know.
        config.setConnectionInitSql("SET lock_timeout = " + patience.toMillis()
                + "; SET enable_hashjoin = off; SET enable_mergejoin = off");
        config.setMinimumIdle(0);
        config.setMaximumPoolSize(8);
        config.setConnectionTimeout(Math.max(1000, Math.min(30_000, patience.toMillis())));
        HikariDataSource connections;
        try {
            connections = new HikariDataSource(config);
        } catch (PoolInitializationException | IllegalArgumentException e) {
            throw failed(e, address, patience);
        }
        PostgresDatabase database = new PostgresDatabase(address, patience, connections);
        try {
            database.prepare();
            return database;
        } catch (IOException | RuntimeException e) {
            database.close();
            throw e;
        }
    }

    private static void checkUnderstood(String url, ServerAddress address) throws RegistryException {
        try {
            DriverManager.getDriver(url);
        } catch (SQLException e) {
            throw RegistryException.request(
                    address + " is no address of a server: see whether host and port are right, as in db.example:5432");
        }
    }

    private void prepare() throws IOException {
        if (isBehind()) {
            // Flyway has a lock of its own.
            Schema.migrate(connections, "postgresql", address.schema(), address.toString());
        }
    }

    private boolean isBehind() throws IOException {
        try (Handle handle = jdbi.open()) {
            return Schema.isBehind(
                    handle, handle.createQuery(TABLES).mapTo(String.class).list(), address.toString());
        } catch (JdbiException e) {
            throw failed(e, address, patience);
        }
    }

    @Override
    public <T extends @Nullable Object> T read(Work<T> work) throws IOException {
        try (Handle handle = jdbi.open()) {
            return Transaction.run(handle, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", work);
        } catch (JdbiException e) {
            throw failed(e, address, patience);
        }
    }

    @Override
    public Hold keeping() throws IOException {
        return hold("SELECT pg_advisory_lock_shared(" + objectsKey + ")");
    }

    @Override
    public Hold deleting() throws IOException {
        return hold("SELECT pg_advisory_lock(" + objectsKey + ")");
    }

    private Hold hold(String lock) throws IOException {
        Handle handle = opened();
        try {
            handle.execute(lock);
            return new ServerHold(handle);
        } catch (JdbiException e) {
            handle.close();
            throw failed(e, address, patience);
        }
    }

    private Handle opened() throws IOException {
        try {
            return jdbi.open();
        } catch (JdbiException e) {
            throw failed(e, address, patience);
        }
    }

    /** A server looks after its own files. */
    @Override
    public void check() {}

    @Override
    public void close() {
        connections.close();
    }

    @Override
    public String toString() {
        return address.toString();
    }

    /** A number that other programs with locks in the same database do not use. */
    private static long key(String purpose) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(("mixgraph registry: " + purpose).getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The failure in words for users. */
    private static RegistryException failed(RuntimeException e, ServerAddress address, Duration patience) {
        SQLException cause = Transaction.cause(e);
        if (cause == null) {
            throw e;
        }
        String state = cause.getSQLState() == null ? "" : cause.getSQLState();
        String said = cause.getMessage() == null
                ? cause.toString()
                : cause.getMessage().lines().findFirst().orElse("");
        if (state.startsWith("08") || state.startsWith("57P")) {
            return RegistryException.failed(
                    address + " cannot be reached (" + said
                            + "): see whether the server runs and whether host and port are"
                            + " right, then try again; what was registered stays registered",
                    cause);
        }
        if (state.startsWith("28")) {
            return RegistryException.failed(
                    address + " lets nobody in so (" + said
                            + "): give user and password in the address, or the password in"
                            + " PGPASSWORD or ~/.pgpass",
                    cause);
        }
        return switch (state) {
            case "3D000" ->
                RegistryException.request(address + " has no such database: make it with createdb, or name another");
            case "55P03" ->
                RegistryException.failed(
                        address + ": others have kept the registry busy for " + patience.toSeconds()
                                + " s; see whether another mixgraph still runs, then try again",
                        cause);
            case "42501" ->
                RegistryException.failed(
                        address + " does not permit that (" + said + "): the user needs the right to make the schema "
                                + address.schema() + " and to read and write the tables in it",
                        cause);
            case "25006" ->
                RegistryException.failed(
                        address + " can only be read, so nothing can be registered or removed: give a server that takes"
                                + " writes",
                        cause);
            case "53100" ->
                RegistryException.failed(
                        address + ": the server's disk is full, and nothing was registered: make room on it, then try"
                                + " again",
                        cause);
            default -> RegistryException.failed(address + ": " + said, cause);
        };
    }

    private final class ServerHold implements Hold {
        /** Lock and transactions share one connection: when it is lost, so is the lock, and nothing is committed. */
        private final Handle handle;

        ServerHold(Handle handle) {
            this.handle = handle;
        }

        @Override
        public <T extends @Nullable Object> T write(Work<T> work) throws IOException {
            try {
                return Transaction.run(handle, "BEGIN; SELECT pg_advisory_xact_lock(" + writersKey + ")", work);
            } catch (JdbiException e) {
                throw failed(e, address, patience);
            }
        }

        @Override
        public void close() {
            try (handle) {
                handle.execute("SELECT pg_advisory_unlock_all()");
            } catch (JdbiException e) {
                // The connection is lost, and the lock with it.
                return;
            }
        }
    }
}
