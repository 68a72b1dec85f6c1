package io.mixgraph.render;

import io.mixgraph.render.RenderMonitor.Stage;
import java.util.concurrent.CancellationException;

/** Where a render says how far it is and learns whether to go on. Safe for use by many threads. */
final class Checkpoint {
    private final RenderMonitor monitor;

    /** @param monitor is asked and told, by one thread at a time */
    Checkpoint(RenderMonitor monitor) {
        this.monitor = monitor;
    }

    /**
     * Goes on, or not.
     *
     * @throws CancellationException when the monitor says so, or this thread was interrupted
     */
    synchronized void pass() {
        if (Thread.currentThread().isInterrupted() || monitor.cancelled()) {
            throw new CancellationException("the render was stopped");
        }
    }

    /** As {@link #pass()}, and says how far the render is, as {@link RenderMonitor#progress} has it. */
    synchronized void pass(Stage stage, long done, long total) {
        pass();
        monitor.progress(stage, done, total);
    }
}
