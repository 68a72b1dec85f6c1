package io.mixgraph.cli;

import io.mixgraph.media.Artifact;
import io.mixgraph.media.Registry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "export",
        description = "Write copies of artifacts: DIR/NAME.EXT each, every file checked and whole before it appears.")
final class ArtifactsExportCommand extends Subcommand {
    @Parameters(paramLabel = "ID", arity = "1..*", description = "Ids of artifacts, or their first digits.")
    @SuppressWarnings("NullAway.Init")
    private List<String> ids;

    @Option(
            names = {"-o", "--out"},
            required = true,
            paramLabel = "DIR",
            description = "The folder to write to; made when it is missing.")
    @SuppressWarnings("NullAway.Init")
    private Path out;

    @Option(names = "--force", description = "Replace files that are there.")
    private boolean force;

    @Mixin
    private final RegistryOptions registry = new RegistryOptions();

    /** As programs read it. */
    private record Exported(String id, String file) {}

    @Override
    void run() throws Failure, IOException {
        try (Registry opened = registry.openExisting()) {
            Map<String, Artifact> files = new LinkedHashMap<>();
            for (String id : ids) {
                Artifact artifact = RegistryOptions.artifact(opened, id);
                String name = fileName(artifact);
                Artifact other = files.putIfAbsent(name, artifact);
                if (other != null && !other.id().equals(artifact.id())) {
                    files.put(ArtifactText.id(artifact) + "-" + name, artifact);
                }
            }
            for (String name : files.keySet()) {
                Path file = out.resolve(name);
                if (!force && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                    throw Failure.io(file + " is there already; --force replaces it");
                }
            }
            for (Map.Entry<String, Artifact> file : files.entrySet()) {
                opened.objects().get(file.getValue().sha256(), out.resolve(file.getKey()));
                if (!json() && !quiet()) {
                    out().println(out.resolve(file.getKey()));
                }
            }
            if (json()) {
                print(files.entrySet().stream()
                        .map(file -> new Exported(
                                file.getValue().id(), out.resolve(file.getKey()).toString()))
                        .toList());
            }
        }
    }

    /** The name that a file had, without any folder, whatever the registry says: it must not lead elsewhere. */
    static String fileName(Artifact artifact) {
        String path = artifact.path();
        String name = path.substring(path.lastIndexOf('/') + 1).replaceAll("[\\\\:\\p{Cntrl}]", "_");
        return name.isEmpty() || name.equals(".") || name.equals("..") ? artifact.id() : name;
    }
}
