package io.mixgraph.cli;

import io.mixgraph.media.Asset;
import io.mixgraph.media.Lineage;
import io.mixgraph.media.Registry;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "lineage", description = "Show what an artifact was made of, and what was made of it.")
final class ArtifactsLineageCommand extends Subcommand {
    @Parameters(paramLabel = "ID", description = "An artifact's id, or its first digits.")
    @SuppressWarnings("NullAway.Init")
    private String id;

    @Mixin
    private final RegistryOptions registry = new RegistryOptions();

    /** As programs read it. */
    private record Sheet(
            ArtifactSheet artifact, List<Asset> assets, List<ArtifactSheet> up, List<ArtifactSheet> down) {}

    @Override
    void run() throws IOException {
        Lineage lineage;
        try (Registry opened = registry.openExisting()) {
            lineage = opened.lineage(id);
        }
        if (json()) {
            print(new Sheet(
                    ArtifactSheet.of(lineage.artifact()),
                    lineage.assets(),
                    lineage.up().stream().map(ArtifactSheet::of).toList(),
                    lineage.down().stream().map(ArtifactSheet::of).toList()));
        } else {
            ArtifactText.lines(lineage).forEach(out()::println);
        }
    }
}
