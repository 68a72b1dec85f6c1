package io.mixgraph.media;

import java.util.List;

/**
 * What registering a render gave.
 *
 * @param artifacts one for each file of the render, in its order, whether registered now or before
 * @param added those that were registered now
 */
public record Registration(List<Artifact> artifacts, List<Artifact> added) {
    public Registration {
        artifacts = List.copyOf(artifacts);
        added = List.copyOf(added);
    }
}
