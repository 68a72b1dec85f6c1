package io.mixgraph.render;

import io.mixgraph.model.StemTap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A deliverable: the sum of stems as they are stored, or the master once more.
 *
 * @param file its file
 * @param tap where its stems are taken; null for the master once more
 * @param streams the ids of the stems that each of its streams is the sum of; the one stream of {@link #MASTER} alone
 *     is the master, and so is the first one of many
 */
public record PlannedSum(PlannedFile file, @Nullable StemTap tap, List<List<String>> streams) {
    /** What a stream of the master itself is the sum of. */
    public static final List<String> MASTER = List.of("master");

    public PlannedSum {
        streams = streams.stream().map(List::copyOf).toList();
    }

    /** Whether it is the master once more, alone or with its stems. */
    public boolean isMaster() {
        return sumOf().equals(MASTER);
    }

    /** What the file as a whole is the sum of. */
    public List<String> sumOf() {
        return streams.get(0);
    }
}
