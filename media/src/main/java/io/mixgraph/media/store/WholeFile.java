package io.mixgraph.media.store;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A file that appears only when it is whole and durable: it is made under a name of its own and renamed when finished.
 * Closing deletes what was not published. Failures say what, where and what to do.
 */
final class WholeFile implements Closeable {
    private static final int BUFFER_BYTES = 1 << 16;

    /** With less room than this, a write failed because the disk is full, whatever words the system has for it. */
    private static final long FULL_BYTES = 1 << 16;

    private static final Set<PosixFilePermission> WRITE = EnumSet.of(
            PosixFilePermission.OWNER_WRITE, PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private final Path part;
    private final FileChannel channel;
    private boolean published;

    private WholeFile(Path part, FileChannel channel) {
        this.part = part;
        this.channel = channel;
    }

    /** Begins a file in a folder, which is made when it is missing. */
    static WholeFile begin(Path folder) throws IOException {
        makeFolder(folder);
        try {
            Path part = folder.resolve(".mixgraph-" + UUID.randomUUID() + ".part");
            return new WholeFile(
                    part,
                    FileChannel.open(
                            part, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE));
        } catch (AccessDeniedException e) {
            // The folder is what people can do something about, not a name that nobody has seen.
            throw explained(folder, new AccessDeniedException(folder.toString()));
        } catch (IOException e) {
            throw explained(folder, e);
        }
    }

    /** Makes a folder, and those above it. When this returns they are there even after a power failure. */
    static void makeFolder(Path folder) throws IOException {
        Path parent = folder.toAbsolutePath().getParent();
        if (Files.isDirectory(folder) || parent == null) {
            return;
        }
        makeFolder(parent);
        try {
            Files.createDirectory(folder);
        } catch (IOException e) {
            // Another process may have been faster.
            if (!Files.isDirectory(folder)) {
                throw explained(folder, e);
            }
        }
        sync(parent);
    }

    /** Makes the names in a folder durable. */
    static void sync(Path folder) throws IOException {
        try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true);
        } catch (AccessDeniedException e) {
            // Windows opens no folder, nor does anybody one that may be written but not listed: there is no way to ask.
        } catch (IOException e) {
            throw explained(folder, e);
        }
    }

    /** The bytes of a file that is to be stored. */
    static long sizeOf(Path file) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (!attributes.isRegularFile()) {
                throw new IOException(file + " is no file, so it cannot be stored; give a file");
            }
            return attributes.size();
        } catch (NoSuchFileException e) {
            throw new IOException(file + " is not there, so it cannot be stored; render again", e);
        } catch (FileSystemException e) {
            throw explained(file, e);
        }
    }

    /**
     * Copies a file to here, which costs neither time nor room where the file system shares blocks (Btrfs, XFS; Java 20
     * and newer), and is a plain copy elsewhere. Never a link: a change to the one does not change the other.
     */
    void copy(Path file) throws IOException {
        try (FileChannel from = FileChannel.open(file, StandardOpenOption.READ)) {
            long position = 0;
            for (long copied = 1; copied > 0; position += copied) {
                copied = from.transferTo(position, Long.MAX_VALUE - position, channel);
            }
        } catch (IOException e) {
            throw explained(part.getParent(), e);
        }
    }

    /** Writes all of a stream to here; what fails in reading it passes through. */
    void write(InputStream in) throws IOException {
        byte[] bytes = new byte[BUFFER_BYTES];
        for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
            try {
                ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, read);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
            } catch (IOException e) {
                throw explained(part.getParent(), e);
            }
        }
    }

    /** SHA-256 of what is here now, read back. */
    String sha256() throws IOException {
        MessageDigest digest = Sha256.digest();
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
        try {
            for (long position = 0;
                    channel.read(buffer, position) >= 0;
                    position += buffer.position(), buffer.clear()) {
                digest.update(buffer.array(), 0, buffer.position());
            }
        } catch (IOException e) {
            throw explained(part, e);
        }
        return Sha256.hex(digest.digest());
    }

    /** Takes away the permission to write, where there are permissions. */
    void makeReadOnly() throws IOException {
        try {
            @Nullable
            PosixFileAttributeView view =
                    Files.getFileAttributeView(part, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
            if (view != null) {
                Set<PosixFilePermission> permissions = view.readAttributes().permissions();
                permissions.removeAll(WRITE);
                view.setPermissions(permissions);
            }
        } catch (IOException e) {
            throw explained(part, e);
        }
    }

    /** Makes the bytes durable. */
    void force() throws IOException {
        try {
            channel.force(true);
        } catch (IOException e) {
            throw explained(part.getParent(), e);
        }
    }

    /** Gives it its name, durably, in place of a file or a link that has it; the folder has to be there. */
    void publish(Path file) throws IOException {
        try {
            channel.close();
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            published = true;
        } catch (IOException e) {
            if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new IOException(file + " is a folder, where a file is to go; move it away", e);
            }
            throw explained(file, e);
        }
        sync(Objects.requireNonNull(file.getParent()));
    }

    @Override
    public void close() throws IOException {
        channel.close();
        if (!published) {
            Files.deleteIfExists(part);
        }
    }

    /** A failure of the file system in words for people: where, what, and what to do. */
    static IOException explained(@Nullable Path place, IOException e) {
        if (e instanceof ClosedByInterruptException) {
            return interrupted(String.valueOf(place), e);
        }
        String where = e instanceof FileSystemException named && named.getFile() != null
                ? named.getFile()
                : String.valueOf(place);
        if (e instanceof AccessDeniedException) {
            return new IOException(where + ": access is denied; change its permissions or choose another place", e);
        }
        if (e instanceof FileAlreadyExistsException || e instanceof NotDirectoryException) {
            return new IOException(
                    where + " is a file, where a folder is to go; move it away or choose another place", e);
        }
        if (e instanceof NoSuchFileException) {
            return new IOException(
                    where + " is not there and cannot be made; choose another place, or see who clears this one", e);
        }
        if (place != null && isFull(place)) {
            return new IOException(place + ": the disk is full; make room there or choose another place", e);
        }
        String reason = e instanceof FileSystemException named && named.getReason() != null
                ? named.getReason()
                : String.valueOf(e.getMessage());
        return new IOException(where + ": " + reason + "; check the disk or choose another place", e);
    }

    /** Somebody asked this thread to stop, which is no fault of the place. */
    static IOException interrupted(String place, Exception e) {
        IOException interrupted = new InterruptedIOException(place + ": interrupted");
        interrupted.initCause(e);
        return interrupted;
    }

    private static boolean isFull(Path place) {
        try {
            return Files.getFileStore(place).getUsableSpace() < FULL_BYTES;
        } catch (IOException e) {
            return false;
        }
    }
}
