package io.mixgraph.render;

import io.mixgraph.model.Output;
import io.mixgraph.routing.MixGraph;
import java.util.List;

/**
 * What a render will do, decided before the first frame.
 *
 * @param graph what is rendered
 * @param output what is asked for
 * @param frames the length of every file
 * @param files every file, stems first, in the order of the graph, the master last
 * @param spoolBytes temporary bytes beside the files: the post-effects master in float64, when a loudness target needs
 *     a second pass
 */
public record RenderPlan(MixGraph graph, Output output, long frames, List<PlannedFile> files, long spoolBytes) {
    public RenderPlan {
        files = List.copyOf(files);
    }

    /** Bytes of all files, without temporary ones. */
    public long fileBytes() {
        return files.stream().mapToLong(PlannedFile::bytes).sum();
    }

    /** The most bytes that are on disk at once while rendering. */
    public long diskBytes() {
        return fileBytes() + spoolBytes;
    }
}
