package io.mixgraph.cli;

import io.mixgraph.render.RenderMonitor;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A render's progress in one line that is drawn over and over, ten times a second at most. */
final class ProgressBar implements RenderMonitor, AutoCloseable {
    private static final int CELLS = 30;
    private static final long REDRAW_NANOS = 100_000_000;

    private final PrintWriter terminal;
    private final LongSupplier nanoTime;
    private final BooleanSupplier cancelled;

    private @Nullable Stage stage;
    private long stageStart;
    private long drawn;
    private int width;

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
        if (now != stage) {
            stage = now;
            stageStart = time;
        } else if (time - drawn < REDRAW_NANOS) {
            return;
        }
        drawn = time;
        draw(line(now, done, Math.max(1, total), time - stageStart));
    }

    private static String line(Stage stage, long done, long total, long nanos) {
        int filled = (int) (done * CELLS / total);
        String left = "";
        if (done > 0 && nanos > REDRAW_NANOS) {
            long seconds = (long) Math.ceil((double) nanos / done * (total - done) / 1e9);
            left = "  " + seconds / 60 + ":" + (seconds % 60 < 10 ? "0" : "") + seconds % 60 + " left";
        }
        return String.format(
                Locale.ROOT,
                "%-9s [%s%s] %3d %%%s",
                stage.name().toLowerCase(Locale.ROOT),
                "#".repeat(filled),
                ".".repeat(CELLS - filled),
                done * 100 / total,
                left);
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
