package io.mixgraph;

import io.mixgraph.audio.SourceOpener;
import io.mixgraph.model.InvalidSessionException;
import io.mixgraph.model.Session;
import io.mixgraph.render.Binding;
import io.mixgraph.render.GainDecision;
import io.mixgraph.render.Mixdown;
import io.mixgraph.render.RenderMonitor;
import io.mixgraph.render.RenderPlan;
import io.mixgraph.render.RenderPlanner;
import io.mixgraph.render.RenderReport;
import io.mixgraph.render.RenderScope;
import io.mixgraph.render.RenderTarget;
import io.mixgraph.render.RenderTrace;
import io.mixgraph.render.SelfTest;
import io.mixgraph.render.SignalCache;
import io.mixgraph.routing.GraphCompiler;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

/**
 * Renders sessions. Immutable and without static state: any number of renders can run at once. The bits that come out
 * depend neither on the number of threads nor on the size of blocks.
 */
public final class MixEngine {
    /** The engine's name in reports. */
    public static final String NAME = "mixgraph";
    /** The engine's version. */
    public static final String VERSION = "0.1.0";
    /** Raised whenever any output bit changes. */
    public static final int DSP_REVISION = 4;

    /**
     * Frames at a time when nothing else is said: long enough for threads to meet seldom, short enough for the buffers
     * of a strip to stay in the processor's cache.
     */
    public static final int BLOCK_FRAMES = 2048;

    private final int threads;
    private final int blockFrames;

    /** An engine that uses every processor. */
    public MixEngine() {
        this(Runtime.getRuntime().availableProcessors(), BLOCK_FRAMES);
    }

    /**
     * @param threads how many threads render, at least 1
     * @param blockFrames how many frames are rendered at a time, 1 to 65536
     */
    public MixEngine(int threads, int blockFrames) {
        if (threads < 1 || blockFrames < 1 || blockFrames > 65_536) {
            throw new IllegalArgumentException(threads + " threads, " + blockFrames + " frames");
        }
        this.threads = threads;
        this.blockFrames = blockFrames;
    }

    /**
     * Decides everything about a render without doing it.
     *
     * @param session what to render
     * @param sources opens each recording that the session names
     * @throws InvalidSessionException with everything that is wrong
     * @throws CancellationException when this thread was interrupted while a recording was opened
     */
    public RenderPlan plan(Session session, SourceOpener sources) throws InvalidSessionException {
        return RenderPlanner.plan(session.name(), GraphCompiler.compile(session, sources), session.output());
    }

    /** As {@link #render(RenderPlan, RenderTarget, RenderMonitor, SignalCache)}, without a cache. */
    public RenderReport render(RenderPlan plan, RenderTarget target, RenderMonitor monitor) throws IOException {
        return render(plan, target, monitor, SignalCache.NONE);
    }

    /**
     * Renders what was planned. What buses hand on is read where the cache has it, and kept there where it has not; the
     * files and the report are the same, byte for byte, whatever it has.
     *
     * @param target where the files go; it is for the caller to publish them afterwards
     * @param monitor watches and may stop it
     * @param cache what was rendered before
     * @return what was done
     * @throws IOException naming file and frame, when a source cannot be read or a file not be written, or an integer
     *     file would clip
     * @throws CancellationException when the monitor stopped it, or this thread was interrupted
     */
    public RenderReport render(RenderPlan plan, RenderTarget target, RenderMonitor monitor, SignalCache cache)
            throws IOException {
        return stoppable(() -> {
            try (Mixdown mixdown = new Mixdown(plan, target, monitor, threads, blockFrames, false)) {
                render(mixdown, cache);
                return mixdown.report(engine());
            }
        });
    }

    private static void render(Mixdown mixdown, SignalCache cache) throws IOException {
        mixdown.mix(cache, DSP_REVISION);
        mixdown.finish(mixdown.solve(), true);
    }

    /** What a render does. */
    private interface Work<T> {
        T run() throws IOException;
    }

    /** Reading and writing fails when a thread is interrupted, and that is no fault of a file. */
    private static <T> T stoppable(Work<T> work) throws IOException {
        try {
            return work.run();
        } catch (IOException e) {
            if (Thread.currentThread().isInterrupted()) {
                CancellationException stopped = new CancellationException("the render was stopped");
                stopped.initCause(e);
                throw stopped;
            }
            throw e;
        }
    }

    /**
     * What {@link #render} would read of a cache as it is now, and what it would render.
     *
     * @param cache is only asked what it has
     */
    public RenderScope scope(RenderPlan plan, SignalCache cache) {
        return RenderScope.of(plan, cache, DSP_REVISION);
    }

    /**
     * A render and what can be drawn of it.
     *
     * @param report as {@link #render} gives it
     * @param trace how it went over time
     */
    public record Traced(RenderReport report, RenderTrace trace) {}

    /** As {@link #renderTraced(RenderPlan, RenderTarget, RenderMonitor, SignalCache)}, without a cache. */
    public Traced renderTraced(RenderPlan plan, RenderTarget target, RenderMonitor monitor) throws IOException {
        return renderTraced(plan, target, monitor, SignalCache.NONE);
    }

    /** As {@link #render}, and keeps what can be drawn of it, which costs a little more. */
    public Traced renderTraced(RenderPlan plan, RenderTarget target, RenderMonitor monitor, SignalCache cache)
            throws IOException {
        return stoppable(() -> {
            try (Mixdown mixdown = new Mixdown(plan, target, monitor, threads, blockFrames, true)) {
                render(mixdown, cache);
                return new Traced(mixdown.report(engine()), mixdown.trace());
            }
        });
    }

    /**
     * An album: songs that were rendered with one loudness gain, so that they are as loud against each other as they
     * were mixed.
     *
     * @param gainDb that gain
     * @param binding what bound it
     * @param integratedLufs the loudness of the finished masters, heard after each other and gated together
     * @param songs the report of each
     */
    public record Album(double gainDb, Binding binding, double integratedLufs, List<RenderReport> songs) {}

    /**
     * Renders songs with one loudness gain for all, by which their masters together meet the target of the first.
     *
     * @param plans each with a loudness target whose mode is not off
     * @param targets where the files of each go
     * @param monitor watches each song in turn and may stop all
     * @throws IOException as {@link #render}
     * @throws IllegalArgumentException when a song has no target, or there is none
     */
    public Album renderAlbum(List<RenderPlan> plans, List<? extends RenderTarget> targets, RenderMonitor monitor)
            throws IOException {
        return stoppable(() -> album(plans, targets, monitor));
    }

    @SuppressWarnings("try") // The closer is only there to close.
    private Album album(List<RenderPlan> plans, List<? extends RenderTarget> targets, RenderMonitor monitor)
            throws IOException {
        List<Mixdown> mixdowns = new ArrayList<>();
        try (Closer closer = new Closer(mixdowns)) {
            for (int i = 0; i < plans.size(); i++) {
                mixdowns.add(new Mixdown(plans.get(i), targets.get(i), monitor, threads, blockFrames, false));
                mixdowns.get(i).mix();
            }
            GainDecision decision = Mixdown.solve(mixdowns);
            List<RenderReport> reports = new ArrayList<>();
            for (Mixdown mixdown : mixdowns) {
                mixdown.finish(decision, false);
                reports.add(mixdown.report(engine()));
            }
            return new Album(
                    decision.gainDb(), decision.binding(), Mixdown.integratedLufs(mixdowns), List.copyOf(reports));
        }
    }

    /** Closes all, whatever happens. */
    private record Closer(List<Mixdown> mixdowns) implements Closeable {
        @Override
        public void close() throws IOException {
            IOException failure = null;
            for (Mixdown mixdown : mixdowns) {
                try {
                    mixdown.close();
                } catch (IOException e) {
                    failure = failure == null ? e : failure;
                }
            }
            if (failure != null) {
                throw failure;
            }
        }
    }

    /**
     * Shows that what was planned lines up, by impulses.
     *
     * @return one check for each file
     * @throws IOException only what the monitor throws
     * @throws CancellationException when the monitor stopped it, or this thread was interrupted
     */
    public List<SelfTest.FileCheck> selfTest(RenderPlan plan, RenderMonitor monitor) throws IOException {
        return SelfTest.run(plan, threads, blockFrames, monitor);
    }

    private static RenderReport.Engine engine() {
        return new RenderReport.Engine(NAME, VERSION, DSP_REVISION);
    }
}
