package io.mixgraph.wav;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/**
 * A file of someone else's as it was at a time, by what tells without reading it that it has changed. What is thrown
 * here does not name the file.
 *
 * @param path where it is
 * @param bytes how long it is
 * @param modified when it was last written to
 */
record FileVersion(Path path, long bytes, FileTime modified) {
    /** The file as it is now. */
    static FileVersion of(Path path) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (attributes.isDirectory()) {
                throw new IOException("is a folder, not a file");
            }
            return new FileVersion(path, attributes.size(), attributes.lastModifiedTime());
        } catch (NoSuchFileException e) {
            throw new IOException("there is no such file", e);
        }
    }

    /**
     * Opens the file for reading.
     *
     * @throws IOException also when it is not the same any more
     */
    FileChannel open() throws IOException {
        FileChannel channel = channel();
        boolean same = false;
        try {
            same = isSame(of(path));
        } finally {
            if (!same) {
                channel.close();
            }
        }
        if (!same) {
            throw new IOException("was changed while it was in use; try again when it is whole");
        }
        return channel;
    }

    /** A record's own {@code equals} is linked when it is first called, which every start would wait for. */
    private boolean isSame(FileVersion now) {
        return now.bytes == bytes && now.modified.equals(modified);
    }

    private FileChannel channel() throws IOException {
        try {
            return FileChannel.open(path, StandardOpenOption.READ);
        } catch (NoSuchFileException e) {
            throw new IOException("there is no such file", e);
        } catch (AccessDeniedException e) {
            throw new IOException("no permission to read it", e);
        } catch (IOException e) {
            throw new IOException("cannot be opened: " + Reason.of(e), e);
        }
    }
}
