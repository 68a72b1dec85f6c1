package io.mixgraph.cli;

import io.mixgraph.MixEngine;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of the commands that render. */
final class RenderOptions {
    private static final int MAX_THREADS = 256;

    @Option(
            names = {"-o", "--out"},
            required = true,
            paramLabel = "DIR",
            description = "The folder to write to; made when it is missing.")
    @SuppressWarnings("NullAway.Init")
    private Path out;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "How many threads render; every processor by default. The bits are the same.")
    private @Nullable Integer threads;

    Path out() {
        return out;
    }

    MixEngine engine() throws Failure {
        if (threads == null) {
            return new MixEngine();
        }
        if (threads < 1 || threads > MAX_THREADS) {
            throw Failure.invalid("--threads is 1 to " + MAX_THREADS + ", not " + threads);
        }
        return new MixEngine(threads, MixEngine.BLOCK_FRAMES);
    }
}
