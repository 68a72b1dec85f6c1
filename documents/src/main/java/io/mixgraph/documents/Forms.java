package io.mixgraph.documents;

import io.mixgraph.fx.Effect;
import io.mixgraph.fx.EffectCatalogue;
import io.mixgraph.fx.EffectType;
import io.mixgraph.model.Automation;
import io.mixgraph.model.Clip;
import io.mixgraph.model.LimiterConfig;
import io.mixgraph.model.Problem.Code;
import io.mixgraph.model.StemOutput;
import io.mixgraph.model.Tail;
import io.mixgraph.model.Track;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The special written forms. */
final class Forms {
    static final Form<Effect> EFFECT = new EffectForm();

    static final Map<Class<?>, Form<?>> TABLE = Map.of(
            Track.class, new TrackForm(),
            Automation.Point.class, new PointForm(),
            Tail.class, new TailForm(),
            LimiterConfig.class, new SwitchForm<>(LimiterConfig.class),
            StemOutput.class, new SwitchForm<>(StemOutput.class));

    private Forms() {}

    /** {@code {type: highpass, …}}: the name of an effect, then its parameters. */
    private record EffectForm() implements Form<Effect> {
        private static final String TYPE = "type";

        @Override
        public @Nullable Effect read(Node node, String pointer, Binder binder) {
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
            return binder.record(node, found.record(), pointer, Map.of(), Set.of(TYPE));
        }

        @Override
        public Node write(Effect value) {
            List<Node.Member> members = new ArrayList<>();
            members.add(
                    Node.Member.of(TYPE, Node.Text.of(EffectCatalogue.of(value).name())));
            members.addAll(SessionTree.fields(value));
            return Node.Mapping.of(members);
        }

        @Override
        public Effect standIn() {
            return Defaults.record(EffectCatalogue.types().get(0).record());
        }

        private static List<String> names() {
            return EffectCatalogue.types().stream().map(EffectType::name).toList();
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
        public Track standIn() {
            return Defaults.record(Track.class);
        }
    }

    /** The field of a track for which {@link #SOURCE} stands. */
    static final String CLIPS = "clips";
    /** A track's short form of one whole clip. */
    static final String SOURCE = "source";

    /** {@code [time_s, value]}. */
    private record PointForm() implements Form<Automation.Point> {
        @Override
        public Automation.@Nullable Point read(Node node, String pointer, Binder binder) {
            if (!(node instanceof Node.Sequence pair) || pair.items().size() != 2) {
                binder.wrongType(node, pointer, "a point [time_s, value]");
                return null;
            }
            Double timeS = binder.number(pair.items().get(0), pointer + "/0");
            Double value = binder.number(pair.items().get(1), pointer + "/1");
            return timeS == null || value == null ? null : new Automation.Point(timeS, value);
        }

        @Override
        public Node write(Automation.Point value) {
            return Node.Sequence.of(List.of(Node.Numeral.of(value.timeS()), Node.Numeral.of(value.value())));
        }

        @Override
        public Automation.Point standIn() {
            return new Automation.Point(0, 0);
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
        public T standIn() {
            return Defaults.record(type);
        }
    }
}
