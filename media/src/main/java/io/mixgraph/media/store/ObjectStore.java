package io.mixgraph.media.store;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Files by the SHA-256 of their bytes, each stored once. Digests are 64 lower-case hexadecimal digits; anything else is
 * an {@link IllegalArgumentException}, so that no name becomes a path. Safe for use by many threads and by many
 * processes. Every failure is an {@link IOException} that says what, where and what to do.
 */
public interface ObjectStore extends Closeable {
    /**
     * Stores a copy of a file, never a link to it; when this returns, the bytes are durable. A file whose bytes do not
     * have that digest is refused, and nothing of it is kept.
     *
     * @return whether it was stored now; false when it was there already
     */
    boolean put(Path file, String sha256) throws IOException;

    /** Stores a copy of a file in place of an object that is missing or damaged. */
    void replace(Path file, String sha256) throws IOException;

    /** Whether an object is there. */
    boolean has(String sha256) throws IOException;

    /** The size of an object in bytes, −1 when it is not there. */
    long size(String sha256) throws IOException;

    /** Reads an object from its start; the caller closes the stream. */
    InputStream open(String sha256) throws IOException;

    /**
     * Writes a copy of an object to a file, which appears only whole and with the right digest, replacing one that is
     * there; its folder is made when missing.
     */
    void get(String sha256, Path file) throws IOException;

    /** Deletes an object; nothing happens when it is not there. */
    void delete(String sha256) throws IOException;

    /** Names every object, in no promised order. */
    void list(Consumer<Stored> each) throws IOException;

    /** What and where it is, for people: the folder, or the bucket and prefix. */
    @Override
    String toString();

    /**
     * An object.
     *
     * @param sha256 its digest
     * @param size its bytes
     */
    record Stored(String sha256, long size) {}
}
