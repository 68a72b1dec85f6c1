package io.mixgraph.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "artifacts",
        description = "What renders registered: find it, see what it was made of, get it back, check it, let it go.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ArtifactsListCommand.class,
            ArtifactsShowCommand.class,
            ArtifactsLineageCommand.class,
            ArtifactsExportCommand.class,
            ArtifactsVerifyCommand.class,
            ArtifactsRmCommand.class,
            ArtifactsGcCommand.class
        })
final class ArtifactsCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    /** Without a command there is nothing to do. */
    @Override
    public Integer call() {
        throw new ParameterException(
                spec.commandLine(),
                "say what to do: " + String.join(", ", spec.subcommands().keySet()));
    }
}
