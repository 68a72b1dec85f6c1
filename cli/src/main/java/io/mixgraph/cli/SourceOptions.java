package io.mixgraph.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of the commands that read a session and open its recordings. */
final class SourceOptions {
    @Option(
            names = "--sources",
            paramLabel = "DIR",
            description = "Where relative sources are looked for; the document's folder by default.")
    private @Nullable Path sources;

    @Option(names = "--allow-outside", description = "Allow relative sources to leave that folder.")
    private boolean allowOutside;

    /** A document whose recordings are found as the options say. */
    SessionFile read(Path document) throws Failure, IOException {
        return read(document, Recordings.PLAIN);
    }

    /** The same, with what opens the recordings. */
    SessionFile read(Path document, Recordings recordings) throws Failure, IOException {
        return SessionFile.read(document, sources, allowOutside, recordings);
    }

    /** What is asked for when a document is to be rendered. */
    EarlierRenders.Request request(Path document, Path out, boolean html) {
        return new EarlierRenders.Request(document, sources, allowOutside, out, html);
    }
}
