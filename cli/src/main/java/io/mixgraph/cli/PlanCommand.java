package io.mixgraph.cli;

import io.mixgraph.MixEngine;
import io.mixgraph.render.RenderPlan;
import io.mixgraph.routing.GraphDot;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "plan", description = "Show what a render of a session would do and why, without doing it.")
final class PlanCommand extends Subcommand {
    @Parameters(paramLabel = "SESSION", description = "A session document, JSON or YAML.")
    @SuppressWarnings("NullAway.Init")
    private Path session;

    @Option(names = "--dot", description = "Print the graph for Graphviz: mixgraph plan SESSION --dot | dot -Tsvg.")
    private boolean dot;

    @Mixin
    private final SourceOptions sources = new SourceOptions();

    @Mixin
    private final RegistryOptions registry = new RegistryOptions();

    @Mixin
    private final CacheOption caching = new CacheOption();

    @Override
    void run() throws Failure, InvalidDocument, IOException {
        if (dot && json()) {
            throw Failure.invalid("--dot and --json are two formats; ask for one");
        }
        EarlierRenders earlier = caching.earlier(registry, false);
        MixEngine engine = new MixEngine();
        SessionFile file = sources.read(session, earlier.recordings(false));
        RenderPlan plan = file.plan(engine);
        if (dot) {
            out().print(GraphDot.of(plan.graph()));
            out().flush();
            return;
        }
        PlanSummary summary = PlanSummary.of(file.session().name(), plan, engine.scope(plan, earlier.signals()));
        earlier.troubles().forEach(log()::warn);
        if (json()) {
            print(summary);
        } else {
            PlanText.lines(summary).forEach(out()::println);
        }
    }
}
