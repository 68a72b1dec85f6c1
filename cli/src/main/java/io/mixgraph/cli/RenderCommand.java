package io.mixgraph.cli;

import io.mixgraph.render.RenderReport;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "render",
        description = "Render a session: DIR/master.wav, DIR/stems/BUS.wav, DIR/deliverables/ID.EXT for what its"
                + " output section asks for, and DIR/report.json. With --json the report goes to stdout too. Ends with"
                + " 4, the files published, when the report's certificate does not hold.")
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

    @Override
    void run() throws Failure, InvalidDocument, IOException {
        RenderReport report =
                new Rendering(this, options.engine()).render(sources.read(session), options.out(), html.wanted());
        if (json()) {
            print(report);
        }
    }
}
