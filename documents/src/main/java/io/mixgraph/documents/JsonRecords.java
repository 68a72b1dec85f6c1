package io.mixgraph.documents;

import io.mixgraph.fx.RecordShape;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads back what {@link Json} has written: trees as records. Null stands only where {@link Nullable} does. */
final class JsonRecords {
    private JsonRecords() {}

    /** A tree that is not what it should be. */
    static final class Mismatch extends Exception {
        private static final long serialVersionUID = 1L;

        Mismatch(String pointer, String message) {
            super((pointer.isEmpty() ? "/" : pointer) + " " + message);
        }
    }

    /** The record of a whole document. */
    static Object whole(Node node, Class<?> type) throws Mismatch {
        if (node instanceof Node.Mapping mapping) {
            return record(mapping, type, "");
        }
        throw misplaced(node, "");
    }

    private static Mismatch misplaced(Node node, String pointer) {
        return new Mismatch(pointer, "is " + node.described() + ", which does not belong there");
    }

    private static @Nullable Object value(Node node, AnnotatedType type, String pointer) throws Mismatch {
        Class<?> raw = (Class<?>)
                (type.getType() instanceof ParameterizedType generic ? generic.getRawType() : type.getType());
        if (node instanceof Node.Nothing) {
            if (raw == double.class) {
                return Double.NaN;
            }
            if (!type.isAnnotationPresent(Nullable.class)) {
                throw misplaced(node, pointer);
            }
            return null;
        }
        if (raw == String.class && node instanceof Node.Text text) {
            return text.value();
        }
        if ((raw == boolean.class || raw == Boolean.class) && node instanceof Node.Flag flag) {
            return flag.value();
        }
        if (raw.isEnum() && node instanceof Node.Text text) {
            return constant(raw, text.value(), pointer);
        }
        if (node instanceof Node.Numeral number) {
            return number(number, raw, pointer);
        }
        if (raw == List.class && node instanceof Node.Sequence sequence) {
            List<@Nullable Object> list = new ArrayList<>();
            for (Node item : sequence.items()) {
                list.add(value(item, argument(type, 0), pointer + "/" + list.size()));
            }
            return Collections.unmodifiableList(list);
        }
        if (raw == Map.class && node instanceof Node.Mapping mapping) {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            for (Node.Member member : mapping.members()) {
                String place = pointer + "/" + member.name();
                if (map.put(member.name(), value(member.value(), argument(type, 1), place)) != null) {
                    throw new Mismatch(place, "is there twice");
                }
            }
            return Collections.unmodifiableMap(map);
        }
        if (raw.isRecord() && node instanceof Node.Mapping mapping) {
            return record(mapping, raw, pointer);
        }
        throw misplaced(node, pointer);
    }

    private static Object constant(Class<?> type, String word, String pointer) throws Mismatch {
        for (Object constant : type.getEnumConstants()) {
            if (RecordShape.documentName(((Enum<?>) constant).name()).equals(word)) {
                return constant;
            }
        }
        throw new Mismatch(pointer, "is " + Node.quoted(word) + ", which is no word that belongs there");
    }

    private static Object number(Node.Numeral number, Class<?> type, String pointer) throws Mismatch {
        double value = number.value();
        if (type == double.class || type == Double.class) {
            return value;
        }
        boolean whole = value == StrictMath.rint(value);
        if (whole && Math.abs(value) <= 1L << 53 && (type == long.class || type == Long.class)) {
            return (long) value;
        }
        if (whole && Math.abs(value) <= Integer.MAX_VALUE && (type == int.class || type == Integer.class)) {
            return (int) value;
        }
        throw misplaced(number, pointer);
    }

    private static AnnotatedType argument(AnnotatedType type, int index) {
        return ((AnnotatedParameterizedType) type).getAnnotatedActualTypeArguments()[index];
    }

    private static Object record(Node.Mapping mapping, Class<?> type, String pointer) throws Mismatch {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        @Nullable Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            String name = RecordShape.documentName(components[i].getName());
            Node.Member member = mapping.member(name);
            if (member == null) {
                throw new Mismatch(pointer + "/" + name, "is missing");
            }
            if (mapping.members().stream()
                            .filter(other -> other.name().equals(name))
                            .count()
                    > 1) {
                throw new Mismatch(pointer + "/" + name, "is there twice");
            }
            types[i] = components[i].getType();
            values[i] = value(member.value(), components[i].getAnnotatedType(), pointer + "/" + name);
        }
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw new Mismatch(pointer, "is not possible: " + e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("cannot make a " + type, e);
        }
    }
}
