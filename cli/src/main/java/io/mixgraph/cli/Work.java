package io.mixgraph.cli;

import io.mixgraph.MixEngine;
import io.mixgraph.render.RenderReport;
import io.mixgraph.render.RenderScope;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A session document that is to be rendered into a folder, again and again: only what is not there is done. */
final class Work {
    private final Subcommand command;
    private final SourceOptions sources;
    private final EarlierRenders earlier;
    private final Recordings recordings;
    private final Rendering rendering;
    private final EarlierRenders.Request request;

    /**
     * @param command whose streams and options are used
     * @param session the document
     * @param sources where its recordings are
     * @param engine renders
     * @param earlier what there is already
     * @param digested whether digests are wanted although nothing is kept
     * @param out the folder
     * @param html whether to write a page too
     */
    Work(
            Subcommand command,
            Path session,
            SourceOptions sources,
            MixEngine engine,
            EarlierRenders earlier,
            boolean digested,
            Path out,
            boolean html) {
        this.command = command;
        this.sources = sources;
        this.earlier = earlier;
        this.recordings = earlier.recordings(digested);
        this.rendering = new Rendering(command, engine, earlier.signals(), earlier);
        this.request = sources.request(session, out, html);
    }

    /**
     * What stands in the folder now.
     *
     * @param report what it says of itself
     * @param published what there is to register; null when no digests were wanted
     * @param scope what was rendered and what was read; null when everything stood there already
     */
    record Done(
            RenderReport report,
            @Nullable PublishedRender published,
            @Nullable RenderScope scope) {}

    /** Renders what has changed since it was rendered last, until Ctrl-C. */
    Done run() throws Failure, InvalidDocument, IOException {
        return run(files -> {}, Interruption::asked);
    }

    /**
     * Renders what has changed since it was rendered last.
     *
     * @param reads is told of files that are going to be read beside the document, before they are
     * @param stopped whether to stop
     */
    Done run(Consumer<List<Path>> reads, Predicate<Interruption> stopped) throws Failure, InvalidDocument, IOException {
        PublishedRender there = earlier.find(request, reads);
        if (there != null) {
            return new Done(Rendering.published(request.out()), there, null);
        }
        SessionFile session = sources.read(request.document(), recordings);
        reads.accept(session.files());
        Rendering.Done done = rendering.publish(session, request.out(), request.html(), stopped);
        if (recordings == Recordings.PLAIN) {
            return new Done(done.report(), null, done.scope());
        }
        PublishedRender published = PublishedRender.of(
                request.out(), done.plan(), done.report(), done.scope(), session, Rendering.beside(request.html()));
        if (done.report().certificate().holds()) {
            earlier.keep(request, session.named().sha256(), published);
        }
        earlier.shrink();
        return new Done(done.report(), published, done.scope());
    }

    /**
     * Says what came of it, for people.
     *
     * @throws Failure when what was rendered does not prove what it should
     */
    void say(Done done) throws Failure {
        if (!command.json() && !command.quiet()) {
            rendering.summary(done.report(), request.out(), request.html());
            if (earlier.keeps()) {
                command.out().println("  " + Reuse.of(done.scope()));
            }
        }
        earlier.troubles().forEach(command.log()::warn);
        Rendering.check(done.report(), request.out());
    }
}
