package io.mixgraph.media.database;

import io.mixgraph.media.RegistryException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * The tables in one file, {@code registry.db}, in a folder. Beside it lie SQLite's own {@code registry.db-wal} and
 * {@code registry.db-shm}, and {@code lock} ({@link FolderLock}). One connection serves all threads, one after the
 * other.
 */
public final class SqliteDatabase implements Database {
    private static final String NAME = "registry.db";
    private static final String DAMAGED = NAME + ".damaged-";
    private static final String TABLES =
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'";

    private final Path folder;
    private final Path file;
    private final Duration patience;
    private final FolderLock lock;
    private final boolean readOnly;
    private final Connection connection;
    private final Handle handle;

    /** Which file was opened, wherever it is now. */
    private final @Nullable Object fileKey;

    private SqliteDatabase(Path folder, Duration patience, boolean readOnly, Connection connection) throws IOException {
        this.folder = folder;
        this.file = folder.resolve(NAME);
        this.patience = patience;
        this.lock = FolderLock.of(folder);
        this.readOnly = readOnly;
        this.connection = connection;
        this.handle = Jdbi.create(connection).open();
        prepare();
        this.fileKey = fileKey(file);
    }

    /** The file of the registry in a folder, whether it is there or not. */
    public static Path file(Path folder) {
        return folder.resolve(NAME);
    }

    /**
     * Opens the file in a folder; both are made when missing. What cannot be written to is opened for reading.
     *
     * @param patience how long to wait for others
     * @throws RegistryException also when the file is damaged, which is then moved aside
     */
    public static SqliteDatabase open(Path folder, Duration patience) throws IOException {
        Path real = made(folder);
        Path file = real.resolve(NAME);
        boolean readOnly = Files.exists(file) && !(Files.isWritable(real) && Files.isWritable(file));
        try {
            return opened(real, patience, readOnly);
        } catch (SQLException | JdbiException e) {
            throw failed(e, real, patience);
        }
    }

    private static Path made(Path folder) throws RegistryException {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw RegistryException.request(
                    folder + " is a file, and a registry is a folder: give the folder, or another place");
        }
        try {
            Files.createDirectories(folder);
            return folder.toRealPath();
        } catch (IOException e) {
            throw RegistryException.failed(
                    folder + " cannot be made (" + e.getClass().getSimpleName()
                            + "): give a place for the registry that can" + " be written to",
                    e);
        }
    }

    private static SqliteDatabase opened(Path folder, Duration patience, boolean readOnly)
            throws IOException, SQLException {
        Connection connection = connected(folder, patience, readOnly);
        try {
            return new SqliteDatabase(folder, patience, readOnly, connection);
        } catch (IOException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private static Connection connected(Path folder, Duration patience, boolean readOnly)
            throws IOException, SQLException {
        Path file = folder.resolve(NAME);
        if (!readOnly) {
            return source(file, "", patience, false).getConnection();
        }
        try {
            return readable(source(file, "", patience, true));
        } catch (SQLException e) {
            if (code(e) != SQLiteErrorCode.SQLITE_CANTOPEN.code && code(e) != SQLiteErrorCode.SQLITE_READONLY.code) {
                throw e;
            }
            if (Files.exists(folder.resolve(NAME + "-wal"))) {
                throw RegistryException.failed(
                        file + " cannot be read, for what was written last still lies in " + NAME
                                + "-wal, and only who may"
                                + " write to the folder can read that: give it write permission, or use a copy of it",
                        e);
            }
            // SQLite wants to write files beside it first, but for one that does not change. Nobody has it open.
            return readable(source(file, "?immutable=1", patience, true));
        }
    }

    private static Connection readable(SQLiteDataSource source) throws SQLException {
        Connection connection = source.getConnection();
        try (var statement = connection.createStatement()) {
            statement.execute("SELECT 1 FROM sqlite_master");
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private static SQLiteDataSource source(Path file, String parameters, Duration patience, boolean readOnly) {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout((int) patience.toMillis());
        config.enforceForeignKeys(true);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setReadOnly(readOnly);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file.toUri() + parameters);
        return source;
    }

    private void prepare() throws IOException {
        if (!isBehind()) {
            return;
        }
        if (readOnly) {
            throw unwritable(folder, new IOException(file + " has no tables"));
        }
        FolderLock.Held held = lock.alone(patience);
        try {
            // Another process may just have done so.
            if (isBehind()) {
                handle.execute("PRAGMA journal_mode = WAL");
                Schema.migrate(source(file, "", patience, false), "sqlite", "main", file.toString());
            }
        } finally {
            held.close();
        }
    }

    private boolean isBehind() throws IOException {
        List<String> tables = handle.createQuery(TABLES).mapTo(String.class).list();
        if (!tables.isEmpty() && !tables.contains(Schema.HISTORY)) {
            throw RegistryException.request(file + " is the database of another program (it has the table "
                    + tables.get(0) + "): use a registry in another place");
        }
        return Schema.isBehind(handle, tables, file.toString());
    }

    @Override
    public synchronized <T extends @Nullable Object> T read(Work<T> work) throws IOException {
        try {
            return transaction("BEGIN", work);
        } catch (JdbiException e) {
            throw failed(e, folder, patience);
        }
    }

    @Override
    public Hold keeping() throws IOException {
        return new FolderHold(lock(true));
    }

    @Override
    public Hold deleting() throws IOException {
        FolderLock.Held held = lock(false);
        try {
            List<Path> damaged = damaged();
            if (!damaged.isEmpty()) {
                throw RegistryException.request(damaged.get(0)
                        + " was moved aside because it is damaged, and objects may belong to what it holds: nothing is"
                        + " deleted while it is there. When it is no longer needed, delete it, then try again");
            }
            return new FolderHold(held);
        } catch (IOException | RuntimeException e) {
            held.close();
            throw e;
        }
    }

    private FolderLock.Held lock(boolean shared) throws IOException {
        if (readOnly) {
            throw unwritable(folder, new AccessDeniedException(folder.toString()));
        }
        FolderLock.Held held = shared ? lock.shared(patience) : lock.alone(patience);
        if (Objects.equals(fileKey, fileKey(file))) {
            return held;
        }
        held.close();
        throw RegistryException.failed(
                file + " is no longer the file that was opened, it was moved or replaced meanwhile: try again",
                new IOException(file + " has another key"));
    }

    @Override
    public synchronized void check() throws IOException {
        try {
            String found = handle.createQuery("PRAGMA integrity_check(1)")
                    .mapTo(String.class)
                    .one();
            if (!found.equals("ok")) {
                throw damaged(folder, patience, new SQLException(found));
            }
        } catch (JdbiException e) {
            throw failed(e, folder, patience);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        try {
            handle.close();
            connection.close();
        } catch (SQLException | JdbiException e) {
            throw failed(e, folder, patience);
        }
    }

    @Override
    public String toString() {
        return folder.toString();
    }

    private <T extends @Nullable Object> T transaction(String begin, Work<T> work) throws IOException {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                return Transaction.run(handle, begin, work);
            } catch (JdbiException e) {
                // SQLite waits by itself, but not in every case. What failed was rolled back.
                if (!isBusy(e) || System.nanoTime() - end >= 0) {
                    throw e;
                }
            }
        }
    }

    private static boolean isBusy(JdbiException e) {
        int code = code(Transaction.cause(e));
        return code == SQLiteErrorCode.SQLITE_BUSY.code
                || code == SQLiteErrorCode.SQLITE_LOCKED.code
                || code == SQLiteErrorCode.SQLITE_PROTOCOL.code;
    }

    private static boolean isDamage(JdbiException e) {
        int code = code(Transaction.cause(e));
        return code == SQLiteErrorCode.SQLITE_CORRUPT.code || code == SQLiteErrorCode.SQLITE_NOTADB.code;
    }

    /** The failure in words for users. A damaged file is moved aside. */
    private static RegistryException failed(Exception e, Path folder, Duration patience) throws IOException {
        SQLException cause = Transaction.cause(e);
        if (cause == null) {
            throw e instanceof RuntimeException defect ? defect : new IllegalStateException(e);
        }
        Path file = folder.resolve(NAME);
        SQLiteErrorCode code = SQLiteErrorCode.getErrorCode(code(cause));
        return switch (code) {
            case SQLITE_CORRUPT, SQLITE_NOTADB -> damaged(folder, patience, cause);
            case SQLITE_FULL ->
                RegistryException.failed(
                        file + ": the disk is full, and nothing was registered: make room on it, then try again",
                        cause);
            case SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH -> unwritable(folder, cause);
            case SQLITE_CANTOPEN ->
                RegistryException.failed(
                        file
                                + " cannot be opened: it has to be a file that can be read, in a folder that can be written"
                                + " to; where it cannot, close what uses the registry first, or copy the folder",
                        cause);
            case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL ->
                RegistryException.failed(
                        file + ": others have kept the registry busy for " + patience.toSeconds()
                                + " s; see whether another mixgraph still runs, then try again",
                        cause);
            case SQLITE_IOERR ->
                RegistryException.failed(
                        file + " cannot be read or written (" + cause.getMessage()
                                + "): see whether the disk is sound and has room, then try again",
                        cause);
            default -> RegistryException.failed(file + ": " + cause.getMessage(), cause);
        };
    }

    private static RegistryException unwritable(Path folder, Exception cause) {
        return RegistryException.failed(
                folder + " cannot be written to, so nothing can be registered or removed in it: give the folder and its"
                        + " files write permission, or use a registry in another place",
                cause);
    }

    /** SQLite's result code without what it adds in the upper bits; −1 when there is none. */
    private static int code(@Nullable SQLException e) {
        return e == null
                ? -1
                : (e instanceof SQLiteException known ? known.getResultCode().code : e.getErrorCode()) & 0xff;
    }

    /** Moves a damaged file aside, unless somebody else already did, and says so. */
    private static RegistryException damaged(Path folder, Duration patience, SQLException cause) throws IOException {
        Path file = folder.resolve(NAME);
        if (!Files.isWritable(folder)) {
            return RegistryException.failed(
                    file + " is damaged (" + cause.getMessage()
                            + ") and was left as it is, for its folder cannot be written"
                            + " to: use a registry in another place, or put a backup in its place",
                    cause);
        }
        FolderLock.Held held = FolderLock.of(folder).alone(patience);
        try {
            if (isSound(file, patience)) {
                return RegistryException.failed(
                        file + " was damaged and has been replaced by another process meanwhile: try again", cause);
            }
            return RegistryException.failed(
                    file + " is damaged (" + cause.getMessage() + "). It was moved aside as " + movedAside(file)
                            + " and nothing of it was overwritten; the objects are all there. The next command starts an"
                            + " empty registry, in which a render can be registered again; or put a backup in its place",
                    cause);
        } catch (FileSystemException e) {
            return RegistryException.failed(
                    file + " is damaged (" + cause.getMessage() + ") and cannot be moved aside (" + e.getMessage()
                            + "): move it elsewhere by hand, then try again",
                    e);
        } finally {
            held.close();
        }
    }

    private static boolean isSound(Path file, Duration patience) {
        try (Connection connection = source(file, "", patience, true).getConnection();
                var statement = connection.createStatement();
                var found = statement.executeQuery("PRAGMA integrity_check(1)")) {
            return found.next() && found.getString(1).equals("ok");
        } catch (SQLException e) {
            return false;
        }
    }

    private static Path movedAside(Path file) throws IOException {
        int number = 1;
        while (Files.exists(file.resolveSibling(DAMAGED + number), LinkOption.NOFOLLOW_LINKS)) {
            number++;
        }
        Path aside = file.resolveSibling(DAMAGED + number);
        // The log goes first: a new file must not find the log of the old one.
        for (String part : List.of("-wal", "-shm", "")) {
            Path from = file.resolveSibling(NAME + part);
            if (Files.exists(from, LinkOption.NOFOLLOW_LINKS)) {
                Files.move(from, file.resolveSibling(DAMAGED + number + part), StandardCopyOption.ATOMIC_MOVE);
            }
        }
        return aside;
    }

    private List<Path> damaged() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(path -> path.getFileName().toString().startsWith(DAMAGED))
                    .sorted()
                    .toList();
        }
    }

    private static @Nullable Object fileKey(Path file) {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        } catch (IOException e) {
            // Gone is another file, too.
            return file;
        }
    }

    private final class FolderHold implements Hold {
        private FolderLock.@Nullable Held held;

        FolderHold(FolderLock.Held held) {
            this.held = held;
        }

        @Override
        public <T extends @Nullable Object> T write(Work<T> work) throws IOException {
            synchronized (SqliteDatabase.this) {
                try {
                    return transaction("BEGIN IMMEDIATE", work);
                } catch (JdbiException e) {
                    if (isDamage(e)) {
                        // Moving the file aside takes the lock alone, and this one is of no more use.
                        close();
                    }
                    throw failed(e, folder, patience);
                }
            }
        }

        @Override
        public void close() {
            if (held != null) {
                held.close();
                held = null;
            }
        }
    }
}
