package io.mixgraph.routing;

import io.mixgraph.audio.Numbers;
import io.mixgraph.fx.RecordShape;
import io.mixgraph.fx.Recording;
import io.mixgraph.model.Tap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What differs between two graphs, in words. Nodes are the same when kind and id are; effects and clips of a node are
 * lined up by type and by source. Times are compared in frames, or to the nearest frame when the rates differ.
 */
public final class GraphDiff {
    private final MixGraph a;
    private final MixGraph b;
    private final Map<String, Edge> outputsOfA;
    private final Map<String, Edge> outputsOfB;
    private final List<String> sentences = new ArrayList<>();

    private GraphDiff(MixGraph a, MixGraph b) {
        this.a = a;
        this.b = b;
        this.outputsOfA = outputs(a);
        this.outputsOfB = outputs(b);
    }

    /**
     * One sentence for each difference, those of tracks first, then buses, then the master. Empty only when both graphs
     * have the same {@link MixGraph#hash} and play sources of the same names.
     */
    public static List<String> between(MixGraph a, MixGraph b) {
        return new GraphDiff(a, b).sentences();
    }

    private List<String> sentences() {
        changed("sample rate", a.sampleRate() + " Hz", b.sampleRate() + " Hz");
        List<Pair<Node>> nodes = new ArrayList<>();
        for (Node.Kind kind : Node.Kind.values()) {
            nodes.addAll(nodes(kind));
        }
        nodes.forEach(this::presence);
        for (Node.Kind kind : List.of(Node.Kind.TRACK, Node.Kind.BUS)) {
            order(kind);
        }
        for (Pair<Node> node : nodes) {
            if (node.a != null && node.b != null) {
                node(node.a, node.b);
            }
        }
        routes(Edge.Role.SEND);
        routes(Edge.Role.KEY);
        finish(a.finish(), b.finish());
        if (sentences.isEmpty() && !a.hash().equals(b.hash())) {
            say("the same strips and settings, with other compensating delays or another order of summing");
        }
        return List.copyOf(sentences);
    }

    private void say(String sentence) {
        sentences.add(sentence);
    }

    private void changed(String what, String before, String after) {
        if (!before.equals(after)) {
            say(what + " " + before + " → " + after);
        }
    }

    // Nodes.

    private List<Pair<Node>> nodes(Node.Kind kind) {
        Map<String, Pair<Node>> pairs = new LinkedHashMap<>();
        for (Node node : ofKind(a, kind)) {
            pairs.put(node.id(), new Pair<>(node, null));
        }
        for (Node node : ofKind(b, kind)) {
            Pair<Node> known = pairs.get(node.id());
            pairs.put(node.id(), new Pair<>(known == null ? null : known.a, node));
        }
        return List.copyOf(pairs.values());
    }

    private static List<Node> ofKind(MixGraph graph, Node.Kind kind) {
        return graph.nodes().stream().filter(node -> node.kind() == kind).toList();
    }

    private void presence(Pair<Node> pair) {
        if (pair.a == null && pair.b != null) {
            Node node = pair.b;
            List<String> effects = node.effects().stream()
                    .map(slot -> EffectWords.name(slot.effect()))
                    .toList();
            Edge output = outputsOfB.get(strip(node));
            say(strip(node) + " added"
                    + (output == null ? "" : ", to " + strip(b.nodes().get(output.to())) + settings(output))
                    + (effects.isEmpty() ? "" : ", with " + String.join(", ", effects)));
        } else if (pair.b == null && pair.a != null) {
            say(strip(pair.a) + " removed");
        }
    }

    private static String settings(Edge edge) {
        return (isConstant(edge.gainDb(), 0) ? "" : " at " + level(edge.gainDb()))
                + (edge.panning()
                                .equals(Panning.of(
                                        Curve.constant(0), edge.panning().lawDb()))
                        ? ""
                        : ", pan " + edge.panning())
                + (edge.silent() ? ", silent" : "");
    }

    private static boolean isConstant(Curve curve, double value) {
        return curve.isConstant() && curve.value(0) == value;
    }

    private void order(Node.Kind kind) {
        List<String> before = ofKind(a, kind).stream().map(Node::id).toList();
        List<String> after = ofKind(b, kind).stream().map(Node::id).toList();
        List<String> kept =
                before.stream().filter(new HashSet<>(after)::contains).toList();
        List<String> now =
                after.stream().filter(new HashSet<>(before)::contains).toList();
        if (!kept.equals(now)) {
            say((kind == Node.Kind.TRACK ? "tracks" : "buses") + " in another order: " + String.join(", ", kept) + " → "
                    + String.join(", ", now));
        }
    }

    private void node(Node before, Node after) {
        String strip = strip(after);
        changed(strip + ":", channels(before), channels(after));
        changed(strip + ": input", GraphText.word(before.input()), GraphText.word(after.input()));
        changed(
                strip + ": trim_delay_frames",
                String.valueOf(before.trimDelayFrames()),
                String.valueOf(after.trimDelayFrames()));
        changed(strip + ": phase_invert", String.valueOf(before.phaseInvert()), String.valueOf(after.phaseInvert()));
        clips(strip, before.clips(), after.clips());
        effects(strip, before.effects(), after.effects());
        Edge from = outputsOfA.get(strip(before));
        Edge to = outputsOfB.get(strip(after));
        if (from != null && to != null) {
            Node left = a.nodes().get(from.to());
            Node entered = b.nodes().get(to.to());
            if (!left.id().equals(entered.id())) {
                say(strip + ": moved from " + strip(left) + " to " + strip(entered));
            }
            curve(strip + ": gain_db", from.gainDb(), to.gainDb());
            panning(strip, from.panning(), to.panning());
            curve(strip + ": mute", from.gate(), to.gate());
            if (from.silent() != to.silent()) {
                say(strip + (to.silent() ? ": silenced by mute or solo" : ": no longer silenced by mute or solo"));
            }
        }
    }

    private void panning(String strip, Panning before, Panning after) {
        changed(strip + ": pan_mode", GraphText.word(before.mode()), GraphText.word(after.mode()));
        curve(strip + ": pan", before.pan(), after.pan());
        curve(strip + ": pan_right", before.panRight(), after.panRight());
        curve(strip + ": width", before.width(), after.width());
        changed(strip + ": pan_law_db", Numbers.text(before.lawDb()), Numbers.text(after.lawDb()));
    }

    private static String channels(Node node) {
        return node.layout().channels() == 1 ? "mono" : "stereo";
    }

    /** For each node by its kind and id, the edge of its output. */
    private static Map<String, Edge> outputs(MixGraph graph) {
        Map<String, Edge> outputs = new HashMap<>();
        for (Edge edge : graph.edges()) {
            if (edge.role() == Edge.Role.OUTPUT) {
                outputs.put(strip(graph.nodes().get(edge.from())), edge);
            }
        }
        return outputs;
    }

    private static String strip(Node node) {
        return node.kind() == Node.Kind.MASTER ? "master" : GraphText.word(node.kind()) + " " + node.id();
    }

    // Clips.

    private void clips(String strip, List<ClipPlacement> before, List<ClipPlacement> after) {
        for (Pair<ClipPlacement> pair : aligned(before, after, GraphDiff::name, GraphText::clip)) {
            if (pair.a == null && pair.b != null) {
                say(strip + ": clip " + name(pair.b) + " added at " + time(pair.b.startFrame(), b));
            } else if (pair.b == null && pair.a != null) {
                say(strip + ": clip " + name(pair.a) + " at " + time(pair.a.startFrame(), a) + " removed");
            } else if (pair.a != null && pair.b != null) {
                clip(strip + ": clip " + name(pair.b), pair.a, pair.b);
            }
        }
    }

    private static String name(ClipPlacement clip) {
        return clip.source().name();
    }

    private void clip(String clip, ClipPlacement before, ClipPlacement after) {
        time(clip + " moved:", before.startFrame(), after.startFrame());
        time(clip + ": offset", before.offsetFrames(), after.offsetFrames());
        time(clip + ": length", before.lengthFrames(), after.lengthFrames());
        changed(clip + ": gain_db", Numbers.text(before.gainDb()), Numbers.text(after.gainDb()));
        time(clip + ": fade in", before.fadeInFrames(), after.fadeInFrames());
        time(clip + ": fade out", before.fadeOutFrames(), after.fadeOutFrames());
        changed(clip + ": fade shape", GraphText.word(before.fadeShape()), GraphText.word(after.fadeShape()));
        curve(clip + ": gain_envelope", before.envelope(), after.envelope());
        changed(clip + ": source of", before.sourceRate() + " Hz", after.sourceRate() + " Hz");
        changed(clip + ": source of", sourceChannels(before), sourceChannels(after));
        changed(clip + ": downmix", downmix(before), downmix(after));
    }

    private static String sourceChannels(ClipPlacement clip) {
        int channels = clip.source().format().channels();
        return channels + (channels == 1 ? " channel" : " channels");
    }

    private static String downmix(ClipPlacement clip) {
        return clip.downmix() == null ? "none" : GraphText.word(clip.downmix());
    }

    private void time(String what, long before, long after) {
        if (differs(before, after)) {
            say(what + " " + time(before, a) + " → " + time(after, b));
        }
    }

    private boolean differs(long before, long after) {
        if (a.sampleRate() == b.sampleRate()) {
            return before != after;
        }
        double apart = Math.abs((double) before / a.sampleRate() - (double) after / b.sampleRate());
        return apart > 1.0 / Math.min(a.sampleRate(), b.sampleRate());
    }

    private static String time(long frames, MixGraph graph) {
        return Numbers.rounded((double) frames / graph.sampleRate(), 6).toPlainString() + " s";
    }

    // Effects.

    private void effects(String strip, List<EffectSlot> before, List<EffectSlot> after) {
        List<String> labels = labels(after);
        List<String> oldLabels = labels(before);
        int old = 0;
        int now = 0;
        for (Pair<EffectSlot> pair :
                aligned(before, after, slot -> slot.effect().getClass(), slot -> slot)) {
            if (pair.a != null && pair.b != null) {
                parameters(strip + ": " + labels.get(now), "", pair.a.effect(), pair.b.effect());
                place(strip + ": " + labels.get(now), pair.a, pair.b);
            } else if (pair.b != null) {
                say(strip + ": added " + EffectWords.of(pair.b));
            } else {
                say(strip + ": removed " + oldLabels.get(old));
            }
            old += pair.a == null ? 0 : 1;
            now += pair.b == null ? 0 : 1;
        }
    }

    /** The effects' names, numbered where a chain has several of one kind. */
    private static List<String> labels(List<EffectSlot> effects) {
        List<String> names =
                effects.stream().map(slot -> EffectWords.name(slot.effect())).toList();
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            long same = names.stream().filter(name::equals).count();
            long before = names.subList(0, i).stream().filter(name::equals).count();
            labels.add(same > 1 ? name + " " + (before + 1) : name);
        }
        return labels;
    }

    /** What differs between two records of one shape, in lists of equal length item by item. */
    private void parameters(String record, String path, Object before, Object after) {
        for (RecordShape.Field field : RecordShape.of(after.getClass()).fields()) {
            Object old = field.get(before);
            Object now = field.get(after);
            if (old instanceof List<?> was && now instanceof List<?> is && was.size() == is.size()) {
                for (int i = 0; i < is.size(); i++) {
                    parameters(record, path + field.name() + "/" + i + "/", was.get(i), is.get(i));
                }
            } else if (!Objects.equals(old, now)) {
                changed(record + " " + path + field.name(), value(old), value(now));
            }
        }
    }

    private void place(String effect, EffectSlot before, EffectSlot after) {
        curve(effect + " mix", before.mix(), after.mix());
        changed(effect + " channels", GraphText.word(before.channels()), GraphText.word(after.channels()));
        changed(effect + " key highpass_hz", value(highpassHz(before)), value(highpassHz(after)));
        changed(effect + " key lowpass_hz", value(lowpassHz(before)), value(lowpassHz(after)));
        Map<String, Curve> all = new LinkedHashMap<>(before.curves());
        all.putAll(after.curves());
        for (String path : all.keySet()) {
            Curve old = before.curves().get(path);
            Curve now = after.curves().get(path);
            if (old != null && now != null) {
                curve(effect + " " + path, old, now);
            } else {
                say(effect + " " + path + (old == null ? " is automated" : " is no longer automated"));
            }
        }
    }

    private static @Nullable Double highpassHz(EffectSlot slot) {
        return slot.key() == null ? null : slot.key().highpassHz();
    }

    private static @Nullable Double lowpassHz(EffectSlot slot) {
        return slot.key() == null ? null : slot.key().lowpassHz();
    }

    private static String value(@Nullable Object value) {
        if (value instanceof Recording recording) {
            return recording.name();
        }
        return value == null ? "none" : GraphText.value(value);
    }

    // Sends and keys.

    private void routes(Edge.Role role) {
        Map<String, List<Edge>> before = byEnds(a, role);
        Map<String, List<Edge>> after = byEnds(b, role);
        Map<String, List<Edge>> all = new LinkedHashMap<>(before);
        after.forEach(all::putIfAbsent);
        for (String ends : all.keySet()) {
            String route = GraphText.word(role) + " " + ends;
            List<Edge> old = before.getOrDefault(ends, List.of());
            List<Edge> now = after.getOrDefault(ends, List.of());
            for (int i = 0; i < Math.max(old.size(), now.size()); i++) {
                if (i >= old.size()) {
                    say(route + " added"
                            + (role == Edge.Role.SEND ? " at " + level(sendLevel(b, outputsOfB, now.get(i))) : ""));
                } else if (i >= now.size()) {
                    say(route + " removed");
                } else if (role == Edge.Role.SEND) {
                    send(route, old.get(i), now.get(i));
                }
            }
        }
    }

    private static Map<String, List<Edge>> byEnds(MixGraph graph, Edge.Role role) {
        Map<String, List<Edge>> edges = new LinkedHashMap<>();
        for (Edge edge : graph.edges()) {
            if (edge.role() == role) {
                Node to = graph.nodes().get(edge.to());
                String ends = graph.nodes().get(edge.from()).id() + " → " + to.id()
                        + (role == Edge.Role.KEY ? " " + labels(to.effects()).get(edge.effect()) : "");
                edges.computeIfAbsent(ends, key -> new ArrayList<>()).add(edge);
            }
        }
        return edges;
    }

    private void send(String route, Edge before, Edge after) {
        curve(route + ": gain_db", sendLevel(a, outputsOfA, before), sendLevel(b, outputsOfB, after));
        panning(route, before.panning(), after.panning());
        curve(route + ": mute", before.gate(), after.gate());
        changed(route + ": tap", GraphText.word(before.tap()), GraphText.word(after.tap()));
        if (before.silent() != after.silent()) {
            say(route + (after.silent() ? ": silenced by mute or solo" : ": no longer silenced by mute or solo"));
        }
    }

    /** The level of a send without the fader, which its curve includes when it is taken after it. */
    private static Curve sendLevel(MixGraph graph, Map<String, Edge> outputs, Edge send) {
        Edge output = outputs.get(strip(graph.nodes().get(send.from())));
        if (send.tap() != Tap.POST_FADER || output == null) {
            return send.gainDb();
        }
        double level = send.gainDb().value(0) - output.gainDb().value(0);
        return Curve.constant(Numbers.rounded(level, 9).doubleValue());
    }

    private void curve(String what, Curve before, Curve after) {
        boolean constant = before.isConstant() && after.isConstant();
        if (constant ? before.value(0) != after.value(0) : !samePoints(before, after)) {
            changed(what, points(before, a), points(after, b));
        }
    }

    private boolean samePoints(Curve before, Curve after) {
        if (before.size() != after.size()) {
            return false;
        }
        for (int i = 0; i < before.size(); i++) {
            if (differs(before.frame(i), after.frame(i)) || before.value(i) != after.value(i)) {
                return false;
            }
        }
        return true;
    }

    private static String level(Curve curve) {
        return curve.isConstant() ? Numbers.text(curve.value(0)) + " dB" : "an automated level";
    }

    /** The value when constant, else the points in seconds as documents write them. */
    private static String points(Curve curve, MixGraph graph) {
        if (curve.isConstant()) {
            return Numbers.text(curve.value(0));
        }
        List<String> points = new ArrayList<>();
        for (int i = 0; i < curve.size(); i++) {
            String seconds = Numbers.rounded((double) curve.frame(i) / graph.sampleRate(), 6)
                    .toPlainString();
            points.add("[" + seconds + ", " + Numbers.text(curve.value(i)) + "]");
        }
        return "[" + String.join(", ", points) + "]";
    }

    // The master.

    private void finish(MasterFinish before, MasterFinish after) {
        curve("master: gain_db", before.gainDb(), after.gainDb());
        MasterFinish.Target old = before.target();
        MasterFinish.Target now = after.target();
        changed(
                "master: loudness target_lufs",
                target(old, t -> Numbers.text(t.lufs())),
                target(now, t -> Numbers.text(t.lufs())));
        if (old != null && now != null) {
            changed("master: loudness true_peak_db", Numbers.text(old.truePeakDb()), Numbers.text(now.truePeakDb()));
            changed("master: loudness mode", GraphText.word(old.mode()), GraphText.word(now.mode()));
            changed("master: loudness max_reduction_db", reduction(old), reduction(now));
        }
        effects(
                "master",
                before.limiter() == null ? List.of() : List.of(EffectSlot.of(before.limiter())),
                after.limiter() == null ? List.of() : List.of(EffectSlot.of(after.limiter())));
    }

    private static String target(MasterFinish.@Nullable Target target, Function<MasterFinish.Target, String> text) {
        return target == null ? "none" : text.apply(target);
    }

    private static String reduction(MasterFinish.Target target) {
        return target.maxReductionDb() == null ? "any" : Numbers.text(target.maxReductionDb());
    }

    // Lining up.

    /** What stands in one place before and after; null where there is nothing. */
    private record Pair<T>(@Nullable T a, @Nullable T b) {}

    /**
     * Lines up two lists in order, so that as many as possible of the pairs are alike, the equal ones counting double;
     * what is left over stands alone.
     */
    private static <T> List<Pair<T>> aligned(
            List<T> before, List<T> after, Function<T, Object> type, Function<T, Object> content) {
        int[][] best = new int[before.size() + 1][after.size() + 1];
        for (int i = before.size() - 1; i >= 0; i--) {
            for (int j = after.size() - 1; j >= 0; j--) {
                int paired = likeness(before.get(i), after.get(j), type, content);
                best[i][j] = Math.max(
                        Math.max(best[i + 1][j], best[i][j + 1]), paired == 0 ? 0 : best[i + 1][j + 1] + paired);
            }
        }
        List<Pair<T>> pairs = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < before.size() || j < after.size()) {
            if (i < before.size() && best[i][j] == best[i + 1][j]) {
                pairs.add(new Pair<>(before.get(i++), null));
            } else if (j < after.size() && best[i][j] == best[i][j + 1]) {
                pairs.add(new Pair<>(null, after.get(j++)));
            } else {
                pairs.add(new Pair<>(before.get(i++), after.get(j++)));
            }
        }
        return pairs;
    }

    private static <T> int likeness(T x, T y, Function<T, Object> type, Function<T, Object> content) {
        if (!type.apply(x).equals(type.apply(y))) {
            return 0;
        }
        return content.apply(x).equals(content.apply(y)) ? 2 : 1;
    }
}
