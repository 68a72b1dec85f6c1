package io.mixgraph.cli;

import io.mixgraph.routing.GraphCompiler;
import io.mixgraph.routing.GraphDiff;
import io.mixgraph.routing.MixGraph;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "diff",
        description = {
            "Say in words what differs between the mixes of two sessions.",
            "Names and output formats do not count. The exit code is 0 whether they differ or not."
        })
final class DiffCommand extends Subcommand {
    @Parameters(index = "0", paramLabel = "A", description = "A session document.")
    @SuppressWarnings("NullAway.Init")
    private Path a;

    @Parameters(index = "1", paramLabel = "B", description = "Another one.")
    @SuppressWarnings("NullAway.Init")
    private Path b;

    @Mixin
    private final SourceOptions sources = new SourceOptions();

    /** What is printed with {@code --json}. */
    private record Difference(boolean same, String graphHashA, String graphHashB, List<String> differences) {}

    @Override
    void run() throws Failure, InvalidDocument, IOException {
        MixGraph before = sources.read(a).check(GraphCompiler::compile);
        MixGraph after = sources.read(b).check(GraphCompiler::compile);
        List<String> sentences = GraphDiff.between(before, after);
        if (json()) {
            print(new Difference(sentences.isEmpty(), before.hash(), after.hash(), sentences));
        } else if (sentences.isEmpty()) {
            out().println("no difference");
        } else {
            sentences.forEach(out()::println);
        }
    }
}
