package io.mixgraph.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.AudioSource;
import io.mixgraph.audio.FrameSource;
import io.mixgraph.fx.EffectCatalogue;
import io.mixgraph.fx.EffectType;
import io.mixgraph.model.Automation;
import io.mixgraph.model.BusConfig;
import io.mixgraph.model.Channel;
import io.mixgraph.model.Downmix;
import io.mixgraph.model.Insert;
import io.mixgraph.model.InsertChannels;
import io.mixgraph.model.Inserts;
import io.mixgraph.model.Key;
import io.mixgraph.model.Session;
import io.mixgraph.model.Tap;
import io.mixgraph.model.Track;
import io.mixgraph.testing.EffectLaws;
import io.mixgraph.testing.MemorySource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a digest must tell apart, and what it must not. */
class SignalDigestsTest {
    private static final int RATE = 48_000;
    private static final int REVISION = 7;

    private static AudioSource source(String name) {
        return MemorySource.noise(name, RATE, 1, 1000, 0.5, name.hashCode());
    }

    /** Two tracks into two buses, one of them nested in the other, one keyed by a track. */
    private static Session session() {
        return session(Track.of("b", "b.wav").withBus("outer"));
    }

    private static Session session(Track second) {
        Insert ducked = Insert.of(EffectCatalogue.create("ducker", Map.of("threshold_db", -20)))
                .withKey(new Key("a", Tap.PRE_FADER, 100.0, 5000.0));
        return Session.of("s", List.of(Track.of("a", "a.wav").withBus("inner"), second))
                .withSampleRate(RATE)
                .withBusPreset("none")
                .withBuses(List.of(
                        BusConfig.of("inner").withOutput("outer"),
                        BusConfig.of("outer")
                                .withChannel(Channel.EMPTY
                                        .withInserts(new Inserts(List.of(ducked), null, null))
                                        .withAutomation(Automation.NONE)
                                        .withGainDb(-3)),
                        BusConfig.of("beside")));
    }

    private static MixGraph graph(Session session) throws Exception {
        return GraphCompiler.compile(session, SignalDigestsTest::source);
    }

    private static List<@Nullable String> all(MixGraph graph) {
        SignalDigests digests = SignalDigests.of(graph, 2, REVISION);
        List<@Nullable String> all = new ArrayList<>();
        for (int n = 0; n < graph.nodes().size(); n++) {
            all.add(digests.node(n));
        }
        for (int e = 0; e < graph.edges().size(); e++) {
            all.add(digests.signal(e));
        }
        return all;
    }

    private static MixGraph with(MixGraph graph, List<Node> nodes, List<Edge> edges) {
        return new MixGraph(
                graph.sampleRate(),
                nodes,
                edges,
                graph.finish(),
                graph.sources(),
                graph.busMap(),
                graph.fxPresets(),
                graph.clipEndFrames(),
                graph.tailFrames(),
                graph.notes());
    }

    /** A graph with every effect there is in one node, twice, for one alone cannot have everything; keyed and moved. */
    private static MixGraph full() throws Exception {
        MixGraph graph = graph(session());
        Random random = new Random(5);
        List<EffectSlot> slots = new ArrayList<>();
        List<EffectType> types = new ArrayList<>(EffectCatalogue.types());
        types.addAll(EffectCatalogue.types());
        for (EffectType type : types) {
            slots.add(new EffectSlot(
                    EffectLaws.drawn(type, random),
                    Curve.of(List.of(new Automation.Point(0, 0.5), new Automation.Point(1, 0.25)), 1, RATE),
                    InsertChannels.MID,
                    Key.of("a"),
                    Map.of("gain_db", Curve.constant(-3))));
        }
        List<Node> nodes = new ArrayList<>(graph.nodes());
        int last = graph.masterIndex();
        nodes.set(last, changed(nodes.get(last), "effects", slots));
        ClipPlacement clip = nodes.get(0).clips().get(0);
        nodes.set(0, changed(nodes.get(0), "clips", List.of(changed(clip, "downmix", Downmix.ITU))));
        return with(graph, nodes, graph.edges());
    }

    @Test
    void whateverChangesInTheModelChangesADigest() throws Exception {
        MixGraph graph = full();
        List<@Nullable String> before = all(graph);
        Set<String> tried = new TreeSet<>();
        for (int n = 0; n < graph.nodes().size(); n++) {
            for (Variant variant : variants(Node.class, graph.nodes().get(n), "")) {
                List<Node> nodes = new ArrayList<>(graph.nodes());
                nodes.set(n, (Node) variant.value);
                tried.add(variant.component);
                if (!variant.leftOut) {
                    assertThat(all(with(graph, nodes, graph.edges())))
                            .as(variant.path)
                            .isNotEqualTo(before);
                }
            }
        }
        for (int e = 0; e < graph.edges().size(); e++) {
            for (Variant variant : variants(Edge.class, graph.edges().get(e), "")) {
                List<Edge> edges = new ArrayList<>(graph.edges());
                edges.set(e, (Edge) variant.value);
                tried.add(variant.component);
                if (!variant.leftOut) {
                    assertThat(all(with(graph, graph.nodes(), edges)))
                            .as(variant.path)
                            .isNotEqualTo(before);
                }
            }
        }
        List<Class<?>> records = new ArrayList<>(
                List.of(Node.class, Edge.class, ClipPlacement.class, EffectSlot.class, Panning.class, Key.class));
        EffectCatalogue.types().forEach(type -> records.add(type.record()));
        for (Class<?> record : records) {
            for (RecordComponent component : record.getRecordComponents()) {
                assertThat(tried).contains(name(component));
            }
        }
    }

    @Test
    void whatIsLeftOutIsInTheModel() {
        for (Canonical.LeftOut left : Canonical.LEFT_OUT) {
            assertThat(left.record().getRecordComponents())
                    .as(left.toString())
                    .extracting(RecordComponent::getName)
                    .contains(left.component());
        }
    }

    @Test
    void whereAnEdgeGoesCountsForTheNodeThere() throws Exception {
        MixGraph graph = graph(session());
        SignalDigests before = SignalDigests.of(graph, 2, REVISION);
        int outer = node(graph, "outer");
        for (String component : List.of("port", "effect", "delayFrames", "from")) {
            int e = edge(graph, "inner", "outer");
            Edge edge = graph.edges().get(e);
            Object value = switch (component) {
                case "port" -> Edge.Port.KEY;
                case "from" -> node(graph, "b");
                default -> 3;
            };
            List<Edge> edges = new ArrayList<>(graph.edges());
            edges.set(e, changed(edge, component, value));
            SignalDigests after = SignalDigests.of(with(graph, graph.nodes(), edges), 2, REVISION);
            assertThat(after.node(outer)).as(component).isNotEqualTo(before.node(outer));
            if (component.equals("delayFrames")) {
                assertThat(after.signal(e)).isNotNull().isEqualTo(before.signal(e));
            }
        }
    }

    @Test
    void theOrderOfASumCounts() throws Exception {
        MixGraph graph = graph(session());
        List<Edge> turned = new ArrayList<>(graph.edges());
        int first = edge(graph, "b", "outer");
        int second = edge(graph, "inner", "outer");
        Edge edge = turned.get(first);
        turned.set(first, turned.get(second));
        turned.set(second, edge);
        MixGraph other = with(graph, graph.nodes(), turned);
        int outer = node(graph, "outer");
        assertThat(SignalDigests.of(other, 2, REVISION).node(outer))
                .isNotEqualTo(SignalDigests.of(graph, 2, REVISION).node(outer));
    }

    @Test
    void aKeyWhoseBusWasLeftOutIsNotTheSignalItself() throws Exception {
        MixGraph graph = graph(session());
        int outer = node(graph, "outer");
        List<Edge> without = graph.edges().stream()
                .filter(edge -> edge.port() == Edge.Port.MAIN)
                .toList();
        Node keyed = graph.nodes().get(outer);
        EffectSlot slot = keyed.effects().get(0);
        EffectSlot own = changed(slot, "key", changed(Objects.requireNonNull(slot.key()), "from", null));
        List<Node> nodes = new ArrayList<>(graph.nodes());
        nodes.set(outer, changed(keyed, "effects", List.of(own)));
        assertThat(SignalDigests.of(with(graph, nodes, without), 2, REVISION).node(outer))
                .isNotEqualTo(SignalDigests.of(with(graph, graph.nodes(), without), 2, REVISION)
                        .node(outer));
    }

    @Test
    void engineRateAndFoldingCount() throws Exception {
        MixGraph graph = graph(session());
        int outer = node(graph, "outer");
        int edge = edge(graph, "outer", "master");
        SignalDigests before = SignalDigests.of(graph, 2, REVISION);
        SignalDigests mono = SignalDigests.of(graph, 1, REVISION);
        assertThat(SignalDigests.of(graph, 2, REVISION + 1).node(outer)).isNotEqualTo(before.node(outer));
        assertThat(mono.node(outer)).isEqualTo(before.node(outer));
        assertThat(mono.signal(edge)).isNotEqualTo(before.signal(edge));
        assertThat(mono.node(graph.masterIndex())).isNotEqualTo(before.node(graph.masterIndex()));
        MixGraph faster = graph(session().withSampleRate(96_000));
        assertThat(SignalDigests.of(faster, 2, REVISION).node(outer)).isNotEqualTo(before.node(outer));
    }

    @Test
    void namesAndWhatIsBesideDoNotCount() throws Exception {
        MixGraph graph = graph(session());
        Track renamed = Track.of("renamed", "b.wav").withBus("outer").withGainDb(-1);
        MixGraph edited = graph(session(renamed));
        assertThat(SignalDigests.of(edited, 2, REVISION).signal(edge(edited, "inner", "outer")))
                .isNotNull()
                .isEqualTo(SignalDigests.of(graph, 2, REVISION).signal(edge(graph, "inner", "outer")));
    }

    @Test
    void aRecordingCountsByWhatItHolds() throws Exception {
        List<@Nullable String> before = all(graph(session()));
        MixGraph copied =
                GraphCompiler.compile(session(), name -> new Wrapped(source(name), "digest of " + name, null));
        MixGraph again = GraphCompiler.compile(session(), name -> new Wrapped(source(name), "digest of " + name, null));
        MixGraph other = GraphCompiler.compile(
                session(), name -> new Wrapped(source(name), "digest of " + name, new AudioSource.Backend("x", "1")));
        MixGraph newer = GraphCompiler.compile(
                session(), name -> new Wrapped(source(name), "digest of " + name, new AudioSource.Backend("x", "2")));
        assertThat(all(copied)).isEqualTo(all(again)).isNotEqualTo(before).isNotEqualTo(all(other));
        assertThat(all(newer)).isNotEqualTo(all(other));
    }

    @Test
    void withoutADigestOfItsRecordingsASignalHasNone() throws Exception {
        MixGraph graph = GraphCompiler.compile(
                session(), name -> new Wrapped(source(name), name.equals("b.wav") ? null : name, null));
        SignalDigests digests = SignalDigests.of(graph, 2, REVISION);
        assertThat(digests.signal(edge(graph, "inner", "outer"))).isNotNull();
        assertThat(digests.node(node(graph, "inner"))).isNotNull();
        assertThat(digests.signal(edge(graph, "outer", "master"))).isNull();
        assertThat(digests.node(node(graph, "outer"))).isNull();
        assertThat(digests.node(graph.masterIndex())).isNull();
    }

    @Test
    void onlyWhatBusesHandOnIsASignal() throws Exception {
        MixGraph graph = graph(session());
        SignalDigests digests = SignalDigests.of(graph, 2, REVISION);
        for (int e = 0; e < graph.edges().size(); e++) {
            Edge edge = graph.edges().get(e);
            boolean bus = graph.nodes().get(edge.from()).kind() == Node.Kind.BUS;
            assertThat(digests.signal(e) != null).as(edge.toString()).isEqualTo(bus && edge.port() == Edge.Port.MAIN);
        }
    }

    @Test
    void whatHasNoTextIsRefused() {
        assertThatThrownBy(() -> new Canonical().add("x", new Object()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("java.lang.Object");
    }

    private static int node(MixGraph graph, String id) {
        return graph.nodes().stream().map(Node::id).toList().indexOf(id);
    }

    private static int edge(MixGraph graph, String from, String to) {
        for (int e = 0; e < graph.edges().size(); e++) {
            Edge edge = graph.edges().get(e);
            if (edge.port() == Edge.Port.MAIN && edge.from() == node(graph, from) && edge.to() == node(graph, to)) {
                return e;
            }
        }
        throw new IllegalArgumentException("no edge from " + from + " to " + to);
    }

    private record Wrapped(AudioSource source, @Nullable String digest, AudioSource.@Nullable Backend backend)
            implements AudioSource {
        @Override
        public String name() {
            return source.name();
        }

        @Override
        public AudioFormat format() {
            return source.format();
        }

        @Override
        public long frames() {
            return source.frames();
        }

        @Override
        public FrameSource open(long firstFrame) {
            return new FrameSource() {
                @Override
                public AudioFormat format() {
                    return source.format();
                }

                @Override
                public int read(AudioBlock block, int frames) {
                    return 0;
                }

                @Override
                public void close() {
                    // Nothing is open.
                }
            };
        }
    }

    // Other values of any type of the model.

    /**
     * A value with one thing in it changed.
     *
     * @param path what was changed, for people
     * @param component the record component that was changed, the innermost; empty for a value by itself
     * @param leftOut whether that, or one around it, does not count
     */
    private record Variant(@Nullable Object value, String path, String component, boolean leftOut) {}

    private static String name(RecordComponent component) {
        return component.getDeclaringRecord().getSimpleName() + "." + component.getName();
    }

    private static List<Variant> variants(Type type, @Nullable Object value, String path) throws Exception {
        if (value instanceof Record record) {
            return ofRecord(record, path);
        }
        if (value instanceof List<?> list) {
            Type item = ((ParameterizedType) type).getActualTypeArguments()[0];
            List<Variant> variants = new ArrayList<>();
            for (int i = 0; i < list.size(); i++) {
                List<Object> shorter = new ArrayList<>(list);
                shorter.remove(i);
                variants.add(new Variant(shorter, path + " without " + i, "", false));
                for (Variant other : variants(item, list.get(i), path + "/" + i)) {
                    List<@Nullable Object> items = new ArrayList<>(list);
                    items.set(i, other.value);
                    variants.add(new Variant(items, other.path, other.component, other.leftOut));
                }
            }
            return variants;
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> more = new LinkedHashMap<>(map);
            more.put("another", Curve.constant(1));
            Map<Object, Object> moved = new LinkedHashMap<>(map);
            moved.replaceAll((key, item) -> Curve.constant(2));
            return map.isEmpty()
                    ? List.of(new Variant(more, path, "", false))
                    : List.of(new Variant(more, path, "", false), new Variant(moved, path, "", false));
        }
        return others(type, value).stream()
                .filter(other -> !other.equals(value))
                .map(other -> new Variant(other, path, "", false))
                .toList();
    }

    /** For each component the first other value that the record takes, and what is other inside of it. */
    private static List<Variant> ofRecord(Record record, String path) throws Exception {
        List<Variant> variants = new ArrayList<>();
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            boolean leftOut = Canonical.LEFT_OUT.stream()
                    .anyMatch(left -> left.record() == record.getClass()
                            && left.component().equals(component.getName()));
            Object value = component.getAccessor().invoke(record);
            String inside = path + "/" + name(component);
            for (Variant other : variants(component.getGenericType(), value, inside)) {
                String changed = other.component.isEmpty() ? name(component) : other.component;
                try {
                    Record made = changed(record, component.getName(), other.value);
                    variants.add(new Variant(made, other.path, changed, leftOut || other.leftOut));
                    if (!other.component.isEmpty()) {
                        variants.add(new Variant(made, other.path, name(component), leftOut || other.leftOut));
                    }
                } catch (IllegalArgumentException e) {
                    // A value that the record does not take; another one is tried.
                }
            }
        }
        return variants;
    }

    private static List<Object> others(Type type, @Nullable Object value) {
        Class<?> raw = type instanceof Class<?> plain ? plain : (Class<?>) ((ParameterizedType) type).getRawType();
        if (raw == double.class || raw == Double.class) {
            double number = value == null ? 100 : (Double) value;
            return List.of(number + 1, number - 0.25, number + 0.001);
        }
        if (raw == int.class || raw == Integer.class) {
            int number = value == null ? 0 : (Integer) value;
            return List.of(number + 1, number - 1, 6, 256, 1024);
        }
        if (raw == long.class) {
            return List.of((Long) Objects.requireNonNull(value) + 1);
        }
        if (raw == boolean.class || raw == Boolean.class) {
            return List.of(!Boolean.TRUE.equals(value));
        }
        if (raw == String.class) {
            return List.of(value + "x");
        }
        if (raw.isEnum()) {
            List<Object> constants = new ArrayList<>(Arrays.asList(raw.getEnumConstants()));
            constants.remove(value);
            return constants;
        }
        if (raw == Curve.class) {
            Curve curve = (Curve) Objects.requireNonNull(value);
            return List.of(curve.plus(1));
        }
        if (raw == AudioSource.class) {
            return List.of(source("another"));
        }
        if (raw == Key.class) {
            return List.of(new Key(null, Tap.INPUT, null, null));
        }
        throw new IllegalArgumentException("no other value of a " + raw + " is known: teach this test to make one");
    }

    private static <R extends Record> R changed(R record, String name, @Nullable Object value) throws Exception {
        RecordComponent[] components = record.getClass().getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            values[i] = components[i].getName().equals(name)
                    ? value
                    : components[i].getAccessor().invoke(record);
        }
        try {
            @SuppressWarnings("unchecked")
            R made = (R) record.getClass().getDeclaredConstructor(types).newInstance(values);
            return made;
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException refused) {
                throw refused;
            }
            throw e;
        }
    }
}
