package io.mixgraph.documents;

import io.mixgraph.fx.EffectCatalogue;
import io.mixgraph.fx.EffectType;
import io.mixgraph.fx.RecordShape;
import io.mixgraph.fx.Recording;
import io.mixgraph.model.Automation;
import io.mixgraph.model.Clip;
import io.mixgraph.model.CurveShape;
import io.mixgraph.model.Insert;
import io.mixgraph.model.Key;
import io.mixgraph.model.LimiterConfig;
import io.mixgraph.model.Problem.Code;
import io.mixgraph.model.SessionValidator;
import io.mixgraph.model.StemOutput;
import io.mixgraph.model.Tail;
import io.mixgraph.model.Track;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The special written forms. */
final class Forms {
    /** The field of a track for which {@link #SOURCE} stands. */
    static final String CLIPS = "clips";
    /** A track's short form of one whole clip. */
    static final String SOURCE = "source";

    static final Map<Class<?>, Form<?>> TABLE = Map.of(
            Track.class, new TrackForm(),
            Insert.class, new InsertForm(),
            Key.class, new KeyForm(),
            Recording.class, new RecordingForm(),
            Automation.Point.class, new PointForm(),
            Automation.Switch.class, new SwitchPointForm(),
            Tail.class, new TailForm(),
            LimiterConfig.class, new SwitchForm<>(LimiterConfig.class),
            StemOutput.class, new SwitchForm<>(StemOutput.class));

    private Forms() {}

    /** {@code {type: highpass, …}}: the name of an effect, then its parameters and those of its place. */
    private record InsertForm() implements Form<Insert> {
        private static final String TYPE = "type";

        @Override
        public @Nullable Insert read(Node node, String pointer, Binder binder) {
            if (!(node instanceof Node.Mapping mapping)) {
                binder.wrongType(node, pointer, "an effect such as {type: " + names().get(0) + "}");
                return null;
            }
            Node.Member type = mapping.member(TYPE);
            if (type == null) {
                binder.report(
                        Code.MISSING_FIELD,
                        pointer + "/" + TYPE,
                        node.place(),
                        "type must be given: one of " + String.join(", ", names()));
                return null;
            }
            if (!(type.value() instanceof Node.Text name)) {
                binder.wrongType(type.value(), pointer + "/" + TYPE, "the name of an effect");
                return null;
            }
            EffectType found = EffectCatalogue.byName(name.value()).orElse(null);
            if (found == null) {
                binder.unknownWord(Code.UNKNOWN_EFFECT, name, pointer + "/" + TYPE, "effect", names());
                return null;
            }
            return binder.record(mapping, Insert.shape(found.record()), pointer, Map.of(), Set.of(TYPE));
        }

        @Override
        public Node write(Insert value) {
            List<Node.Member> members = new ArrayList<>();
            members.add(Node.Member.of(
                    TYPE, Node.Text.of(EffectCatalogue.of(value.effect()).name())));
            members.addAll(SessionTree.fields(value, Insert.shape(value.effect().getClass()), Defaults::written));
            return Node.Mapping.of(members);
        }

        @Override
        public Node.Mapping schema(RecordShape.Field field, SessionSchema schemas) {
            return schemas.reference(
                    "effect",
                    () -> SessionSchema.oneOf(EffectCatalogue.types().stream()
                            .map(type -> schemas.reference("effect_" + type.name(), () -> schema(type, schemas)))
                            .toList()));
        }

        private static Node.Mapping schema(EffectType type, SessionSchema schemas) {
            RecordShape<Insert> shape = Insert.shape(type.record());
            List<Node.Member> properties = new ArrayList<>();
            properties.add(Node.Member.of(TYPE, SessionSchema.object(SessionSchema.member("const", type.name()))));
            properties.addAll(schemas.properties(shape));
            List<String> required = new ArrayList<>(List.of(TYPE));
            required.addAll(SessionSchema.required(shape));
            return SessionSchema.closed(properties, required, SessionSchema.member("description", type.doc()));
        }

        @Override
        public Insert standIn() {
            return Insert.of(Defaults.record(EffectCatalogue.types().get(0).record()));
        }

        private static List<String> names() {
            return EffectCatalogue.types().stream().map(EffectType::name).toList();
        }
    }

    /** A track or bus, or {@code {from: …, tap: …, highpass_hz: …}}. */
    private record KeyForm() implements Form<Key> {
        @Override
        public @Nullable Key read(Node node, String pointer, Binder binder) {
            if (node instanceof Node.Text from) {
                return Key.of(from.value());
            }
            if (node instanceof Node.Mapping) {
                return binder.record(node, Key.class, pointer, Map.of(), Set.of());
            }
            binder.wrongType(node, pointer, "a track or bus, or an object");
            return null;
        }

        @Override
        public Node write(Key value) {
            return value.from() != null && value.equals(Key.of(value.from()))
                    ? Node.Text.of(value.from())
                    : Node.Mapping.of(SessionTree.fields(value));
        }

        @Override
        public Node.Mapping schema(RecordShape.Field field, SessionSchema schemas) {
            return schemas.reference(
                    SessionSchema.name(Key.class),
                    () -> SessionSchema.oneOf(List.of(
                            SessionSchema.object(SessionSchema.member("type", "string")),
                            SessionSchema.closed(schemas.properties(Key.class), List.of()))));
        }

        @Override
        public Key standIn() {
            return Defaults.record(Key.class);
        }
    }

    /** The name of a file. */
    private record RecordingForm() implements Form<Recording> {
        @Override
        public @Nullable Recording read(Node node, String pointer, Binder binder) {
            String name = binder.text(node, pointer);
            return name == null ? null : Recording.named(name);
        }

        @Override
        public Node write(Recording value) {
            return Node.Text.of(value.name());
        }

        @Override
        public Node.Mapping schema(RecordShape.Field field, SessionSchema schemas) {
            return SessionSchema.object(
                    SessionSchema.member("type", "string"), Node.Member.of("minLength", Node.Numeral.of(1)));
        }

        @Override
        public Recording standIn() {
            return Recording.named("");
        }
    }

    /** A track; {@code source: FILE} stands for {@code clips: [{source: FILE}]}. */
    private record TrackForm() implements Form<Track> {
        @Override
        public @Nullable Track read(Node node, String pointer, Binder binder) {
            Map<String, Object> given = Map.of();
            if (node instanceof Node.Mapping mapping) {
                Node.Member source = mapping.member(SOURCE);
                if (source != null && mapping.member(CLIPS) != null) {
                    binder.report(
                            Code.DUPLICATE_FIELD,
                            pointer + "/" + SOURCE,
                            source.place(),
                            "source is short for clips, which are given too; leave one of them out");
                } else if (source != null) {
                    String file = binder.text(source.value(), pointer + "/" + SOURCE);
                    given = Map.of(CLIPS, List.of(Clip.of(file == null ? "" : file)));
                }
            }
            return binder.record(node, Track.class, pointer, given, Set.of(SOURCE));
        }

        @Override
        public Node write(Track value) {
            List<Node.Member> members = new ArrayList<>();
            for (Node.Member member : SessionTree.fields(value)) {
                boolean brief = member.name().equals(CLIPS)
                        && value.clips().size() == 1
                        && value.clips()
                                .get(0)
                                .equals(Clip.of(value.clips().get(0).source()));
                members.add(
                        brief
                                ? Node.Member.of(
                                        SOURCE,
                                        Node.Text.of(value.clips().get(0).source()))
                                : member);
            }
            return Node.Mapping.of(members);
        }

        @Override
        public Node.Mapping schema(RecordShape.Field field, SessionSchema schemas) {
            return schemas.reference("track", () -> {
                List<Node.Member> properties = new ArrayList<>(schemas.properties(Track.class));
                schemas.properties(Clip.class).stream()
                        .filter(property -> property.name().equals(SOURCE))
                        .forEach(properties::add);
                List<String> required = new ArrayList<>(SessionSchema.required(Track.class));
                required.remove(CLIPS);
                Node.Mapping either = SessionSchema.oneOf(Stream.of(SOURCE, CLIPS)
                        .map(name ->
                                SessionSchema.object(Node.Member.of("required", SessionSchema.words(List.of(name)))))
                        .toList());
                return SessionSchema.closed(
                        properties, required, either.members().toArray(Node.Member[]::new));
            });
        }

        @Override
        public Track standIn() {
            return Defaults.record(Track.class);
        }
    }

    /** {@code [time_s, value]}, or {@code [time_s, value, hold]}. */
    private record PointForm() implements Form<Automation.Point> {
        private static final String EXPECTED = "a point [time_s, value] or [time_s, value, hold]";

        @Override
        public Automation.@Nullable Point read(Node node, String pointer, Binder binder) {
            if (!(node instanceof Node.Sequence point)
                    || point.items().size() < 2
                    || point.items().size() > 3) {
                binder.wrongType(node, pointer, EXPECTED);
                return null;
            }
            Double timeS = binder.number(point.items().get(0), pointer + "/0");
            Double value = binder.number(point.items().get(1), pointer + "/1");
            Object shape = point.items().size() == 2
                    ? CurveShape.LINEAR
                    : binder.value(point.items().get(2), CurveShape.class, pointer + "/2");
            return timeS == null || value == null || shape == null
                    ? null
                    : new Automation.Point(timeS, value, (CurveShape) shape);
        }

        @Override
        public Node write(Automation.Point value) {
            List<Node> items = new ArrayList<>(List.of(Node.Numeral.of(value.timeS()), Node.Numeral.of(value.value())));
            if (value.shape() != CurveShape.LINEAR) {
                items.add(Node.Text.of(RecordShape.documentName(value.shape().name())));
            }
            return Node.Sequence.of(items);
        }

        @Override
        public Node.Mapping schema(RecordShape.Field field, SessionSchema schemas) {
            return SessionSchema.object(
                    SessionSchema.member("type", "array"),
                    Node.Member.of(
                            "prefixItems",
                            Node.Sequence.of(List.of(
                                    SessionSchema.number("number", 0, SessionValidator.MAX_TIME_S),
                                    SessionSchema.number("number", field),
                                    SessionSchema.object(Node.Member.of(
                                            "enum", SessionSchema.words(Binder.words(CurveShape.class))))))),
                    Node.Member.of("minItems", Node.Numeral.of(2)),
                    Node.Member.of("maxItems", Node.Numeral.of(3)));
        }

        @Override
        public Automation.Point standIn() {
            return new Automation.Point(0, 0);
        }
    }

    /** {@code [time_s, true]}. */
    private record SwitchPointForm() implements Form<Automation.Switch> {
        @Override
        public Automation.@Nullable Switch read(Node node, String pointer, Binder binder) {
            if (!(node instanceof Node.Sequence pair) || pair.items().size() != 2) {
                binder.wrongType(node, pointer, "a point [time_s, true] or [time_s, false]");
                return null;
            }
            Double timeS = binder.number(pair.items().get(0), pointer + "/0");
            Object on = binder.value(pair.items().get(1), boolean.class, pointer + "/1");
            return timeS == null || on == null ? null : new Automation.Switch(timeS, (Boolean) on);
        }

        @Override
        public Node write(Automation.Switch value) {
            return Node.Sequence.of(List.of(Node.Numeral.of(value.timeS()), Node.Flag.of(value.on())));
        }

        @Override
        public Node.Mapping schema(RecordShape.Field field, SessionSchema schemas) {
            return SessionSchema.object(
                    SessionSchema.member("type", "array"),
                    Node.Member.of(
                            "prefixItems",
                            Node.Sequence.of(List.of(
                                    SessionSchema.number("number", 0, SessionValidator.MAX_TIME_S),
                                    SessionSchema.object(SessionSchema.member("type", "boolean"))))),
                    Node.Member.of("minItems", Node.Numeral.of(2)),
                    Node.Member.of("maxItems", Node.Numeral.of(2)));
        }

        @Override
        public Automation.Switch standIn() {
            return new Automation.Switch(0, false);
        }
    }

    /** {@code auto}, {@code none}, or a number of seconds. */
    private record TailForm() implements Form<Tail> {
        private static final String AUTO = "auto";
        private static final String NONE = "none";

        @Override
        public @Nullable Tail read(Node node, String pointer, Binder binder) {
            if (node instanceof Node.Numeral seconds) {
                return Tail.seconds(seconds.value());
            }
            if (!(node instanceof Node.Text word)) {
                binder.wrongType(node, pointer, "auto, none, or a number of seconds");
                return null;
            }
            return switch (word.value()) {
                case AUTO -> Tail.AUTO;
                case NONE -> Tail.NONE;
                default -> {
                    binder.unknownWord(
                            Code.UNKNOWN_VALUE, word, pointer, "tail", List.of(AUTO, NONE, "a number of seconds"));
                    yield null;
                }
            };
        }

        @Override
        public Node write(Tail value) {
            return switch (value.mode()) {
                case AUTO -> Node.Text.of(AUTO);
                case NONE -> Node.Text.of(NONE);
                case SECONDS -> Node.Numeral.of(value.seconds());
            };
        }

        @Override
        public Node.Mapping schema(RecordShape.Field field, SessionSchema schemas) {
            return SessionSchema.oneOf(List.of(
                    SessionSchema.object(Node.Member.of("enum", SessionSchema.words(List.of(AUTO, NONE)))),
                    SessionSchema.number("number", 0, Tail.MAX_SECONDS)));
        }

        @Override
        public Tail standIn() {
            return Tail.AUTO;
        }
    }

    /**
     * {@code false}, {@code true}, or an object: a record whose component {@code enabled} is never written as a field.
     */
    private record SwitchForm<T extends Record>(Class<T> type) implements Form<T> {
        private static final String ENABLED = "enabled";

        @Override
        public @Nullable T read(Node node, String pointer, Binder binder) {
            if (node instanceof Node.Flag flag) {
                return binder.record(
                        Node.Mapping.of(List.of()), type, pointer, Map.of(ENABLED, flag.value()), Set.of());
            }
            if (node instanceof Node.Mapping) {
                return binder.record(node, type, pointer, Map.of(ENABLED, true), Set.of());
            }
            binder.wrongType(node, pointer, "true, false, or an object");
            return null;
        }

        @Override
        public Node write(T value) {
            List<Node.Member> members = SessionTree.fields(value);
            if (members.stream().anyMatch(member -> member.name().equals(ENABLED))) {
                return Node.Flag.of(false);
            }
            return members.isEmpty() ? Node.Flag.of(true) : Node.Mapping.of(members);
        }

        @Override
        public Node.Mapping schema(RecordShape.Field field, SessionSchema schemas) {
            return schemas.reference(SessionSchema.name(type), () -> {
                List<Node.Member> properties = schemas.properties(type).stream()
                        .filter(property -> !property.name().equals(ENABLED))
                        .toList();
                return SessionSchema.oneOf(List.of(
                        SessionSchema.object(SessionSchema.member("type", "boolean")),
                        SessionSchema.closed(properties, List.of())));
            });
        }

        @Override
        public T standIn() {
            return Defaults.record(type);
        }
    }
}
