package io.mixgraph.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Looks whether files change: by size, time and identity, ten times a second. Looking works on every file system, also
 * where none tells of changes. Used by one thread at a time but for {@link #changed}.
 */
final class FileWatch {
    private static final long INTERVAL_MS = 100;
    private static final long NANOS_PER_MS = 1_000_000;

    private volatile Map<Path, String> seen;
    private volatile long looked = System.nanoTime();
    private volatile boolean changed;

    /** @param file the first that is looked at */
    FileWatch(Path file) {
        seen = look(List.of(file));
    }

    /**
     * Takes all files as they are now: only what happens from now on is a change. Files that are not there count too.
     */
    void start() {
        seen = look(seen.keySet());
        changed = false;
    }

    /** Takes more files as they are now, which should be before they are read. */
    void follow(Collection<Path> files) {
        Map<Path, String> more = look(files);
        more.putAll(seen);
        seen = more;
    }

    /** Whether a file is not as it was. Cheap: looks at most every 100 ms, from whichever thread asks. */
    boolean changed() {
        long now = System.nanoTime();
        if (!changed && now - looked >= INTERVAL_MS * NANOS_PER_MS) {
            looked = now;
            changed = !look(seen.keySet()).equals(seen);
        }
        return changed;
    }

    /** Waits for a change, and then until nothing has changed between two looks: a file is written in many steps. */
    void await() throws InterruptedException {
        while (!changed()) {
            Thread.sleep(INTERVAL_MS);
        }
        Map<Path, String> before = look(seen.keySet());
        Thread.sleep(INTERVAL_MS);
        for (Map<Path, String> now = look(seen.keySet()); !now.equals(before); now = look(seen.keySet())) {
            before = now;
            Thread.sleep(INTERVAL_MS);
        }
    }

    private static Map<Path, String> look(Collection<Path> files) {
        Map<Path, String> stamps = new LinkedHashMap<>();
        for (Path file : files) {
            stamps.put(file, stamp(file));
        }
        return stamps;
    }

    private static String stamp(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.size() + " " + attributes.lastModifiedTime() + " " + attributes.fileKey();
        } catch (IOException e) {
            return "none";
        }
    }
}
