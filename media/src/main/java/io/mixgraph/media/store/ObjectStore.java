package io.mixgraph.media.store;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Files by the SHA-256 of their bytes, each stored once. Digests are 64 lower-case hexadecimal digits; anything else is
 * an {@link IllegalArgumentException}, so that no name becomes a path. Safe for use by many threads and by many
 * processes. Every failure is an {@link IOException} that says what, where and what to do.
 */
public interface ObjectStore extends Closeable {
    /**
     * Opens a store: a folder, which is made when something is put into it, or a bucket of a service that speaks S3, as
     * {@code s3://BUCKET/PREFIX?region=eu-central-1&endpoint=http://host:9000&path_style=true}. The prefix and all
     * parameters may be absent: the region is then the one of the SDK's own chain (its environment variables and
     * profiles), or {@code us-east-1} at an endpoint; the endpoint is Amazon's; {@code path_style}, which most services
     * but Amazon's need, is false. Credentials come from the SDK's own chain alone, never from a place. Opening sends
     * nothing to a service.
     *
     * @throws IOException when it is no place, in words that say what is wrong with it
     */
    static ObjectStore at(String place) throws IOException {
        // The SDK takes long to load, so nothing of it is when the place is a folder.
        if (place.startsWith(S3Place.SCHEME)) {
            return S3Objects.open(S3Place.parse(place));
        }
        // A letter before a colon may be a drive; more of them are a service that is not known, or mistyped.
        if (place.isBlank() || place.matches("(?s)[A-Za-z][A-Za-z0-9+.-]+:.*")) {
            throw new IOException("'" + place + "' is no place for objects; give a folder or " + S3Place.FORM);
        }
        try {
            return new LocalObjects(Path.of(place));
        } catch (InvalidPathException e) {
            throw new IOException("'" + place + "' is no place for objects: " + e.getReason() + "; give a folder", e);
        }
    }

    /**
     * Stores a copy of a file, never a link to it; when this returns, the bytes are durable. A file whose bytes do not
     * have that digest is refused, and nothing of it is kept. An object that is there with the size of the file is not
     * stored, nor read, again; with another size it is damaged, and stored anew.
     *
     * @return whether it was stored now; false when it was there already. When two store the same object at one moment,
     *     both may have done so; it is there once
     */
    boolean put(Path file, String sha256) throws IOException;

    /** Stores a copy of a file in place of an object that is missing or damaged. */
    void replace(Path file, String sha256) throws IOException;

    /** Whether an object is there. */
    boolean has(String sha256) throws IOException;

    /** The size of an object in bytes, −1 when it is not there. */
    long size(String sha256) throws IOException;

    /**
     * Reads an object from its start; the caller closes the stream. The read that would return the last byte fails
     * instead when the bytes are not those that were stored.
     *
     * @throws MissingObjectException when it is not there; the stream throws {@link DamagedObjectException}
     */
    InputStream open(String sha256) throws IOException;

    /**
     * Writes a copy of an object to a file, which appears only whole and with the right digest, replacing one that is
     * there; its folder is made when missing.
     *
     * @throws MissingObjectException when it is not there
     * @throws DamagedObjectException when its bytes are not those that were stored
     */
    default void get(String sha256, Path file) throws IOException {
        Path target = file.toAbsolutePath();
        Path folder = target.getParent();
        if (folder == null) {
            throw new IOException(file + " is a folder, where a file is to go; give the name of a file");
        }
        try (InputStream object = open(sha256);
                WholeFile copy = WholeFile.begin(folder)) {
            copy.write(object);
            copy.force();
            copy.publish(target);
        }
    }

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
