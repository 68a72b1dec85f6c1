package io.mixgraph.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * Runs the commands that are run most, so that the Java machine can note which classes they load and keep them for
 * later starts (class-data sharing). Nobody types it: {@code packaging/java.sh} starts it, once for each build.
 */
final class Rehearsal {
    /** What is changed between two renders. */
    static final String LOUDNESS = "target_lufs: -14";

    private Rehearsal() {}

    /**
     * Rehearses, and leaves nothing behind.
     *
     * @param args a folder with a session.yaml and its recordings
     * @throws IllegalStateException when a command fails
     */
    public static void main(String[] args) throws IOException {
        Path sources = Path.of(args[0]);
        Path session = sources.resolve("session.yaml");
        try (TemporaryFolder scratch = TemporaryFolder.create()) {
            Path changed = scratch.path().resolve("changed.yaml");
            Files.writeString(changed, Files.readString(session).replace(LOUDNESS, "target_lufs: -15"));
            Path out = scratch.path().resolve("out");
            // One of its own: what whoever builds has registered is not touched.
            Path registry = scratch.path().resolve("registry");
            run("version");
            run("plan", session, "--registry", registry);
            // Changed, it reads what was kept of the first.
            for (Path document : List.of(session, changed)) {
                run("render", document, "--sources", sources, "--out", out, "--register", "--registry", registry);
            }
        }
    }

    private static void run(Object... words) {
        String[] args = Stream.of(words).map(String::valueOf).toArray(String[]::new);
        CommandLine commandLine = Main.commandLine(args);
        commandLine.setOut(new PrintWriter(PrintWriter.nullWriter()));
        int exitCode = commandLine.execute(args);
        if (exitCode != ExitCode.DONE) {
            throw new IllegalStateException(String.join(" ", args) + " ended with " + exitCode);
        }
    }
}
