package io.mixgraph.cli;

import io.mixgraph.media.Garbage;
import io.mixgraph.media.Registry;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "gc", description = "Delete the bytes that no artifact needs.")
final class ArtifactsGcCommand extends Subcommand {
    @Mixin
    private final RegistryOptions registry = new RegistryOptions();

    @Override
    void run() throws IOException {
        Garbage garbage;
        try (Registry opened = registry.openExisting()) {
            garbage = opened.collect();
        }
        if (json()) {
            print(garbage);
        } else if (!quiet()) {
            out().println("deleted " + garbage.objects() + " objects, " + Figures.size(garbage.bytes()));
        }
    }
}
