package io.mixgraph.media.cache;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A folder of entries that may each be lost at any time: files {@code KIND/ab/cdef…}, named by a digest in hexadecimal.
 * An entry appears whole, by a rename, and carries its own check; one that fails it counts as absent and is deleted.
 * Its modification time says when it was last used. Nothing here fails: what cannot be kept is not kept, what cannot be
 * read is not there, and {@link #troubles} says why. Safe for use by many threads and by many processes.
 */
public final class CacheFolder {
    /** What entries hold; each kind is a folder of its own. */
    public enum Kind {
        /** What buses handed on. */
        SIGNALS,
        /** What renders made of which session, and how long it took. */
        RENDERS,
        /** SHA-256 of files outside. */
        DIGESTS,
        /** Compressed recordings, decoded. */
        DECODED;

        /** The name of its folder. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * So much of a cache.
     *
     * @param entries how many
     * @param bytes how long their files are together
     */
    public record Amount(long entries, long bytes) {
        /** Nothing. */
        public static final Amount NONE = new Amount(0, 0);

        private Amount plus(long more) {
            return new Amount(entries + 1, bytes + more);
        }
    }

    /** A file being written under a name that nobody looks for. */
    record Draft(Path file, FileChannel channel) {}

    private record Entry(Path file, String name, FileTime used, long bytes) {}

    private static final Pattern KEY = Pattern.compile("[0-9a-f]{16,128}");
    private static final Pattern NAME = Pattern.compile("[0-9a-f]{2}/[0-9a-f]{14,126}");
    private static final String DRAFTS = "tmp";
    /** Use within this is not noted again, to save writes. */
    private static final Duration USED_LATELY = Duration.ofMinutes(1);
    /** What has been a draft for so long is nobody's any more. */
    private static final Duration ABANDONED = Duration.ofDays(1);

    private static final long MAX_TEXT_BYTES = 1 << 26;
    /** What stays free on the disk for what must be written. */
    private static final long RESERVED_BYTES = 1 << 30;

    private final @Nullable Path folder;
    private final InstantSource clock;
    private final Set<String> troubles = new LinkedHashSet<>();

    private CacheFolder(@Nullable Path folder, InstantSource clock) {
        this.folder = folder;
        this.clock = clock;
    }

    /** The cache in a folder, which is made when something is first kept. */
    public static CacheFolder at(Path folder) {
        return at(folder, InstantSource.system());
    }

    static CacheFolder at(Path folder, InstantSource clock) {
        return new CacheFolder(folder.toAbsolutePath().normalize(), clock);
    }

    /** Has nothing, keeps nothing and has no troubles. */
    public static CacheFolder none() {
        return new CacheFolder(null, InstantSource.system());
    }

    /** Whether it is a folder, and not {@link #none}. */
    public boolean keeps() {
        return folder != null;
    }

    /** The key of what so many texts together decide: their SHA-256, each with its length. */
    public static String key(String... parts) {
        MessageDigest digest = sha256();
        for (String part : parts) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
            digest.update(bytes);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /**
     * A text that was kept; null when there is none that is whole.
     *
     * @param key 16 to 128 lower-case hexadecimal digits
     * @throws IllegalArgumentException when the key is something else
     */
    public @Nullable String text(Kind kind, String key) {
        Path file = file(kind, key);
        if (file == null) {
            return null;
        }
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            bytes = in.readNBytes((int) MAX_TEXT_BYTES);
        } catch (IOException e) {
            unreadable(e);
            return null;
        }
        String whole = new String(bytes, StandardCharsets.UTF_8);
        int end = whole.indexOf('\n');
        String text = whole.substring(end + 1);
        if (end < 0 || !whole.substring(0, end).equals(check(key, text))) {
            damaged(file);
            return null;
        }
        used(file);
        return text;
    }

    /**
     * Keeps a text, in place of one that was kept under the same key.
     *
     * @param key 16 to 128 lower-case hexadecimal digits
     * @param text of less than 64 MiB
     * @throws IllegalArgumentException when the key is something else
     */
    public void keep(Kind kind, String key, String text) {
        Path file = file(kind, key);
        if (file == null) {
            return;
        }
        byte[] bytes = (check(key, text) + "\n" + text).getBytes(StandardCharsets.UTF_8);
        if (bytes.length >= MAX_TEXT_BYTES) {
            throw new IllegalArgumentException("a text of " + bytes.length + " bytes is too long to be kept");
        }
        Draft draft = draft(bytes.length);
        if (draft == null) {
            return;
        }
        try {
            ByteBuffer left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) {
                draft.channel().write(left);
            }
            publish(draft, file);
        } catch (IOException e) {
            unwritable(e);
        } finally {
            discard(draft);
        }
    }

    /** Of the key as well, so that a file under another's name is not believed. */
    private static String check(String key, String text) {
        CRC32C crc = new CRC32C();
        crc.update(key.getBytes(StandardCharsets.UTF_8));
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }

    /** How much there is of each kind, in the order of the kinds. */
    public Map<Kind, Amount> size() {
        Map<Kind, Amount> size = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            Amount amount = Amount.NONE;
            for (Entry entry : entries(kind)) {
                amount = amount.plus(entry.bytes());
            }
            size.put(kind, amount);
        }
        return Collections.unmodifiableMap(size);
    }

    /**
     * Deletes what was not used for longest, of entries used at the same time the first by name, until what is left
     * takes at most {@code maxBytes}; and what interrupted renders left behind. Deletes nothing else, and nothing
     * behind a symbolic link.
     *
     * @param maxBytes 0 or more
     * @return what was deleted
     */
    public Amount evict(long maxBytes) {
        if (maxBytes < 0) {
            throw new IllegalArgumentException("no cache takes " + maxBytes + " bytes");
        }
        Amount freed = Amount.NONE;
        List<Entry> entries = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            entries.addAll(entries(kind));
        }
        entries.sort(Comparator.comparing(Entry::used).thenComparing(Entry::name));
        long left = entries.stream().mapToLong(Entry::bytes).sum();
        for (Entry entry : entries) {
            if (left <= maxBytes) {
                break;
            }
            if (delete(entry.file())) {
                left -= entry.bytes();
                freed = freed.plus(entry.bytes());
            }
        }
        Instant abandoned = clock.instant().minus(ABANDONED);
        for (Entry draft : entries(DRAFTS, Pattern.compile("[^/]+"))) {
            if (draft.used().toInstant().isBefore(abandoned) && delete(draft.file())) {
                freed = freed.plus(draft.bytes());
            }
        }
        return freed;
    }

    /** What went wrong so far, one sentence for each kind of trouble, in the order in which they came up. */
    public List<String> troubles() {
        synchronized (troubles) {
            return List.copyOf(troubles);
        }
    }

    /** Where it is, for people. */
    @Override
    public String toString() {
        return folder == null ? "no cache" : folder.toString();
    }

    private List<Entry> entries(Kind kind) {
        return entries(kind.word(), NAME);
    }

    /** Of a subfolder, the files whose name in it matches; without following links. */
    private List<Entry> entries(String subfolder, Pattern names) {
        List<Entry> entries = new ArrayList<>();
        if (folder == null) {
            return entries;
        }
        Path top = folder.resolve(subfolder);
        try {
            Files.walkFileTree(top, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    String name = top.relativize(file).toString().replace(File.separatorChar, '/');
                    if (attributes.isRegularFile() && names.matcher(name).matches()) {
                        FileTime used = attributes.lastModifiedTime();
                        entries.add(new Entry(file, subfolder + "/" + name, used, attributes.size()));
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    unreadable(e);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e) {
                    if (e != null) {
                        unreadable(e);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            unreadable(e);
        }
        return entries;
    }

    /** The file of an entry, there or not; null when there is no folder. */
    @Nullable
    Path file(Kind kind, String key) {
        if (!KEY.matcher(key).matches()) {
            throw new IllegalArgumentException("a key is 16 to 128 lower-case hexadecimal digits, not " + key);
        }
        return folder == null
                ? null
                : folder.resolve(kind.word()).resolve(key.substring(0, 2)).resolve(key.substring(2));
    }

    /** Starts a file; null when none can be. {@link #discard} ends it in any case. */
    @Nullable
    Draft draft(long bytes) {
        if (folder == null) {
            return null;
        }
        try {
            Path drafts = Files.createDirectories(folder.resolve(DRAFTS));
            if (!leavesRoom(
                    bytes, drafts.toFile().getUsableSpace(), drafts.toFile().getTotalSpace())) {
                trouble("the disk is nearly full; not everything was kept, make room there");
                return null;
            }
            for (int attempt = 0; ; attempt++) {
                String random =
                        HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
                Path file = drafts.resolve(ProcessHandle.current().pid() + "-" + random);
                try {
                    FileChannel channel =
                            FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
                    return new Draft(file, channel);
                } catch (FileAlreadyExistsException e) {
                    if (attempt == 10) {
                        throw e;
                    }
                }
            }
        } catch (IOException e) {
            unwritable(e);
            return null;
        }
    }

    /** Whether enough stays free of a disk for the render itself: 1 GiB, of a small one a twentieth. */
    static boolean leavesRoom(long bytes, long usable, long total) {
        // A file system that does not tell says 0.
        return total <= 0 || usable - bytes >= Math.min(RESERVED_BYTES, total / 20);
    }

    /** Makes a draft that is written to its end an entry. */
    void publish(Draft draft, Path file) throws IOException {
        draft.channel().close();
        Path parent = file.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        Files.move(draft.file(), file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Closes a draft and deletes it, unless it was published. */
    void discard(Draft draft) {
        try {
            draft.channel().close();
            Files.deleteIfExists(draft.file());
        } catch (IOException e) {
            unwritable(e);
        }
    }

    /** Notes that an entry was used just now. */
    void used(Path file) {
        try {
            Instant now = clock.instant();
            Instant noted =
                    Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant();
            if (noted.isAfter(now) || noted.isBefore(now.minus(USED_LATELY))) {
                Files.setLastModifiedTime(file, FileTime.from(now));
            }
        } catch (IOException ignored) {
            // It was evicted meanwhile, or belongs to somebody else: at worst it goes earlier than it should.
        }
    }

    /** Deletes an entry whose check fails. */
    void damaged(Path file) {
        trouble("something in it was damaged; it was deleted and is made again");
        delete(file);
    }

    private boolean delete(Path file) {
        try {
            return Files.deleteIfExists(file);
        } catch (IOException e) {
            trouble("cannot be cleaned up: " + reason(e) + "; allow deleting there");
            return false;
        }
    }

    void unreadable(IOException e) {
        if (!(e instanceof NoSuchFileException) && !(e instanceof ClosedByInterruptException)) {
            trouble("cannot be read: " + reason(e) + "; allow reading there, or delete it");
        }
    }

    void unwritable(IOException e) {
        if (!(e instanceof ClosedByInterruptException)) {
            trouble("cannot be written to: " + reason(e)
                    + "; not everything was kept, make room or allow writing there");
        }
    }

    void trouble(String what) {
        synchronized (troubles) {
            troubles.add("cache " + folder + ": " + what);
        }
    }

    /** In the system's words, without the path, so that many of one kind are one sentence. */
    static String reason(IOException e) {
        if (e instanceof FileAlreadyExistsException) {
            return "a file stands where a folder is needed";
        }
        if (e instanceof AccessDeniedException) {
            return "no permission";
        }
        if (e instanceof DirectoryNotEmptyException) {
            return "a folder stands where a file is needed";
        }
        String reason = e instanceof FileSystemException system ? system.getReason() : e.getMessage();
        return reason == null ? e.getClass().getSimpleName() : reason;
    }
}
