package io.mixgraph.routing;

import io.mixgraph.audio.Numbers;
import io.mixgraph.fx.Effect;
import io.mixgraph.model.Tap;
import java.util.ArrayList;
import java.util.List;

/** A graph as a drawing in the DOT language of Graphviz: nodes as boxes from left to right, keys dashed. */
public final class GraphDot {
    private GraphDot() {}

    /** The drawing, the same for the same graph; lines end in a newline. */
    public static String of(MixGraph graph) {
        StringBuilder dot = new StringBuilder()
                .append("digraph mix {\n")
                .append("  rankdir=LR;\n")
                .append("  node [shape=box, fontname=\"sans-serif\", fontsize=11];\n")
                .append("  edge [fontname=\"sans-serif\", fontsize=9];\n");
        for (int i = 0; i < graph.nodes().size(); i++) {
            Node node = graph.nodes().get(i);
            dot.append("  n")
                    .append(i)
                    .append(" [label=")
                    .append(quoted(node(graph, node)))
                    .append(style(node))
                    .append("];\n");
        }
        for (Edge edge : graph.edges()) {
            dot.append("  n")
                    .append(edge.from())
                    .append(" -> n")
                    .append(edge.to())
                    .append(" [label=")
                    .append(quoted(edge(graph, edge)))
                    .append(edge.port() == Edge.Port.KEY ? ", style=dashed" : "")
                    .append(edge.silent() ? ", color=gray, fontcolor=gray" : "")
                    .append("];\n");
        }
        return dot.append("}\n").toString();
    }

    private static String style(Node node) {
        return switch (node.kind()) {
            case TRACK -> ", style=rounded";
            case BUS -> "";
            case MASTER -> ", peripheries=2";
        };
    }

    private static List<String> node(MixGraph graph, Node node) {
        List<String> lines = new ArrayList<>();
        lines.add(node.id());
        if (!node.name().equals(node.id())) {
            lines.add(node.name());
        }
        if (node.kind() == Node.Kind.TRACK) {
            int clips = node.clips().size();
            lines.add((node.layout().channels() == 1 ? "mono, " : "stereo, ")
                    + clips
                    + (clips == 1 ? " clip" : " clips"));
        }
        lines.addAll(StripWords.input(node));
        for (EffectSlot slot : node.effects()) {
            lines.add(EffectWords.of(slot));
        }
        if (node.kind() == Node.Kind.MASTER) {
            lines.addAll(finish(graph.finish()));
        }
        if (node.outputLatencyFrames() > 0) {
            lines.add("late by " + node.outputLatencyFrames());
        }
        return lines;
    }

    private static List<String> finish(MasterFinish finish) {
        List<String> lines = new ArrayList<>();
        if (!finish.gainDb().isConstant()) {
            lines.add("gain over " + finish.gainDb().size() + " points");
        } else if (finish.gainDb().value(0) != 0) {
            lines.add(Numbers.text(finish.gainDb().value(0)) + " dB");
        }
        if (finish.target() != null) {
            lines.add("loudness: " + Numbers.text(finish.target().lufs()) + " LUFS, "
                    + GraphText.word(finish.target().mode()));
        }
        if (finish.limiter() != null) {
            lines.add(EffectWords.of(finish.limiter()));
        }
        return lines;
    }

    private static List<String> edge(MixGraph graph, Edge edge) {
        List<String> lines = new ArrayList<>();
        if (edge.port() == Edge.Port.KEY) {
            Effect keyed =
                    graph.nodes().get(edge.to()).effects().get(edge.effect()).effect();
            lines.add("key of " + EffectWords.name(keyed));
        } else {
            lines.add(
                    edge.gainDb().isConstant()
                            ? Numbers.text(edge.gainDb().value(0)) + " dB"
                            : "gain over " + edge.gainDb().size() + " points");
            lines.addAll(StripWords.image(edge.panning()));
            if (!edge.gate().isConstant()) {
                lines.add("mute over " + edge.gate().size() + " points");
            }
        }
        if (edge.role() == Edge.Role.SEND || edge.tap() != usual(edge)) {
            lines.add(GraphText.word(edge.tap()));
        }
        if (edge.delayFrames() > 0) {
            lines.add("delay " + edge.delayFrames());
        }
        if (edge.silent()) {
            lines.add("silent");
        }
        return lines;
    }

    private static Tap usual(Edge edge) {
        return edge.port() == Edge.Port.KEY ? Tap.PRE_FADER : Tap.POST_FADER;
    }

    /**
     * A DOT string of several lines. In labels a backslash starts an escape and an ampersand an entity, so both are
     * written out.
     */
    private static String quoted(List<String> lines) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < lines.size(); i++) {
            quoted.append(i == 0 ? "" : "\\n");
            lines.get(i).codePoints().forEach(c -> {
                switch (c) {
                    case '"' -> quoted.append("\\\"");
                    case '\\' -> quoted.append("\\\\");
                    case '&' -> quoted.append("&amp;");
                    default -> quoted.appendCodePoint(Character.isISOControl(c) ? ' ' : c);
                }
            });
        }
        return quoted.append('"').toString();
    }
}
