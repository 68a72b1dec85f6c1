package io.mixgraph.cli;

import io.mixgraph.fx.Effect;
import io.mixgraph.fx.EffectType;
import io.mixgraph.fx.Nature;
import io.mixgraph.model.Insert;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All there is to say of an effect, from the catalogue.
 *
 * @param nature null when no settings are known that it takes; so is {@code key}
 * @param parameters its own
 * @param insert those of every effect in its place
 * @param example a document with it; empty when no settings are known that it takes
 */
record EffectSheet(
        String name,
        String doc,
        @Nullable Nature nature,
        @Nullable KeyUse key,
        int revision,
        EffectTiming latency,
        EffectTiming tail,
        List<FieldSheet> parameters,
        List<FieldSheet> insert,
        String example) {

    /** Whether another signal can drive the effect. */
    enum KeyUse {
        NONE("takes none"),
        OPTIONAL("may be given"),
        REQUIRED("must be given");

        private final String words;

        KeyUse(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }

        static @Nullable KeyUse of(@Nullable Effect effect) {
            return effect == null ? null : effect.needsKey() ? REQUIRED : effect.curveCount() > 0 ? OPTIONAL : NONE;
        }
    }

    /** An effect in the list. */
    record Line(
            String name,
            String doc,
            @Nullable Nature nature,
            @Nullable KeyUse key) {}

    static Line line(EffectType type) {
        Effect effect = effect(ExampleDocument.inserts(type));
        return new Line(type.name(), type.doc(), nature(effect), KeyUse.of(effect));
    }

    private static @Nullable Effect effect(List<Insert> inserts) {
        return inserts.isEmpty() ? null : inserts.get(0).effect();
    }

    private static @Nullable Nature nature(@Nullable Effect effect) {
        return effect == null ? null : effect.nature();
    }

    static EffectSheet of(EffectType type) {
        List<Insert> examples = ExampleDocument.inserts(type);
        Effect effect = effect(examples);
        Set<String> own =
                type.shape().fields().stream().map(field -> field.name()).collect(Collectors.toUnmodifiableSet());
        List<FieldSheet> fields = FieldSheet.of(Insert.shape(type.record()));
        return new EffectSheet(
                type.name(),
                type.doc(),
                nature(effect),
                KeyUse.of(effect),
                type.revision(),
                EffectTiming.latency(type),
                EffectTiming.tail(type),
                fields.stream().filter(field -> own.contains(field.name())).toList(),
                fields.stream().filter(field -> !own.contains(field.name())).toList(),
                ExampleDocument.text(examples));
    }

    /** Those of every effect that are of use with this one. */
    List<FieldSheet> insertFields() {
        return insert.stream()
                .filter(field -> key != KeyUse.NONE || !field.name().equals("key"))
                .toList();
    }

    /** What a nature means, in words. */
    static String words(@Nullable Nature nature) {
        if (nature == null) {
            return "not known";
        }
        return switch (nature) {
            case LINEAR -> "linear: what comes out is the same linear function of the signal throughout";
            case CONTROLLED -> "controlled: a detector moves gains; under given gains it is linear";
            case NONLINEAR -> "nonlinear: it bends the signal itself";
        };
    }
}
