package io.mixgraph.cli;

import io.mixgraph.media.Artifact;
import io.mixgraph.media.Registry;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "show", description = "Show an artifact, and the main figures of the mix that it is of.")
final class ArtifactsShowCommand extends Subcommand {
    @Parameters(paramLabel = "ID", description = "An artifact's id, or its first digits.")
    @SuppressWarnings("NullAway.Init")
    private String id;

    @Mixin
    private final RegistryOptions registry = new RegistryOptions();

    @Override
    void run() throws IOException {
        Artifact artifact;
        try (Registry opened = registry.openExisting()) {
            artifact = RegistryOptions.artifact(opened, id);
        }
        if (json()) {
            print(ArtifactSheet.of(artifact));
        } else {
            ArtifactText.lines(artifact).forEach(out()::println);
        }
    }
}
