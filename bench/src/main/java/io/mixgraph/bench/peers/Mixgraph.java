package io.mixgraph.bench.peers;

import io.mixgraph.bench.Job;
import java.nio.file.Path;
import java.util.List;

/**
 * This project.
 *
 * @param launcher its command
 */
record Mixgraph(Path launcher) implements Program {
    static final String ID = "mixgraph";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String name() {
        return "Mixgraph";
    }

    @Override
    public List<String> versionCommand() {
        return List.of(launcher.toString(), "version");
    }

    @Override
    public String remark() {
        return "One process. Double precision; it measures and hashes every file, writes a report, and forces its files"
                + " to the disk, which the others do not.";
    }

    /**
     * The command that renders a session of any folder, as if for the first time.
     *
     * @param session the document
     * @param sources the folder with its recordings
     * @param out the folder for its files
     */
    List<String> render(Path session, Path sources, Path out) {
        return List.of(
                launcher.toString(),
                "render",
                session.toAbsolutePath().toString(),
                "--sources",
                sources.toAbsolutePath().toString(),
                "--out",
                out.toAbsolutePath().toString(),
                "--no-cache");
    }

    @Override
    public int invocations(Job job) {
        return 1;
    }

    @Override
    public String script(Job job) {
        return "exec " + launcher + " render session.yaml --out " + folder() + " --no-cache --quiet\n";
    }
}
