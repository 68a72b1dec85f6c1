package io.mixgraph.media.store;

import static java.lang.System.Logger.Level.TRACE;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Objects in a folder: {@code FOLDER/ab/cdef…}, by the first two digits of the digest and the other 62. They are
 * regular files, read-only where the file system knows permissions; links in the folder are not followed, so that
 * nothing outside it is read, written or deleted. A copy is made in {@code FOLDER/tmp} and renamed when it is whole,
 * verified and durable; what a killed process leaves there is in nobody's way, and {@link #list} clears it after a day.
 */
final class LocalObjects implements ObjectStore {
    private static final System.Logger STEPS = System.getLogger("io.mixgraph.steps");

    /**
     * Nothing is in the making for so long without a byte written; and if it were, its put would fail, not go wrong.
     */
    private static final Duration ABANDONED = Duration.ofDays(1);

    private final Path folder;
    private final Path temporary;

    /** A folder, which is made when something is put into it. */
    LocalObjects(Path folder) throws IOException {
        this.folder = folder;
        this.temporary = folder.resolve("tmp");
        Path there = folder.toAbsolutePath();
        while (there != null && !Files.exists(there)) {
            there = there.getParent();
        }
        if (there != null && !Files.isDirectory(there)) {
            throw WholeFile.explained(there, new NotDirectoryException(there.toString()));
        }
    }

    @Override
    public boolean put(Path file, String sha256) throws IOException {
        long size = size(sha256);
        if (size >= 0 && size == WholeFile.sizeOf(file)) {
            // Whoever stored it may not have come so far.
            WholeFile.sync(folderOf(object(sha256)));
            WholeFile.sync(folder);
            return false;
        }
        store(file, sha256);
        return true;
    }

    @Override
    public void replace(Path file, String sha256) throws IOException {
        store(file, sha256);
    }

    private void store(Path file, String sha256) throws IOException {
        Path object = object(sha256);
        WholeFile.sizeOf(file);
        checkNoLink(temporary);
        checkNoLink(folderOf(object));
        try (WholeFile copy = WholeFile.begin(temporary)) {
            STEPS.log(TRACE, "object begun");
            copy.copy(file);
            STEPS.log(TRACE, "object copied");
            String stored = copy.sha256();
            if (!stored.equals(sha256)) {
                throw new IOException(file + " has the SHA-256 " + stored + " and not " + sha256
                        + ": it was changed, so it is not stored; render again");
            }
            STEPS.log(TRACE, "object verified");
            copy.makeReadOnly();
            copy.force();
            STEPS.log(TRACE, "object durable");
            WholeFile.makeFolder(folderOf(object));
            copy.publish(object);
            // The folder of the object may be as new as the object, whoever made it.
            WholeFile.sync(folder);
            STEPS.log(TRACE, "object published");
        }
    }

    private static void checkNoLink(Path folder) throws IOException {
        if (Files.isSymbolicLink(folder)) {
            throw new IOException(folder + " is a symbolic link, which is not followed out of the store; take it away");
        }
    }

    private Path object(String sha256) {
        return folder.resolve(Sha256.path(sha256));
    }

    private static Path folderOf(Path object) {
        return Objects.requireNonNull(object.getParent());
    }

    /** What is known of an object, null when none is there: what is no regular file in a real folder is no object. */
    private static @Nullable BasicFileAttributes attributes(Path object) throws IOException {
        BasicFileAttributes attributes = isFolder(folderOf(object)) ? unfollowed(object) : null;
        return attributes != null && attributes.isRegularFile() ? attributes : null;
    }

    private static boolean isFolder(Path path) throws IOException {
        BasicFileAttributes attributes = unfollowed(path);
        return attributes != null && attributes.isDirectory();
    }

    private static @Nullable BasicFileAttributes unfollowed(Path path) throws IOException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw WholeFile.explained(path, e);
        }
    }

    @Override
    public boolean has(String sha256) throws IOException {
        return size(sha256) >= 0;
    }

    @Override
    public long size(String sha256) throws IOException {
        BasicFileAttributes attributes = attributes(object(sha256));
        return attributes == null ? -1 : attributes.size();
    }

    @Override
    public InputStream open(String sha256) throws IOException {
        Path object = object(sha256);
        BasicFileAttributes attributes = attributes(object);
        if (attributes == null) {
            throw new MissingObjectException(object.toString());
        }
        try {
            InputStream in = Files.newInputStream(object, LinkOption.NOFOLLOW_LINKS);
            return new VerifiedStream(in, object.toString(), attributes.size(), sha256);
        } catch (NoSuchFileException e) {
            throw new MissingObjectException(object.toString());
        } catch (IOException e) {
            throw WholeFile.explained(object, e);
        }
    }

    @Override
    public void delete(String sha256) throws IOException {
        Path object = object(sha256);
        if (isFolder(folderOf(object))) {
            try {
                Files.deleteIfExists(object);
            } catch (IOException e) {
                throw WholeFile.explained(object, e);
            }
        }
    }

    @Override
    public void list(Consumer<Stored> each) throws IOException {
        clearAbandoned();
        forEach(folder, digits -> {
            if (digits.getFileName().toString().length() == 2) {
                forEach(digits, object -> {
                    String sha256 = digits.getFileName().toString() + object.getFileName();
                    BasicFileAttributes attributes = Sha256.isName(sha256) ? attributes(object) : null;
                    if (attributes != null) {
                        each.accept(new Stored(sha256, attributes.size()));
                    }
                });
            }
        });
    }

    private void clearAbandoned() throws IOException {
        Instant latest = Instant.now().minus(ABANDONED);
        forEach(temporary, part -> {
            BasicFileAttributes attributes = attributes(part);
            if (attributes != null && attributes.lastModifiedTime().toInstant().isBefore(latest)) {
                try {
                    Files.deleteIfExists(part);
                } catch (IOException e) {
                    // Who may only read the store lists it all the same; it is in nobody's way.
                }
            }
        });
    }

    private interface Visitor {
        void visit(Path path) throws IOException;
    }

    /** Visits what is in a folder; nothing when it is none, or a link that leads out of the store. */
    private void forEach(Path parent, Visitor visitor) throws IOException {
        if (!parent.equals(folder) && !isFolder(parent)) {
            return;
        }
        try (DirectoryStream<Path> children = Files.newDirectoryStream(parent)) {
            for (Path child : children) {
                visitor.visit(child);
            }
        } catch (NoSuchFileException e) {
            // A store into which nothing was put yet.
        } catch (DirectoryIteratorException e) {
            throw WholeFile.explained(parent, Objects.requireNonNull(e.getCause()));
        } catch (FileSystemException e) {
            throw WholeFile.explained(parent, e);
        }
    }

    @Override
    public void close() {}

    @Override
    public String toString() {
        return folder.toString();
    }
}
