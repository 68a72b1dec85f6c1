package io.mixgraph.routing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A digest for every node of a graph and for every signal that a bus hands on: SHA-256 over everything that decides its
 * samples, the nodes before it by their own digests. Equal digests mean equal samples, from the first frame of a render
 * on. What follows a signal, its compensating delay to begin with, does not change its digest, and neither do names.
 * Immutable.
 */
public final class SignalDigests {
    /** The form of the text that is digested, and of a signal: 32-bit floats, as late as its node, up to its end. */
    private static final String FORM = "mixgraph signal 1";

    private final List<@Nullable String> nodes = new ArrayList<>();
    private final List<@Nullable String> signals;

    private SignalDigests(MixGraph graph, int channels, int dspRevision) {
        List<Edge> edges = graph.edges();
        List<@Nullable String> carried = new ArrayList<>(Collections.nCopies(edges.size(), null));
        for (int n = 0; n < graph.nodes().size(); n++) {
            Node node = graph.nodes().get(n);
            boolean folded = n == graph.masterIndex() && channels == 1;
            Canonical text = new Canonical()
                    .add("form", FORM)
                    .add("dsp_revision", dspRevision)
                    .add("sample_rate", graph.sampleRate())
                    .add("folded", folded)
                    .add("node", node)
                    // Which effects are keyed; a key whose bus was left out has no edge, and is silence.
                    .add(
                            "keyed",
                            node.effects().stream().map(EffectSlot::isKeyed).toList());
            boolean known = true;
            for (int e = graph.firstEdgeInto(n); e < graph.firstEdgeInto(n + 1); e++) {
                Edge edge = edges.get(e);
                boolean mono = folded && edge.port() == Edge.Port.MAIN;
                String digest = carried(edge, mono);
                carried.set(e, digest);
                known &= digest != null;
                text.add("port", edge.port())
                        .add("effect", edge.effect())
                        .add("delay_frames", edge.delayFrames())
                        .add("signal", digest);
            }
            nodes.add(known ? text.digest() : null);
        }
        for (int e = 0; e < edges.size(); e++) {
            if (!isSignal(graph, edges.get(e))) {
                carried.set(e, null);
            }
        }
        this.signals = carried;
    }

    /** What an edge carries, before its delay. */
    private @Nullable String carried(Edge edge, boolean folded) {
        String from = nodes.get(edge.from());
        return from == null
                ? null
                : new Canonical()
                        .add("from", from)
                        .add("edge", edge)
                        .add("folded", folded)
                        .digest();
    }

    /**
     * The digests of a graph.
     *
     * @param channels of the master: 2, or 1 when what goes into it is folded to mono
     * @param dspRevision of the engine that renders it
     */
    public static SignalDigests of(MixGraph graph, int channels, int dspRevision) {
        return new SignalDigests(graph, channels, dspRevision);
    }

    /**
     * The digest of values by which something that is made of a signal is known, in lower-case hexadecimal.
     *
     * @param values records, numbers, texts and lists of such, in order
     */
    public static String digest(Object... values) {
        String digest = new Canonical().add("values", List.of(values)).digest();
        if (digest == null) {
            throw new IllegalArgumentException("a recording without a digest");
        }
        return digest;
    }

    /** Whether an edge carries what a bus hands on: 32-bit floats over a MAIN edge. */
    public static boolean isSignal(MixGraph graph, Edge edge) {
        return edge.port() == Edge.Port.MAIN && graph.nodes().get(edge.from()).kind() == Node.Kind.BUS;
    }

    /**
     * The digest of a node, in lower-case hexadecimal; null when something that it hears is a recording without one.
     *
     * @param node its index in the graph
     */
    public @Nullable String node(int node) {
        return nodes.get(node);
    }

    /**
     * The digest of what a bus hands on over an edge, in lower-case hexadecimal; null for other edges, and when the bus
     * has none.
     *
     * @param edge its index in the graph
     */
    public @Nullable String signal(int edge) {
        return signals.get(edge);
    }
}
