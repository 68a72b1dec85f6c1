package io.mixgraph.wav;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Forces files to the disk beside whoever writes them: what was written early is on the disk when the file ends, and
 * nobody waits for the disk before everything has to be there. One thread, in the order of asking, that ends with the
 * program. Used by several threads.
 */
public final class DiskSync implements Closeable {
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread syncing = new Thread(task, "mixgraph-sync");
        syncing.setDaemon(true);
        return syncing;
    });
    private final List<Future<@Nullable Void>> endings = new ArrayList<>();

    /** Starts with nothing to do. */
    public DiskSync() {
        // Said, because it is public.
    }

    /** The last that happens to a file. */
    interface Ending {
        /** Forces the file to the disk and closes it. */
        void run() throws IOException;
    }

    /** Forces what a file holds so far. Whether that fails is told when the file ends. */
    void begin(FileChannel file) {
        thread.execute(() -> {
            try {
                file.force(false);
            } catch (IOException e) {
                return; // Closed by someone who gave up, or a disk that fails again at the end.
            }
        });
    }

    /** Has a file ended, after all that was asked before. */
    synchronized void end(Ending ending) {
        endings.add(thread.submit(() -> {
            ending.run();
            return null;
        }));
    }

    /**
     * Waits until every file that was to be ended is.
     *
     * @throws IOException what the first of them threw; {@link ClosedByInterruptException} when the thread is
     *     interrupted
     */
    public synchronized void await() throws IOException {
        try {
            for (Future<@Nullable Void> ending : endings) {
                ending.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClosedByInterruptException();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failed) {
                throw failed;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            endings.clear();
        }
    }

    /** Takes nothing more; what was asked is still done. */
    @Override
    public void close() {
        thread.shutdown();
    }
}
