package io.mixgraph.media.database;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Where the registry's tables are. Safe for use by many threads and by many processes. Every failure is an
 * {@link IOException} that says what, where and what to do.
 */
public interface Database extends Closeable {
    /** Runs queries that all see one state. */
    <T extends @Nullable Object> T read(Work<T> work) throws IOException;

    /**
     * Waits until nothing deletes objects, and keeps it so until closed. Any number of these may be held at a time.
     * Whoever brings objects into the store and then registers them holds one over both.
     */
    Hold keeping() throws IOException;

    /**
     * Waits until nobody is {@link #keeping}, and keeps it so until closed. Whoever deletes objects holds one from
     * asking which are needed until they are deleted.
     *
     * @throws IOException also when objects may be needed that the tables do not know of
     */
    Hold deleting() throws IOException;

    /** Looks whether what the tables are stored in is sound, as far as only this program can tell. */
    void check() throws IOException;

    /** What and where it is, for people. */
    @Override
    String toString();

    /** What is done in one transaction. */
    @FunctionalInterface
    interface Work<T extends @Nullable Object> {
        T on(Tables tables) throws IOException;
    }

    /** A claim that other processes respect. A process that ends gives it back. */
    interface Hold extends Closeable {
        /**
         * Runs one transaction, all of it or nothing; it is durable when this returns. No other one writes meanwhile.
         */
        <T extends @Nullable Object> T write(Work<T> work) throws IOException;

        @Override
        void close();
    }
}
