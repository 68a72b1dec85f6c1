package io.mixgraph.cli;

import io.mixgraph.media.Artifact;
import io.mixgraph.media.Registry;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "rm",
        description =
                "Forget artifacts, unless others that stay were made of them. Their bytes go with mixgraph artifacts gc,"
                        + " unless another artifact has the same.")
final class ArtifactsRmCommand extends Subcommand {
    @Parameters(paramLabel = "ID", arity = "1..*", description = "Ids of artifacts, or their first digits.")
    @SuppressWarnings("NullAway.Init")
    private List<String> ids;

    @Option(names = "--descendants", description = "Also forget what was made of them.")
    private boolean descendants;

    @Mixin
    private final RegistryOptions registry = new RegistryOptions();

    @Override
    void run() throws IOException {
        List<Artifact> removed;
        try (Registry opened = registry.openExisting()) {
            removed = opened.remove(ids, descendants);
        }
        if (json()) {
            print(removed.stream().map(ArtifactSheet::of).toList());
        } else if (!quiet()) {
            ArtifactText.table(removed).forEach(out()::println);
        }
    }
}
