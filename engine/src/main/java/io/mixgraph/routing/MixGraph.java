package io.mixgraph.routing;

import io.mixgraph.audio.AudioSource;
import java.util.List;
import java.util.Map;

/**
 * A compiled mix: what is rendered, without a word on what is written to files. Immutable.
 *
 * @param sampleRate frames per second of everything in it
 * @param nodes in an order in which every node comes after all that feed or key it; the master is last
 * @param edges by the node they go to, MAIN before KEY; for one node and port, in the order in which they are summed
 * @param finish what the master does after its effects
 * @param sources every recording that is played, as it was opened, in the order of its first clip
 * @param busMap for each track, its bus and why
 * @param fxPresets for each strip with one, {@code name@version} of its FX preset
 * @param clipEndFrames the end of the last clip
 * @param tailFrames the longest path of declared tails
 * @param notes what compiling decided that a reader of the session may not expect
 */
public record MixGraph(
        int sampleRate,
        List<Node> nodes,
        List<Edge> edges,
        MasterFinish finish,
        List<AudioSource> sources,
        Map<String, BusChoice> busMap,
        Map<String, String> fxPresets,
        long clipEndFrames,
        long tailFrames,
        List<String> notes) {

    public MixGraph {
        nodes = List.copyOf(nodes);
        edges = List.copyOf(edges);
        sources = List.copyOf(sources);
        notes = List.copyOf(notes);
    }

    /** The last node. */
    public Node master() {
        return nodes.get(masterIndex());
    }

    /** The index of the last node. */
    public int masterIndex() {
        return nodes.size() - 1;
    }

    /** The edges that go to a node, in order. */
    public List<Edge> edgesInto(int node) {
        return edges.subList(firstEdgeInto(node), firstEdgeInto(node + 1));
    }

    /** The index of the first edge that goes to a node or to a later one; the number of edges when there is none. */
    public int firstEdgeInto(int node) {
        int first = 0;
        int end = edges.size();
        while (first < end) {
            int middle = (first + end) >>> 1;
            if (edges.get(middle).to() < node) {
                first = middle + 1;
            } else {
                end = middle;
            }
        }
        return first;
    }

    /**
     * SHA-256 of {@link GraphText#canonical}, in hexadecimal: equal for equal compiled nodes, edges and their order,
     * effects with revisions, curves, clip geometry, rates, layouts and ids. Names, paths, what the sources contain,
     * the output section and versions do not count.
     */
    public String hash() {
        return TextDigest.sha256(GraphText.canonical(this));
    }
}
