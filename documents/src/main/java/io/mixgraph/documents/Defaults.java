package io.mixgraph.documents;

import io.mixgraph.fx.RecordShape;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What fields are when they are not written. */
final class Defaults {
    private static final ClassValue<Object> RECORDS = new ClassValue<>() {
        @Override
        protected Object computeValue(Class<?> type) {
            List<@Nullable Object> values = new ArrayList<>();
            RecordShape.of(type).fields().forEach(field -> values.add(of(field)));
            return RecordShape.of(type).create(values);
        }
    };

    private Defaults() {}

    /** A record of which nothing is written; what must be written is a stand-in. */
    static <T> T record(Class<T> type) {
        return type.cast(RECORDS.get(type));
    }

    /** What the record's constructor is given for a field that is absent; where it must not be, a stand-in. */
    static @Nullable Object of(RecordShape.Field field) {
        if (!field.parameter().absent().isEmpty()) {
            return new Binder().value(absent(field), field.type(), "");
        }
        if (!field.required()) {
            return null;
        }
        if (Binder.raw(field.type()) == List.class) {
            return List.of(standIn(Binder.argument(field.type(), 0)));
        }
        Object standIn = standIn(field.type());
        return standIn instanceof Number number && !field.allows(number.doubleValue())
                ? new Binder().value(nearestToZero(field), field.type(), "")
                : standIn;
    }

    /**
     * What a field of an insert is when it is not written: lists and objects are empty. No insert is made of them all,
     * because an effect may refuse that.
     */
    static @Nullable Object written(RecordShape.Field field) {
        Class<?> type = Binder.raw(field.type());
        if (field.parameter().absent().isEmpty() && type == Map.class) {
            return Map.of();
        }
        if (field.parameter().absent().isEmpty() && type == List.class) {
            return List.of();
        }
        return of(field);
    }

    /** {@code absent} of the field's parameter as it would be read; nothing when there is none. */
    static Node absent(RecordShape.Field field) {
        String word = field.parameter().absent();
        Class<?> type = Binder.raw(field.type());
        if (word.isEmpty()) {
            return Node.Nothing.HERE;
        }
        if (type == boolean.class || type == Boolean.class) {
            return Node.Flag.of(Boolean.parseBoolean(word));
        }
        return type.isPrimitive() || Number.class.isAssignableFrom(type)
                ? Node.Numeral.of(Double.parseDouble(word))
                : Node.Text.of(word);
    }

    /** A harmless value in the place of one that must be there and is not, or is faulty. */
    static Object standIn(Type type) {
        Class<?> raw = Binder.raw(type);
        Form<?> form = Form.of(raw);
        if (form != null) {
            return form.standIn();
        }
        if (raw == double.class || raw == Double.class) {
            return 0.0;
        }
        if (raw == int.class || raw == Integer.class) {
            return 0;
        }
        if (raw == boolean.class || raw == Boolean.class) {
            return false;
        }
        if (raw == String.class) {
            return "";
        }
        if (raw.isEnum()) {
            return raw.getEnumConstants()[0];
        }
        if (raw == List.class) {
            return List.of();
        }
        return raw == Map.class ? Map.of() : record(raw);
    }

    private static Node nearestToZero(RecordShape.Field field) {
        double[] oneOf = field.parameter().oneOf();
        double min = field.parameter().min();
        if (oneOf.length > 0) {
            return Node.Numeral.of(oneOf[0]);
        }
        return Node.Numeral.of(min > 0 ? min : field.parameter().max());
    }
}
