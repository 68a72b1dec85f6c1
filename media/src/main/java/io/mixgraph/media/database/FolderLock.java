package io.mixgraph.media.database;

import io.mixgraph.media.RegistryException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.StampedLock;
import org.jspecify.annotations.Nullable;

/**
 * A lock on a folder between processes: held by many, or by one alone. It is a lock on the file {@code lock} in it,
 * which the system gives back when a process ends.
 */
final class FolderLock {
    /** The system knows processes, not threads: all of a process that lock a folder share one of these. */
    private static final ConcurrentMap<Path, FolderLock> LOCKS = new ConcurrentHashMap<>();

    private static final long RETRY_NANOS = 10_000_000;

    private final Path file;
    private final StampedLock threads = new StampedLock();

    /**
     * Only while somebody holds the lock: closing any channel of a file gives back all of the process's locks on it.
     */
    private @Nullable FileChannel channel;

    private int sharers;

    private FolderLock(Path file) {
        this.file = file;
    }

    /** The lock of a folder, which is given as its real path. */
    static FolderLock of(Path folder) {
        return LOCKS.computeIfAbsent(folder.resolve("lock"), FolderLock::new);
    }

    /** Waits until nobody has the lock alone. */
    Held shared(Duration patience) throws IOException {
        long stamp = locked(false, patience);
        try {
            share(patience);
        } catch (IOException | RuntimeException e) {
            threads.unlock(stamp);
            throw e;
        }
        return () -> {
            unshare();
            threads.unlock(stamp);
        };
    }

    /** Waits until nobody has the lock. */
    Held alone(Duration patience) throws IOException {
        long stamp = locked(true, patience);
        try {
            lock(false, patience);
        } catch (IOException | RuntimeException e) {
            threads.unlock(stamp);
            throw e;
        }
        return () -> {
            unlock();
            threads.unlock(stamp);
        };
    }

    private synchronized void share(Duration patience) throws IOException {
        if (sharers == 0) {
            lock(true, patience);
        }
        sharers++;
    }

    private synchronized void unshare() {
        if (--sharers == 0) {
            unlock();
        }
    }

    private long locked(boolean alone, Duration patience) throws IOException {
        try {
            long stamp = alone
                    ? threads.tryWriteLock(patience.toMillis(), TimeUnit.MILLISECONDS)
                    : threads.tryReadLock(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (stamp == 0) {
                throw busy(patience);
            }
            return stamp;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException(file.getParent() + ": waiting for the registry was interrupted");
        }
    }

    private void lock(boolean shared, Duration patience) throws IOException {
        FileChannel opened;
        try {
            opened = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw RegistryException.failed(
                    file
                            + " cannot be opened for writing, which the registry needs to change anything: give its folder and"
                            + " files write permission, or use a registry in another place",
                    e);
        }
        try {
            long end = System.nanoTime() + patience.toNanos();
            while (lockOf(opened, shared) == null) {
                if (System.nanoTime() - end >= 0) {
                    throw busy(patience);
                }
                LockSupport.parkNanos(RETRY_NANOS);
                if (Thread.currentThread().isInterrupted()) {
                    throw new InterruptedIOException(file.getParent() + ": waiting for the registry was interrupted");
                }
            }
        } catch (IOException | RuntimeException e) {
            opened.close();
            throw e;
        }
        channel = opened;
    }

    private @Nullable FileLock lockOf(FileChannel opened, boolean shared) throws IOException {
        try {
            return opened.tryLock(0, Long.MAX_VALUE, shared);
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            throw RegistryException.failed(
                    file + " cannot be locked (" + e.getMessage()
                            + "): a registry has to be on a file system that knows"
                            + " locks; use one on a local disk, or PostgreSQL",
                    e);
        }
    }

    private void unlock() {
        FileChannel held = channel;
        channel = null;
        if (held != null) {
            try {
                held.close();
            } catch (IOException e) {
                // The lock is gone with the descriptor, which the system has closed all the same.
                return;
            }
        }
    }

    private RegistryException busy(Duration patience) {
        return RegistryException.failed(
                file.getParent() + ": others have kept the registry busy for " + patience.toSeconds()
                        + " s; see whether another mixgraph still runs, then try again",
                new IOException("no lock on " + file));
    }

    /** The lock, until closed; by any thread, once. */
    interface Held extends Closeable {
        @Override
        void close();
    }
}
