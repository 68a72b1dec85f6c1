package io.mixgraph.cli;

import io.mixgraph.media.Registration;
import io.mixgraph.media.Registry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "render",
        description = "Render a session: DIR/master.wav, DIR/stems/BUS.wav, DIR/deliverables/ID.EXT for what its"
                + " output section asks for, and DIR/report.json. With --json the report goes to stdout too. Ends with"
                + " 4, the files published, when the report's certificate does not hold. Where there is a registry,"
                + " what earlier renders did is not done again; the bytes are the same.")
final class RenderCommand extends Subcommand {
    @Parameters(paramLabel = "SESSION", description = "A session document, JSON or YAML.")
    @SuppressWarnings("NullAway.Init")
    private Path session;

    @Mixin
    private final RenderOptions options = new RenderOptions();

    @Mixin
    private final HtmlOption html = new HtmlOption();

    @Mixin
    private final SourceOptions sources = new SourceOptions();

    @Option(
            names = "--register",
            description = "Register every file and keep a copy of it, so that it is found again: mixgraph artifacts.")
    private boolean register;

    @Mixin
    private final RegistryOptions registry = new RegistryOptions();

    @Mixin
    private final CacheOption caching = new CacheOption();

    @Override
    void run() throws Failure, InvalidDocument, IOException {
        EarlierRenders earlier = caching.earlier(registry, register);
        Work work = new Work(this, session, sources, options.engine(), earlier, register, options.out(), html.wanted());
        if (register) {
            // Opened, and its store asked, first: what is wrong with them is said before an hour of work.
            try (Registry opened = registry.open()) {
                opened.objects().has(Digest.sha256("answers"));
                register(opened, work);
            }
        } else {
            say(work, work.run());
        }
    }

    private void register(Registry opened, Work work) throws Failure, InvalidDocument, IOException {
        Work.Done done = work.run();
        Registration registered = opened.register(
                Objects.requireNonNull(done.published(), "no digests").record(options.out(), done.report()));
        say(work, done);
        if (!json() && !quiet()) {
            out().println("  registered " + registered.artifacts().size() + " artifacts, "
                    + registered.added().size() + " of them new, in " + opened);
        }
    }

    private void say(Work work, Work.Done done) throws Failure {
        if (json()) {
            print(done.report());
        }
        work.say(done);
    }
}
