package io.mixgraph.cli;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C while something is being written: the process ends only after the writer has seen {@link #asked}, stopped,
 * cleaned up and said so, or has finished. The writer is the thread that watches; it is interrupted, too, so that it
 * need not come to ask first.
 */
final class Interruption implements AutoCloseable {
    /** How long a writer may take to stop. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** How long it may clean up before somebody wonders: a system takes seconds to remove gigabytes. */
    private static final Duration SILENCE = Duration.ofSeconds(1);

    private final Duration patience;
    private final Thread writer = Thread.currentThread();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stop, "interruption");
    private volatile boolean asked;
    private boolean tooLate;

    /** Watches from now until {@link #close}. */
    Interruption() {
        this(PATIENCE);
    }

    /** @param patience how long the writer may take to stop */
    Interruption(Duration patience) {
        this.patience = patience;
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

    /**
     * The writing itself: when it is closed, the writer has stopped, and cleans up for as long as that takes.
     *
     * @return to be closed before what was written is removed
     */
    Writing writing() {
        return stopped::countDown;
    }

    /** What is stopped. */
    interface Writing extends AutoCloseable {
        @Override
        void close();
    }

    /** Asks the writer to stop, and waits until it has cleaned up. */
    void stop() {
        ask();
        try {
            if (!stopped.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                System.err.println("mixgraph: the render did not stop in time");
            } else if (!over.await(SILENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                System.err.println("mixgraph: stopped; removing what was written ...");
                over.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets the process end: all is cleaned up and said. */
    @Override
    public void close() {
        stopped.countDown();
        over.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending already, which is what the hook waits for.
        }
    }
}
