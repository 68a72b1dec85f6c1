package io.mixgraph.routing;

import io.mixgraph.audio.AudioSource;
import io.mixgraph.fx.Effect;
import io.mixgraph.fx.EffectCatalogue;
import io.mixgraph.fx.EffectType;
import io.mixgraph.fx.Recording;
import io.mixgraph.model.Key;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that decides a signal, as a text for a digest: equal values give equal texts, different ones different
 * texts, on every machine. Records are written whole, component by component, so that a component which is new is in
 * it; only {@link #LEFT_OUT} is not. A recording stands for what it holds, by its digest.
 */
final class Canonical {
    /** A component that is not written, and why none is missed. */
    record LeftOut(Class<?> record, String component, String why) {}

    /** All that is not written. */
    static final List<LeftOut> LEFT_OUT = List.of(
            new LeftOut(Node.class, "id", "what people call it"),
            new LeftOut(Node.class, "name", "what people call it"),
            new LeftOut(Edge.class, "from", "its place in the graph; the digest of that node stands for it"),
            new LeftOut(Edge.class, "to", "where it goes does not change what it carries"),
            new LeftOut(Edge.class, "port", "likewise; written with the node that it goes to"),
            new LeftOut(Edge.class, "effect", "likewise; written with the node that it goes to"),
            new LeftOut(Edge.class, "role", "what people call it"),
            new LeftOut(Edge.class, "delayFrames", "likewise; written with the node that it goes to"),
            new LeftOut(Key.class, "from", "its place in the graph; whether there is one is written with the node"),
            new LeftOut(Recording.class, "name", "the file's name; what it holds is written"));

    /** The components of a record that are written; found once for each, since that is slow. */
    private static final ClassValue<List<RecordComponent>> WRITTEN = new ClassValue<>() {
        @Override
        protected List<RecordComponent> computeValue(Class<?> record) {
            return Arrays.stream(record.getRecordComponents())
                    .filter(component -> LEFT_OUT.stream()
                            .noneMatch(left -> left.record == record && left.component.equals(component.getName())))
                    .toList();
        }
    };

    private final StringBuilder text = new StringBuilder();
    private boolean known = true;

    /** Adds a value under a name. */
    Canonical add(String name, @Nullable Object value) {
        text.append(name).append('=');
        write(value);
        text.append('\n');
        return this;
    }

    /**
     * The digest of all that was added, in lower-case hexadecimal; null when a recording has none, so that nobody knows
     * what it holds.
     */
    @Nullable
    String digest() {
        return known ? TextDigest.sha256(text) : null;
    }

    private void write(@Nullable Object value) {
        if (value == null) {
            text.append("null");
        } else if (value instanceof Double number) {
            // By its bits: exact, and no digits of a platform.
            text.append(Long.toHexString(Double.doubleToLongBits(number)));
        } else if (value instanceof Integer || value instanceof Long || value instanceof Boolean) {
            text.append(value);
        } else if (value instanceof String string) {
            // Its length first, so that no text can look like another one with something after it.
            text.append(string.length()).append('"').append(string);
        } else if (value instanceof Enum<?> constant) {
            text.append(constant.name());
        } else if (value instanceof Curve curve) {
            writeCurve(curve);
        } else if (value instanceof AudioSource source) {
            writeRecording(source);
        } else if (value instanceof List<?> list) {
            text.append('[');
            for (Object item : list) {
                write(item);
                text.append(',');
            }
            text.append(']');
        } else if (value instanceof Map<?, ?> map) {
            text.append('{');
            map.forEach((key, item) -> {
                write(key);
                text.append(':');
                write(item);
                text.append(',');
            });
            text.append('}');
        } else if (value instanceof Record record) {
            writeRecord(record);
        } else {
            throw new IllegalArgumentException("there is no canonical text of a " + value.getClass());
        }
    }

    private void writeCurve(Curve curve) {
        text.append("curve(");
        for (int i = 0; i < curve.size(); i++) {
            text.append(curve.frame(i)).append(':');
            write(curve.value(i));
            text.append(',');
        }
        text.append(')');
    }

    /** What it was opened as, and what became of it on the way here, which nothing but the two formats decides. */
    private void writeRecording(AudioSource source) {
        AudioSource original = source.original();
        text.append("recording(");
        write(original.digest());
        write(original.format());
        write(original.backend());
        text.append(original.frames()).append(' ');
        write(source.format());
        text.append(source.frames()).append(')');
        known &= original.digest() != null;
    }

    private void writeRecord(Record record) {
        if (record instanceof Effect effect) {
            EffectType type = EffectCatalogue.of(effect);
            text.append(type.name()).append('@').append(type.revision());
        } else {
            text.append(record.getClass().getSimpleName());
        }
        text.append('(');
        for (RecordComponent component : WRITTEN.get(record.getClass())) {
            text.append(component.getName()).append('=');
            write(read(component, record));
            text.append(',');
        }
        text.append(')');
    }

    private static @Nullable Object read(RecordComponent component, Record record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("cannot read " + component, e);
        }
    }
}
