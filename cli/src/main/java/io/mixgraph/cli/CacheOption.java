package io.mixgraph.cli;

import io.mixgraph.media.RegistryException;
import picocli.CommandLine.Option;

/** The option that has everything rendered anew. */
final class CacheOption {
    @Option(
            names = "--no-cache",
            description = "Render everything anew: read nothing of earlier renders and keep nothing for later ones. The"
                    + " bytes are the same.")
    private boolean none;

    /** What there is of earlier renders: beside the registry, when there is one or one is to be used. */
    EarlierRenders earlier(RegistryOptions registry, boolean used) throws RegistryException {
        boolean wanted = !none && (used || registry.isMeant());
        return wanted ? new EarlierRenders(registry.cache()) : EarlierRenders.none();
    }
}
