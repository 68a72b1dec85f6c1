package io.mixgraph.documents;

import io.mixgraph.fx.RecordShape;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads back what {@link Json} has written: trees as records. */
final class JsonRecords {
    private JsonRecords() {}

    /** A tree that is not what it should be. */
    static final class Mismatch extends Exception {
        private static final long serialVersionUID = 1L;

        Mismatch(String pointer, String message) {
            super((pointer.isEmpty() ? "/" : pointer) + " " + message);
        }
    }

    static @Nullable Object value(Node node, Type type, String pointer) throws Mismatch {
        Class<?> raw = type instanceof ParameterizedType generic ? (Class<?>) generic.getRawType() : (Class<?>) type;
        if (node instanceof Node.Nothing) {
            if (raw == double.class) {
                return Double.NaN;
            }
            if (raw.isPrimitive()) {
                throw new Mismatch(pointer, "is null");
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
                map.put(member.name(), value(member.value(), argument(type, 1), pointer + "/" + member.name()));
            }
            return Collections.unmodifiableMap(map);
        }
        if (raw.isRecord() && node instanceof Node.Mapping mapping) {
            return record(mapping, raw, pointer);
        }
        throw new Mismatch(pointer, "is " + node.described() + ", which does not belong there");
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
        throw new Mismatch(pointer, "is " + number.described() + ", which does not belong there");
    }

    private static Type argument(Type type, int index) {
        return ((ParameterizedType) type).getActualTypeArguments()[index];
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
            types[i] = components[i].getType();
            values[i] = value(member.value(), components[i].getGenericType(), pointer + "/" + name);
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
