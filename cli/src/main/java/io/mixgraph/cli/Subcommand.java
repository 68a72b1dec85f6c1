package io.mixgraph.cli;

import io.mixgraph.MixEngine;
import io.mixgraph.documents.Json;
import io.mixgraph.media.RegistryException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.ServiceConfigurationError;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What all commands share: their options, their streams, and how each kind of failure ends. */
abstract class Subcommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--json", description = "Write JSON, and nothing else, to stdout.")
    private boolean json;

    @Option(
            names = {"-q", "--quiet"},
            description = "Say nothing but errors.")
    private boolean quiet;

    @Option(
            names = "--log",
            paramLabel = "LEVEL",
            defaultValue = "warn",
            description = "How much to say on stderr: error, warn (the default), info or debug.")
    @SuppressWarnings("NullAway.Init")
    private Log.Level level;

    @Option(names = "--no-color", description = "No colours in help; NO_COLOR does the same.")
    @SuppressWarnings("UnusedVariable") // Read from the arguments themselves, before they are parsed.
    private boolean noColor;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // The library itself acts on it.
    private boolean help;

    /** Does what the command is for. */
    abstract void run() throws Failure, InvalidDocument, IOException;

    @Override
    public final Integer call() {
        try {
            run();
            return ExitCode.DONE;
        } catch (ParameterException e) {
            throw e;
        } catch (InvalidDocument e) {
            if (json) {
                print(e.records());
            } else {
                e.lines().forEach(err()::println);
            }
            return e.exitCode();
        } catch (Failure e) {
            return failed(e.sentence(), e.exitCode());
        } catch (UncheckedIOException e) {
            IOException cause = e.getCause();
            return cause == null ? defect(e) : failed(Failure.sentence(cause), ExitCode.FAILED);
        } catch (RegistryException e) {
            return failed(Failure.sentence(e), e.isRequest() ? ExitCode.INVALID : ExitCode.FAILED);
        } catch (IOException e) {
            return failed(Failure.sentence(e), ExitCode.FAILED);
        } catch (CancellationException e) {
            return ExitCode.INTERRUPTED;
        } catch (OutOfMemoryError e) {
            return failed(
                    "there is not enough memory; allow more, for instance MIXGRAPH_JAVA_OPTS=-Xmx2g", ExitCode.FAILED);
        } catch (ServiceConfigurationError e) {
            return failed("an effect of another jar cannot be used: " + e.getMessage(), ExitCode.INVALID);
        } catch (Throwable e) {
            return defect(e);
        }
    }

    /** Says that what the command did was stopped and is cleaned up: the last words before the process ends. */
    final void stopped() {
        failed("stopped; the render left nothing behind", ExitCode.INTERRUPTED);
    }

    private int failed(String sentence, int exitCode) {
        err().println("mixgraph: " + sentence);
        return exitCode;
    }

    private int defect(Throwable e) {
        err().println("This is a defect of Mixgraph. Please report it with the session and all that follows:");
        err().println(MixEngine.NAME + " " + MixEngine.VERSION + ", dsp_revision " + MixEngine.DSP_REVISION + ", Java "
                + Runtime.version() + ", " + System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        e.printStackTrace(err());
        return ExitCode.DEFECT;
    }

    /** For what was asked for. */
    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** For everything else. */
    final PrintWriter err() {
        return spec.commandLine().getErr();
    }

    final Log log() {
        return new Log(quiet ? Log.Level.ERROR : level, err());
    }

    /** Whether stdout is for a program. */
    final boolean json() {
        return json;
    }

    /** Whether to say nothing but errors. */
    final boolean quiet() {
        return quiet;
    }

    /** Writes a record, a list or a map to stdout as JSON. */
    final void print(Object value) {
        out().print(Json.write(value));
        out().flush();
    }
}
