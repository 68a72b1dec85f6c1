package io.mixgraph.media;

import java.util.List;

/**
 * What an artifact was made of, and what was made of it.
 *
 * @param artifact the one that was asked for
 * @param assets the recordings it was made of, directly or through other artifacts
 * @param up the artifacts it was made of, directly and through others, each once, parents before what they were made of
 *     further up
 * @param down the artifacts that were made of it, likewise
 */
public record Lineage(Artifact artifact, List<Asset> assets, List<Artifact> up, List<Artifact> down) {
    public Lineage {
        assets = List.copyOf(assets);
        up = List.copyOf(up);
        down = List.copyOf(down);
    }
}
