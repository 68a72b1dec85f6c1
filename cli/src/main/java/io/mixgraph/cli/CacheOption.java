package io.mixgraph.cli;

import io.mixgraph.media.RegistryException;
import picocli.CommandLine.Option;

/** The option that has everything rendered anew. */
final class CacheOption {
    /** The variable that says how large the cache may grow. */
    private static final String SIZE = "MIXGRAPH_CACHE_SIZE";

    /** A few albums in all their versions. */
    private static final String DEFAULT_SIZE = "20GB";

    @Option(
            names = "--no-cache",
            description = "Render everything anew: read nothing of earlier renders and keep nothing for later ones. The"
                    + " bytes are the same.")
    private boolean none;

    /** What there is of earlier renders: beside the registry, when there is one or one is to be used. */
    EarlierRenders earlier(RegistryOptions registry, boolean used) throws Failure, RegistryException {
        boolean wanted = !none && (used || registry.isMeant());
        if (!wanted) {
            return EarlierRenders.none();
        }
        String size = System.getenv().getOrDefault(SIZE, "");
        return new EarlierRenders(registry.cache(), CacheGcCommand.bytes(SIZE, size.isBlank() ? DEFAULT_SIZE : size));
    }
}
