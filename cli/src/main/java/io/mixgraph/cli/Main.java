package io.mixgraph.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The entry point: {@code mixgraph COMMAND …}. */
@Command(
        name = "mixgraph",
        description = "Mixes multitrack sessions: a loudness-normalised master, aligned stems per bus, and a report.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Exit codes: 0 done; 2 invalid session or usage; 3 input or output failed; 4 a proof failed;",
            "1 a defect of Mixgraph; 130 stopped by Ctrl-C, 143 by a signal to terminate."
        })
public final class Main implements Runnable {
    /** In the order in which help lists them. */
    private static final List<Class<?>> COMMANDS = List.of(
            RenderCommand.class,
            WatchCommand.class,
            MixCommand.class,
            PlanCommand.class,
            DiffCommand.class,
            AlbumCommand.class,
            VerifyCommand.class,
            SelftestCommand.class,
            ArtifactsCommand.class,
            CacheCommand.class,
            MeasureCommand.class,
            FxCommand.class,
            PresetsCommand.class,
            SchemaCommand.class,
            VersionCommand.class,
            CommandLine.HelpCommand.class,
            AutoComplete.GenerateCompletion.class);

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    private Main() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] args) {
        CommandLine commandLine = commandLine(args);
        if (Arrays.asList(args).contains("--no-color")) {
            commandLine.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
        }
        commandLine.setOut(utf8(FileDescriptor.out));
        commandLine.setErr(utf8(FileDescriptor.err));
        int exitCode = commandLine.execute(args);
        commandLine.getOut().flush();
        commandLine.getErr().flush();
        System.exit(exitCode);
    }

    /**
     * The command line, ready to be run: with the command that is asked for, or with all of them when help or a
     * suggestion may be. Reading what a command takes is half of the time to start.
     */
    static CommandLine commandLine(String... words) {
        CommandLine commandLine = new CommandLine(new Main());
        List<Class<?>> asked = COMMANDS.stream()
                .filter(command -> command.getPackage() == Main.class.getPackage())
                .filter(command -> words.length > 0
                        && command.getAnnotation(Command.class).name().equals(words[0]))
                .toList();
        (asked.isEmpty() ? COMMANDS : asked).forEach(commandLine::addSubcommand);
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        commandLine.setUsageHelpAutoWidth(true);
        commandLine.setParameterExceptionHandler((e, args) -> {
            CommandLine failed = e.getCommandLine();
            failed.getErr().println(e.getMessage());
            CommandLine.UnmatchedArgumentException.printSuggestions(e, failed.getErr());
            failed.getErr().println("Try '" + failed.getCommandSpec().qualifiedName() + " --help'.");
            return ExitCode.INVALID;
        });
        return commandLine;
    }

    /** Without a command there is nothing to do. */
    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "say what to do: " + String.join(", ", spec.subcommands().keySet()));
    }

    private static PrintWriter utf8(FileDescriptor stream) {
        return new PrintWriter(new OutputStreamWriter(new FileOutputStream(stream), StandardCharsets.UTF_8), true);
    }
}
