package io.mixgraph.cli;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C while something is being written: the process ends only after the writer has seen {@link #asked}, stopped,
 * cleaned up and said so, or has finished. The writer is the thread that watches; it is interrupted, too, so that it
 * need not come to ask first.
 */
final class Interruption implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 30;

    private final Thread writer = Thread.currentThread();
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stop, "interruption");
    private volatile boolean asked;
    private boolean tooLate;

    /** Watches from now until {@link #close}. */
    Interruption() {
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending already.
            asked = true;
        }
    }

    /** Whether to stop. */
    boolean asked() {
        return asked;
    }

    /**
     * Has the writer end what it does in any case, since that is short, and to be whole.
     *
     * @throws CancellationException when it was asked to stop before
     */
    synchronized void goThrough() {
        if (asked) {
            throw new CancellationException("stopped");
        }
        tooLate = true;
    }

    private synchronized void ask() {
        asked = true;
        if (!tooLate) {
            writer.interrupt();
        }
    }

    private void stop() {
        ask();
        try {
            if (!over.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("mixgraph: the render did not stop in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets the process end: all is cleaned up and said. */
    @Override
    public void close() {
        over.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending already, which is what the hook waits for.
        }
    }
}
