package io.mixgraph.render;

import io.mixgraph.routing.Edge;
import io.mixgraph.routing.MixGraph;
import io.mixgraph.routing.Node;
import io.mixgraph.routing.SignalDigests;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How much of a graph a render has to do when some of what its buses hand on is there already: what was made before is
 * read, and what feeds nothing else is left alone.
 *
 * @param nodes for each node of the graph, in its order, what becomes of it
 * @param edges for each edge of the graph, in its order, what becomes of what it carries
 */
public record RenderScope(List<NodeUse> nodes, List<EdgeUse> edges) {

    /** What a render does with a part of the graph. */
    public enum Use {
        /** It is rendered. */
        RENDERED,
        /** All that is needed of it was made before and is read. */
        READ,
        /** Nothing needs it: whatever hears it is read. */
        NOT_NEEDED
    }

    /**
     * What becomes of a node.
     *
     * @param id the id that people gave it
     * @param kind track, bus or master
     * @param digest of everything that decides what it makes; null when that is not known, or was not asked for
     */
    public record NodeUse(
            String id, Node.Kind kind, Use use, @Nullable String digest) {}

    /**
     * What becomes of what an edge carries.
     *
     * @param from the id of the node it comes from
     * @param to the id of the node it goes to
     * @param digest of what a bus hands on over it; null for edges of other kinds, and when that is not known, or was
     *     not asked for
     */
    public record EdgeUse(
            String from, String to, Use use, @Nullable String digest) {}

    public RenderScope {
        nodes = List.copyOf(nodes);
        edges = List.copyOf(edges);
    }

    /**
     * Walks back from the master and from the stems that are wanted. A node is rendered when a signal of it is needed
     * that was not made before; then all that feeds or keys it is needed, too.
     *
     * @param digests null when nothing is to be read
     * @param cached whether the signal of a digest can be read
     */
    static RenderScope of(RenderPlan plan, @Nullable SignalDigests digests, Predicate<String> cached) {
        MixGraph graph = plan.graph();
        List<Edge> edges = graph.edges();
        boolean[] needed = new boolean[edges.size()];
        Use[] nodeUses = new Use[graph.nodes().size()];
        Arrays.fill(nodeUses, Use.NOT_NEEDED);
        nodeUses[graph.masterIndex()] = Use.RENDERED;
        IntConsumer need = e -> {
            needed[e] = true;
            int from = edges.get(e).from();
            if (nodeUses[from] != Use.RENDERED) {
                String digest = digests == null ? null : digests.signal(e);
                nodeUses[from] = digest != null && cached.test(digest) ? Use.READ : Use.RENDERED;
            }
        };
        for (PlannedStem stem : plan.stems()) {
            if (stem.edge() != PlannedStem.RESIDUAL) {
                need.accept(stem.edge());
            }
        }
        // Every node comes after all that feed or key it: when it is its turn, all that needs it is known.
        for (int n = graph.masterIndex(); n >= 0; n--) {
            if (nodeUses[n] == Use.RENDERED) {
                IntStream.range(graph.firstEdgeInto(n), graph.firstEdgeInto(n + 1))
                        .forEach(need);
            }
        }
        List<NodeUse> ofNodes = new ArrayList<>();
        for (int n = 0; n < nodeUses.length; n++) {
            Node node = graph.nodes().get(n);
            ofNodes.add(new NodeUse(node.id(), node.kind(), nodeUses[n], digests == null ? null : digests.node(n)));
        }
        List<EdgeUse> ofEdges = new ArrayList<>();
        for (int e = 0; e < needed.length; e++) {
            Edge edge = edges.get(e);
            ofEdges.add(new EdgeUse(
                    graph.nodes().get(edge.from()).id(),
                    graph.nodes().get(edge.to()).id(),
                    needed[e] ? nodeUses[edge.from()] : Use.NOT_NEEDED,
                    digests == null ? null : digests.signal(e)));
        }
        return new RenderScope(ofNodes, ofEdges);
    }

    /**
     * What a render would do with a cache as it is now, without reading a signal.
     *
     * @param dspRevision of the engine that renders
     */
    public static RenderScope of(RenderPlan plan, SignalCache cache, int dspRevision) {
        return of(plan, SignalDigests.of(plan.graph(), plan.output().channels(), dspRevision), cache::has);
    }

    Use node(int node) {
        return nodes.get(node).use();
    }

    Use edge(int edge) {
        return edges.get(edge).use();
    }
}
