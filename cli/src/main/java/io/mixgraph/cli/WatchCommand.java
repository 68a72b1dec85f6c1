package io.mixgraph.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "watch",
        description =
                "Render a session, and again whenever its document or a recording changes, until Ctrl-C. Only what"
                        + " changed is rendered; a render that is under way is given up for the next. With --json one document"
                        + " for each render goes to stdout.")
final class WatchCommand extends Subcommand {
    private static final double NANOS = 1e9;

    @Parameters(paramLabel = "SESSION", description = "A session document, JSON or YAML.")
    @SuppressWarnings("NullAway.Init")
    private Path session;

    @Mixin
    private final RenderOptions options = new RenderOptions();

    @Mixin
    private final HtmlOption html = new HtmlOption();

    @Mixin
    private final SourceOptions sources = new SourceOptions();

    @Mixin
    private final RegistryOptions registry = new RegistryOptions();

    @Mixin
    private final CacheOption caching = new CacheOption();

    /**
     * What one render did, as programs read it.
     *
     * @param seconds how long it took
     * @param savedSeconds by how much less that was than the last render of everything; null before there was one
     * @param rendered the buses that were rendered, and the master; empty when nothing was
     * @param read the buses whose signals were there
     */
    private record Rendered(
            double seconds,
            @Nullable Double savedSeconds,
            List<String> rendered,
            List<String> read,
            double integratedLufs,
            double truePeakDbtp) {}

    @Override
    void run() throws Failure, IOException {
        EarlierRenders earlier = caching.earlier(registry, true);
        Work work = new Work(this, session, sources, options.engine(), earlier, false, options.out(), html.wanted());
        FileWatch watch = new FileWatch(session);
        try {
            while (true) {
                watch.start();
                render(work, earlier, watch);
                watch.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Renders once; what is wrong with the session is said, and waits to be put right. */
    private void render(Work work, EarlierRenders earlier, FileWatch watch) throws IOException {
        long start = System.nanoTime();
        try {
            Work.Done done = work.run(watch::follow, interruption -> interruption.asked() || watch.changed());
            say(earlier, done, (System.nanoTime() - start) / NANOS);
        } catch (CancellationException e) {
            if (!watch.changed()) {
                throw e;
            }
        } catch (InvalidDocument e) {
            e.lines().forEach(err()::println);
        } catch (Failure e) {
            log().error(e.sentence());
        } catch (IOException e) {
            log().error(Failure.sentence(e));
        }
    }

    private void say(EarlierRenders earlier, Work.Done done, double seconds) throws Failure, IOException {
        List<String> read = done.scope() == null ? List.of() : Reuse.read(done.scope());
        List<String> rendered = done.scope() == null ? List.of() : Reuse.rendered(done.scope());
        Double whole = earlier.wholeSeconds(session);
        if (done.scope() != null && read.isEmpty()) {
            earlier.keepWholeSeconds(session, seconds);
        }
        Double saved = whole == null || (read.isEmpty() && done.scope() != null)
                ? null
                : Double.valueOf(Math.max(0, whole - seconds));
        if (json()) {
            print(new Rendered(
                    seconds,
                    saved,
                    rendered,
                    read,
                    done.report().loudnormMetrics().outputI(),
                    done.report().loudnormMetrics().outputTp()));
        } else if (!quiet()) {
            out().println(Figures.level(done.report().loudnormMetrics().outputI()) + " LUFS, "
                    + Figures.level(done.report().loudnormMetrics().outputTp()) + " dBTP in "
                    + Figures.decimals(seconds, 2) + " s"
                    + (saved == null ? "" : ", " + Figures.decimals(saved, 1) + " s saved") + ": "
                    + Reuse.of(done.scope()));
        }
        out().flush();
        earlier.troubles().forEach(log()::warn);
        Rendering.check(done.report(), options.out());
    }
}
