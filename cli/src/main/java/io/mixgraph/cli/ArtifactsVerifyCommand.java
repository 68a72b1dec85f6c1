package io.mixgraph.cli;

import io.mixgraph.media.Artifact;
import io.mixgraph.media.Registry;
import io.mixgraph.media.Verification;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "verify",
        description =
                "Read every artifact's bytes and compare them with their digest. Ends with 4 when some are missing"
                        + " or damaged.")
final class ArtifactsVerifyCommand extends Subcommand {
    @Option(
            names = "--mend",
            description =
                    "Delete what is damaged from the store, so that the next render --register stores it again. What only"
                            + " cannot be read stays.")
    private boolean mend;

    @Mixin
    private final RegistryOptions registry = new RegistryOptions();

    @Override
    void run() throws Failure, IOException {
        Verification found;
        try (Registry opened = registry.openExisting()) {
            found = opened.verify(true, (bytes, of) -> {});
            if (mend) {
                opened.deleteDamaged(found);
            }
            if (json()) {
                print(found);
            } else {
                say(opened, found);
            }
        }
        if (!found.clean()) {
            throw Failure.unproven(found.faults().size() + " of " + found.objects()
                    + " objects are not what was registered; "
                    + (mend ? "render their sessions" : "mixgraph artifacts verify --mend, then render their sessions")
                    + " again with --register");
        }
    }

    private void say(Registry opened, Verification found) throws IOException {
        for (Verification.Fault fault : found.faults()) {
            for (String id : fault.artifacts()) {
                Optional<Artifact> artifact = opened.get(id);
                err().println(fault.problem() + ": "
                        + artifact.map(ArtifactText::line).orElse(id));
            }
        }
        if (!quiet()) {
            out().println(found.artifacts() + " artifacts in " + found.objects() + " objects, "
                    + Figures.size(found.bytes()) + ": "
                    + (found.clean() ? "all as registered" : "not all as registered")
                    + (found.strays() == 0
                            ? ""
                            : "; " + found.strays() + " objects that none needs, which gc deletes"));
        }
    }
}
