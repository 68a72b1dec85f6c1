package io.mixgraph.media.database;

import java.io.IOException;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/** All of some work or nothing. */
final class Transaction {
    private Transaction() {}

    /**
     * Does it on a connection that commits every statement, in words: each database has its own to begin with.
     *
     * @throws JdbiException when the database fails; nothing has been done then
     */
    static <T extends @Nullable Object> T run(Handle handle, String begin, Database.Work<T> work) throws IOException {
        handle.execute(begin);
        boolean done = false;
        try {
            T result = work.on(new Tables(handle));
            handle.execute("COMMIT");
            done = true;
            return result;
        } finally {
            if (!done) {
                rollBack(handle);
            }
        }
    }

    private static void rollBack(Handle handle) {
        try {
            handle.execute("ROLLBACK");
        } catch (JdbiException e) {
            // Some failures do so themselves, a full disk or a lost connection. The failure is on its way.
            return;
        }
    }

    /** The database's own failure in one of ours; null when there is none. */
    static @Nullable SQLException cause(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException found) {
                return found;
            }
        }
        return null;
    }
}
