package io.mixgraph.cli;

import io.mixgraph.media.Artifact;
import io.mixgraph.media.Registry;
import io.mixgraph.media.RegistryException;
import io.mixgraph.media.RegistryPlace;
import io.mixgraph.media.cache.CacheFolder;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which registry is meant. */
final class RegistryOptions {
    @Option(
            names = "--registry",
            paramLabel = "PLACE",
            description =
                    "The registry: a folder, or postgresql://USER@HOST/DATABASE. By default what MIXGRAPH_REGISTRY"
                            + " says, else mixgraph in the user's folder for data.")
    private @Nullable String registry;

    @Option(
            names = "--objects",
            paramLabel = "PLACE",
            description =
                    "Where the registry keeps bytes: a folder, or s3://BUCKET/PREFIX with ?region=, &endpoint= and"
                            + " &path_style=true as needed. By default the folder objects beside it.")
    private @Nullable String objects;

    /** Which registry is meant. */
    RegistryPlace place() throws RegistryException {
        RegistryPlace place =
                registry == null ? RegistryPlace.standard(System.getenv()) : RegistryPlace.parse(registry);
        return objects == null ? place : place.withObjects(objects);
    }

    /** Whether there is one, or one was asked for. */
    boolean isMeant() throws RegistryException {
        return registry != null
                || !System.getenv().getOrDefault("MIXGRAPH_REGISTRY", "").isBlank()
                || place().exists();
    }

    /** Opens it, made when it is missing. The caller closes it. */
    Registry open() throws IOException {
        return Registry.open(place());
    }

    /** Opens it to look something up. The caller closes it. */
    Registry openExisting() throws IOException {
        RegistryPlace place = place();
        if (!place.exists()) {
            throw RegistryException.request(
                    "there is no registry at " + place + "; mixgraph render SESSION --out DIR --register makes one");
        }
        return Registry.open(place);
    }

    /** What is kept of earlier renders beside it. */
    CacheFolder cache() throws RegistryException {
        return CacheFolder.at(place().cacheFolder());
    }

    /**
     * The artifact that an id, or its first digits, names.
     *
     * @throws RegistryException when it names none, or several
     */
    static Artifact artifact(Registry registry, String id) throws IOException {
        return registry.get(id)
                .orElseThrow(() -> RegistryException.request("there is no artifact " + id + " in " + registry
                        + "; mixgraph artifacts list shows those that are there"));
    }
}
