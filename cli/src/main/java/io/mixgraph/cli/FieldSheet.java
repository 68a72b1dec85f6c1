package io.mixgraph.cli;

import io.mixgraph.fx.RecordShape;
import io.mixgraph.fx.Recording;
import java.lang.reflect.ParameterizedType;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A field of a document, described.
 *
 * @param unit empty when it has none
 * @param min null for text and words, and where there is no limit; so is {@code max}
 * @param oneOf the only numbers or words allowed; empty when there is no such list
 * @param defaultValue a number, a boolean or a word; null when there is none
 * @param fields those of an object, or of each object of a list
 */
record FieldSheet(
        String name,
        String doc,
        Kind type,
        String unit,
        @Nullable Double min,
        @Nullable Double max,
        List<Object> oneOf,
        @Nullable Object defaultValue,
        boolean required,
        boolean automatable,
        List<FieldSheet> fields) {

    /** What a field holds. */
    enum Kind {
        NUMBER,
        INTEGER,
        BOOLEAN,
        WORD,
        TEXT,
        FILE,
        OBJECT,
        LIST
    }

    /** All fields of a shape. */
    static List<FieldSheet> of(RecordShape<?> shape) {
        return of(shape, true);
    }

    private static List<FieldSheet> of(RecordShape<?> shape, boolean canMove) {
        return shape.fields().stream().map(field -> of(field, canMove)).toList();
    }

    /** Of what is nested, only the items of lists can move. */
    private static FieldSheet of(RecordShape.Field field, boolean canMove) {
        Kind kind = kind(field.rawType());
        Object absent = field.absentValue();
        return new FieldSheet(
                field.name(),
                field.parameter().doc(),
                kind,
                field.unit(),
                limit(field.parameter().min()),
                limit(field.parameter().max()),
                oneOf(field),
                absent instanceof Enum<?> word ? RecordShape.documentName(word.name()) : absent,
                field.required(),
                canMove && field.automatable(),
                nested(kind, field, canMove && kind == Kind.LIST));
    }

    private static Kind kind(Class<?> type) {
        if (type == double.class || type == Double.class) {
            return Kind.NUMBER;
        }
        if (type == int.class || type == Integer.class) {
            return Kind.INTEGER;
        }
        if (type == boolean.class || type == Boolean.class) {
            return Kind.BOOLEAN;
        }
        if (type.isEnum()) {
            return Kind.WORD;
        }
        if (type == String.class) {
            return Kind.TEXT;
        }
        if (type == Recording.class) {
            return Kind.FILE;
        }
        return type == List.class ? Kind.LIST : Kind.OBJECT;
    }

    private static @Nullable Double limit(double value) {
        return Double.isInfinite(value) ? null : (Double) value;
    }

    private static List<Object> oneOf(RecordShape.Field field) {
        if (field.rawType().isEnum()) {
            return Arrays.stream(field.rawType().getEnumConstants())
                    .map(constant -> (Object) RecordShape.documentName(((Enum<?>) constant).name()))
                    .toList();
        }
        return Arrays.stream(field.parameter().oneOf())
                .mapToObj(value -> (Object) value)
                .toList();
    }

    private static List<FieldSheet> nested(Kind kind, RecordShape.Field field, boolean canMove) {
        Class<?> record = kind == Kind.OBJECT ? field.rawType() : null;
        if (kind == Kind.LIST && field.type() instanceof ParameterizedType list) {
            record = (Class<?>) list.getActualTypeArguments()[0];
        }
        return record != null && record.isRecord() ? of(RecordShape.of(record), canMove) : List.of();
    }

    /** What may be written, in words: {@code -100 to 20 dB}. */
    String allowed() {
        String after = unit.isEmpty() ? "" : " " + unit;
        if (!oneOf.isEmpty()) {
            return String.join(", ", oneOf.stream().map(FieldSheet::word).toList()) + after;
        }
        return switch (type) {
            case NUMBER -> range("a number") + after;
            case INTEGER -> range("a whole number") + (min == null || max == null ? "" : ", whole") + after;
            case BOOLEAN -> "true or false";
            case WORD, TEXT -> "text";
            case FILE -> "a file";
            case OBJECT -> "an object";
            case LIST -> fields.isEmpty() ? "a list" : "a list of objects";
        };
    }

    private String range(String any) {
        if (min == null && max == null) {
            return any;
        }
        if (min == null || max == null) {
            return any + (min == null ? " up to " + word(max) : " from " + word(min) + " up");
        }
        return word(min) + " to " + word(max);
    }

    /** The default in words; empty when there is none. */
    String defaultText() {
        return defaultValue == null ? "" : word(defaultValue);
    }

    private static String word(@Nullable Object value) {
        return value instanceof Double number ? Figures.exact(number) : String.valueOf(value);
    }
}
