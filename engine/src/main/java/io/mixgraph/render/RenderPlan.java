package io.mixgraph.render;

import io.mixgraph.model.Output;
import io.mixgraph.model.StemTap;
import io.mixgraph.model.Tags;
import io.mixgraph.routing.MixGraph;
import java.util.List;

/**
 * What a render will do, decided before the first frame.
 *
 * @param name of the mix
 * @param graph what is rendered
 * @param output what is asked for
 * @param frames the length of the timeline, at the graph's rate
 * @param stems every stem, written or only summed, by tap and in the order in which the master sums them
 * @param sums every deliverable
 * @param files every file that is written, stems first, in the order of the graph, the master last
 * @param spoolBytes temporary bytes beside the files, when a loudness target, or another rate behind a limiter, needs a
 *     second pass: the post-effects master in float64, and as much for each stem that goes through the master
 */
public record RenderPlan(
        String name,
        MixGraph graph,
        Output output,
        long frames,
        List<PlannedStem> stems,
        List<PlannedSum> sums,
        List<PlannedFile> files,
        long spoolBytes) {
    public RenderPlan {
        stems = List.copyOf(stems);
        sums = List.copyOf(sums);
        files = List.copyOf(files);
    }

    /**
     * How many frames are rendered so that all of the timeline has passed everywhere in the graph. It is the timeline
     * and what latency makes late; what a trim delay moves later may be in time for the master only because it was late
     * before, so that the latest signal is not always the master.
     */
    public long renderedFrames() {
        int latest = graph.nodes().stream()
                .mapToInt(node -> Math.max(node.arrivalLatencyFrames(), node.outputLatencyFrames()))
                .max()
                .orElse(0);
        return frames + latest;
    }

    /** The master's file. */
    public PlannedFile masterFile() {
        return files.get(files.size() - 1);
    }

    /** What the files say of themselves: their title is the mix's name when nothing else is written. */
    public Tags tags() {
        return output.tags().titled(name);
    }

    /** The stems that are taken at a tap. */
    List<PlannedStem> stems(StemTap tap) {
        return stems.stream().filter(stem -> stem.tap() == tap).toList();
    }

    /** Bytes of all files, without temporary ones. */
    public long fileBytes() {
        return files.stream().mapToLong(PlannedFile::bytes).sum();
    }

    /** The most bytes that are on disk at once while rendering; a compressed file is there twice before it is done. */
    public long diskBytes() {
        long twice = files.stream()
                .filter(file -> !file.file().format().wave())
                .mapToLong(PlannedFile::bytes)
                .sum();
        return fileBytes() + spoolBytes + twice;
    }
}
