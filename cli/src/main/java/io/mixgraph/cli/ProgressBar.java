package io.mixgraph.cli;

import io.mixgraph.render.RenderMonitor;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A render's progress in one line that is drawn over and over, ten times a second at most. The time left is told from
 * the speed of late, since Java is slow at first, and only once there is enough to tell it from.
 */
final class ProgressBar implements RenderMonitor, AutoCloseable {
    private static final int CELLS = 30;
    private static final long REDRAW_NANOS = 100_000_000;
    private static final long FIRST_MARK_NANOS = 1_000_000_000;
    private static final long LEAST_PERCENT = 2;

    private final PrintWriter terminal;
    private final LongSupplier nanoTime;
    private final BooleanSupplier cancelled;

    private @Nullable Stage stage;
    private long stageStart;

    /** Since when the speed is measured: the last but one of 1, 2, 4, 8 … seconds after the stage began. */
    private Mark since = Mark.START;

    private Mark next = Mark.START;
    private long lastDone;
    private long drawn;
    private int width;

    /** How much of a stage was done when it had run for so long. */
    private record Mark(long nanos, long done) {
        static final Mark START = new Mark(0, 0);
    }

    /**
     * @param terminal where to draw
     * @param nanoTime the time in nanoseconds
     * @param cancelled whether the render is to stop
     */
    ProgressBar(PrintWriter terminal, LongSupplier nanoTime, BooleanSupplier cancelled) {
        this.terminal = terminal;
        this.nanoTime = nanoTime;
        this.cancelled = cancelled;
    }

    /** Whether stderr is a terminal: the launcher knows, since Java only tells of stdin and stdout. */
    static boolean isTerminal() {
        return Boolean.getBoolean("mixgraph.terminal");
    }

    @Override
    public boolean cancelled() {
        return cancelled.getAsBoolean();
    }

    @Override
    public void progress(Stage now, long done, long total) {
        long time = nanoTime.getAsLong();
        // A stage comes again when a master is made again.
        boolean begins = now != stage || done < lastDone;
        lastDone = done;
        if (begins) {
            stage = now;
            stageStart = time;
            since = Mark.START;
            next = Mark.START;
        } else if (time - drawn < REDRAW_NANOS) {
            return;
        }
        drawn = time;
        long nanos = time - stageStart;
        if (nanos >= Math.max(FIRST_MARK_NANOS, 2 * next.nanos)) {
            since = next;
            next = new Mark(nanos, done);
        }
        String name = String.format(Locale.ROOT, "%-9s ", now.name().toLowerCase(Locale.ROOT));
        draw(name
                + (now == Stage.SOLVING ? done + " gains tried" : bar(done, Math.max(1, total)))
                + left(nanos, done, total));
    }

    private static String bar(long done, long total) {
        int filled = (int) (done * CELLS / total);
        return String.format(
                Locale.ROOT, "[%s%s] %3d %%", "#".repeat(filled), ".".repeat(CELLS - filled), done * 100 / total);
    }

    private String left(long nanos, long done, long total) {
        if (stage == Stage.SOLVING || since.nanos == 0 || done <= since.done || done * 100 < LEAST_PERCENT * total) {
            return "";
        }
        double perFrame = (double) (nanos - since.nanos) / (done - since.done);
        long seconds = (long) Math.ceil(perFrame * (total - done) / 1e9);
        return "  " + seconds / 60 + ":" + (seconds % 60 < 10 ? "0" : "") + seconds % 60 + " left";
    }

    private void draw(String line) {
        terminal.print("\r" + line + " ".repeat(Math.max(0, width - line.length())));
        terminal.flush();
        width = line.length();
    }

    /** Takes the line away. */
    @Override
    public void close() {
        if (width > 0) {
            draw("");
            terminal.print("\r");
            terminal.flush();
        }
    }
}
