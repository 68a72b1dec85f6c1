package io.mixgraph.documents.page;

import io.mixgraph.audio.Numbers;
import io.mixgraph.routing.Edge;
import io.mixgraph.routing.EffectSlot;
import io.mixgraph.routing.EffectWords;
import io.mixgraph.routing.MasterFinish;
import io.mixgraph.routing.MixGraph;
import io.mixgraph.routing.Node;
import io.mixgraph.routing.StripWords;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A graph as boxes and links to draw: one box for each node, but when there are many tracks, one for all tracks of a
 * bus. Every track stands before its bus, every bus before what it feeds, the master last.
 */
final class RoutingBoxes {
    /** Up to so many tracks have a box each. */
    static final int MOST_TRACKS = 24;

    /** How many names a box of many tracks holds. */
    private static final int MOST_NAMES = 8;

    /**
     * A box.
     *
     * @param kind what it stands for
     * @param level the column from the left: 0 for tracks, one more than the highest of what feeds it for others
     * @param style of its colour
     * @param head what to call it
     * @param effects what happens in it, in order, and by how much it is late
     * @param detail everything about it
     */
    record Box(Node.Kind kind, int level, String style, String head, List<String> effects, String detail) {}

    /**
     * A link; of several between the same boxes in the same role there is one.
     *
     * @param silent whether all of them are silent
     */
    record Link(int from, int to, Edge.Role role, boolean silent, String detail) {}

    private final MixGraph graph;
    private final Palette palette;
    private final List<Box> boxes = new ArrayList<>();
    private final List<Link> links = new ArrayList<>();

    /** For each node of the graph, its box. */
    private final int[] boxOf;

    /** For each node of the graph, the node that its own output goes to; −1 for none. */
    private final int[] outputOf;

    RoutingBoxes(MixGraph graph, Palette palette) {
        this.graph = graph;
        this.palette = palette;
        boxOf = new int[graph.nodes().size()];
        outputOf = new int[graph.nodes().size()];
        Arrays.fill(boxOf, -1);
        Arrays.fill(outputOf, -1);
        for (Edge edge : graph.edges()) {
            if (edge.role() == Edge.Role.OUTPUT) {
                outputOf[edge.from()] = edge.to();
            }
        }
        place();
        link();
    }

    List<Box> boxes() {
        return boxes;
    }

    List<Link> links() {
        return links;
    }

    private void place() {
        boolean many = graph.nodes().stream().filter(RoutingBoxes::isTrack).count() > MOST_TRACKS;
        int[] levels = levels();
        for (int i = 0; i < graph.nodes().size(); i++) {
            Node node = graph.nodes().get(i);
            if (!isTrack(node)) {
                placeTracks(tracksInto(i), many, palette.style(node.id()));
                if (i == graph.masterIndex()) {
                    // Tracks that go nowhere, if any: nothing is left out.
                    placeTracks(tracksInto(-1), many, "c" + Palette.OWN);
                }
                boxOf[i] = boxes.size();
                boxes.add(box(node, levels[i], node.kind() == Node.Kind.MASTER ? "ink" : palette.style(node.id())));
            }
        }
    }

    private void placeTracks(List<Integer> tracks, boolean many, String style) {
        if (many && tracks.size() > 1) {
            tracks.forEach(track -> boxOf[track] = boxes.size());
            boxes.add(crowd(tracks, style));
            return;
        }
        for (int track : tracks) {
            boxOf[track] = boxes.size();
            boxes.add(box(graph.nodes().get(track), 0, style));
        }
    }

    private List<Integer> tracksInto(int target) {
        List<Integer> tracks = new ArrayList<>();
        for (int i = 0; i < graph.nodes().size(); i++) {
            if (isTrack(graph.nodes().get(i)) && outputOf[i] == target) {
                tracks.add(i);
            }
        }
        return tracks;
    }

    private int[] levels() {
        int[] levels = new int[graph.nodes().size()];
        int deepest = 0;
        for (int i = 0; i < levels.length; i++) {
            if (!isTrack(graph.nodes().get(i))) {
                levels[i] = 1;
                for (Edge edge : graph.edgesInto(i)) {
                    if (edge.port() == Edge.Port.MAIN) {
                        levels[i] = Math.max(levels[i], levels[edge.from()] + 1);
                    }
                }
                deepest = Math.max(deepest, levels[i]);
            }
        }
        levels[graph.masterIndex()] = Math.max(deepest, levels[graph.masterIndex()]);
        return levels;
    }

    private Box crowd(List<Integer> tracks, String style) {
        List<String> names = new ArrayList<>();
        for (int track : tracks) {
            names.add(label(graph.nodes().get(track)));
        }
        List<String> shown = new ArrayList<>(names.subList(0, Math.min(MOST_NAMES, names.size())));
        if (names.size() > MOST_NAMES) {
            shown.add("…");
        }
        return new Box(
                Node.Kind.TRACK, 0, style, Figures.count(tracks.size(), "track"), shown, String.join(", ", names));
    }

    private Box box(Node node, int level, String style) {
        List<String> effects = new ArrayList<>(StripWords.input(node));
        List<String> detail = new ArrayList<>(List.of(label(node)));
        for (EffectSlot slot : node.effects()) {
            effects.add(EffectWords.name(slot.effect()).replace('_', ' '));
            detail.add(EffectWords.of(slot));
        }
        if (node.kind() == Node.Kind.MASTER) {
            finish(graph.finish(), effects, detail);
        }
        if (node.outputLatencyFrames() > 0) {
            effects.add("late by " + milliseconds(node.outputLatencyFrames()));
            detail.add("late by " + Figures.count(node.outputLatencyFrames(), "frame"));
        }
        return new Box(node.kind(), level, style, label(node), effects, String.join("; ", detail));
    }

    private static void finish(MasterFinish finish, List<String> effects, List<String> detail) {
        if (finish.target() != null) {
            effects.add("loudness " + Figures.level(finish.target().lufs()) + " LUFS");
            detail.add("loudness " + Figures.level(finish.target().lufs()) + " LUFS");
        }
        if (finish.limiter() != null) {
            effects.add("limiter");
            detail.add(EffectWords.of(finish.limiter()));
        }
    }

    private void link() {
        Map<List<Object>, Link> merged = new LinkedHashMap<>();
        for (Edge edge : graph.edges()) {
            Link link = new Link(boxOf[edge.from()], boxOf[edge.to()], edge.role(), edge.silent(), detail(edge));
            if (link.from != link.to) {
                merged.merge(List.of(link.from, link.to, link.role), link, (first, next) -> {
                    boolean silent = first.silent && next.silent;
                    return new Link(first.from, first.to, first.role, silent, head(first) + ", " + word(first.role));
                });
            }
        }
        links.addAll(merged.values());
    }

    private String head(Link link) {
        return boxes.get(link.from).head + " → " + boxes.get(link.to).head;
    }

    private String detail(Edge edge) {
        List<String> words = new ArrayList<>(List.of(label(graph.nodes().get(edge.from())) + " → "
                + label(graph.nodes().get(edge.to())) + ", " + word(edge.role())));
        if (edge.port() == Edge.Port.KEY) {
            EffectSlot keyed = graph.nodes().get(edge.to()).effects().get(edge.effect());
            words.add("of " + EffectWords.name(keyed.effect()));
        } else {
            words.add(edge.gainDb().isConstant() ? Numbers.text(edge.gainDb().value(0)) + " dB" : "level automated");
            words.addAll(StripWords.image(edge.panning()));
        }
        if (edge.delayFrames() > 0) {
            words.add("delayed by " + Figures.count(edge.delayFrames(), "frame"));
        }
        if (edge.silent()) {
            words.add("silent");
        }
        return String.join(", ", words);
    }

    static String word(Enum<?> role) {
        return role.name().toLowerCase(Locale.ROOT);
    }

    private String milliseconds(int frames) {
        BigDecimal ms = BigDecimal.valueOf(frames * 1000L)
                .divide(BigDecimal.valueOf(graph.sampleRate()), 1, RoundingMode.HALF_UP);
        return ms.toPlainString() + " ms";
    }

    /** The id, and the name where it is another. */
    private static String label(Node node) {
        return node.name().equalsIgnoreCase(node.id()) ? node.id() : node.id() + " (" + node.name() + ")";
    }

    private static boolean isTrack(Node node) {
        return node.kind() == Node.Kind.TRACK;
    }
}
