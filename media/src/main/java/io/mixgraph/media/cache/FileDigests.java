package io.mixgraph.media.cache;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * SHA-256 of files, taken once for as long as a file has the same place, size, modification time and identity, and,
 * where the system has one, the same time of its last change of any kind. A file that changed within the last 2
 * seconds, or in what the clock says is the future, is read every time: it might change again and look the same. Safe
 * for use by many threads.
 */
public final class FileDigests {
    /** The coarsest time stamp in use, that of FAT. */
    private static final Duration SETTLED = Duration.ofSeconds(2);

    private static final int ATTEMPTS = 3;
    private static final int BUFFER_BYTES = 1 << 20;
    private static final int DIGEST_DIGITS = 64;

    /**
     * A file as it was when its digest was taken.
     *
     * @param file where it is
     * @param name what to call it in messages
     * @param stamp what is to stay the same
     * @param sha256 of its bytes
     */
    record Seen(Path file, String name, String stamp, String sha256) {}

    /** @param changed when it changed last, in any way that shows */
    private record Stamp(String text, Instant changed) {}

    private final CacheFolder cache;
    private final InstantSource clock;

    /** @param cache keeps the digests; with {@link CacheFolder#none} files are read every time */
    public FileDigests(CacheFolder cache) {
        this(cache, InstantSource.system());
    }

    FileDigests(CacheFolder cache, InstantSource clock) {
        this.cache = cache;
        this.clock = clock;
    }

    /**
     * The SHA-256 of a file's bytes in lower-case hexadecimal.
     *
     * @throws IOException naming the file and what to do, when it cannot be read or keeps changing meanwhile
     */
    public String of(Path file) throws IOException {
        return see(file, file.toString()).sha256();
    }

    /**
     * Takes note of the digest of a file that this process has just written, so that it need not be read for it; like
     * any other, it is believed once the file has stayed as it is for 2 seconds.
     *
     * @param sha256 of all its bytes
     * @throws IOException when it is not there
     */
    public void made(Path file, String sha256) throws IOException {
        Path real = file.toRealPath();
        cache.keep(
                CacheFolder.Kind.DIGESTS,
                key(real),
                stamp(real, file.toString()).text() + sha256);
    }

    Seen see(Path file, String name) throws IOException {
        try {
            Path real = file.toRealPath();
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                Stamp stamp = stamp(real, name);
                boolean settled = !stamp.changed().isAfter(clock.instant().minus(SETTLED));
                String sha256 = settled ? kept(real, stamp) : null;
                if (sha256 != null) {
                    return new Seen(real, name, stamp.text(), sha256);
                }
                sha256 = hash(real);
                if (stamp(real, name).equals(stamp)) {
                    if (settled) {
                        cache.keep(CacheFolder.Kind.DIGESTS, key(real), stamp.text() + sha256);
                    }
                    return new Seen(real, name, stamp.text(), sha256);
                }
            }
        } catch (NoSuchFileException e) {
            throw new IOException(name + ": there is no such file", e);
        } catch (AccessDeniedException e) {
            throw new IOException(name + ": no permission to read it", e);
        } catch (FileSystemException e) {
            throw new IOException(name + ": cannot be read: " + CacheFolder.reason(e), e);
        }
        throw new IOException(name + ": is being written to; try again when it is whole");
    }

    /** Whether a file has still the bytes that it had when its digest was taken. */
    boolean unchanged(Seen seen) throws IOException {
        try {
            return stamp(seen.file(), seen.name()).text().equals(seen.stamp())
                    || see(seen.file(), seen.name()).sha256().equals(seen.sha256());
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private @Nullable String kept(Path real, Stamp stamp) {
        String text = cache.text(CacheFolder.Kind.DIGESTS, key(real));
        return text != null
                        && text.startsWith(stamp.text())
                        && text.length() == stamp.text().length() + DIGEST_DIGITS
                ? text.substring(stamp.text().length())
                : null;
    }

    private static String key(Path real) {
        return CacheFolder.key("file", real.toString());
    }

    private static Stamp stamp(Path real, String name) throws IOException {
        boolean unix = real.getFileSystem().supportedFileAttributeViews().contains("unix");
        String wanted = "size,lastModifiedTime,fileKey,isDirectory,isRegularFile";
        Map<String, ?> attributes = Files.readAttributes(real, unix ? "unix:ctime," + wanted : wanted);
        if (!Boolean.TRUE.equals(attributes.get("isRegularFile"))) {
            boolean directory = Boolean.TRUE.equals(attributes.get("isDirectory"));
            throw new IOException(name + (directory ? ": is a folder, not a file" : ": is no regular file"));
        }
        Lines lines = new Lines().add("path", real.toString());
        Instant changed = Instant.MIN;
        for (String attribute : new String[] {"size", "lastModifiedTime", "ctime", "fileKey"}) {
            Object value = attributes.get(attribute);
            lines.add(attribute, String.valueOf(value));
            if (value instanceof FileTime time && time.toInstant().isAfter(changed)) {
                changed = time.toInstant();
            }
        }
        return new Stamp(lines.toString(), changed);
    }

    private static String hash(Path file) throws IOException {
        MessageDigest digest = CacheFolder.sha256();
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = Files.newInputStream(file)) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                digest.update(buffer, 0, count);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
