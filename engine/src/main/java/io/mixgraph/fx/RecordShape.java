package io.mixgraph.fx;

import io.mixgraph.audio.Numbers;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The written form of a record: its components as fields with name, type, unit, range and default. The one place that
 * knows how a Java name becomes a document's name.
 *
 * @param <T> the record
 */
public final class RecordShape<T> {
    /**
     * A component as people write it.
     *
     * @param name in documents: {@code gain_db}
     * @param component the component itself
     * @param parameter its description
     */
    public record Field(String name, RecordComponent component, Parameter parameter) {
        /** The component's type, generics included. */
        public Type type() {
            return component.getGenericType();
        }

        /** The unit that the name's suffix says: dB, Hz, ms, s, LUFS, or nothing. */
        public String unit() {
            for (Map.Entry<String, String> unit : UNITS) {
                if (name.endsWith(unit.getKey())) {
                    return unit.getValue();
                }
            }
            return "";
        }

        /** Whether leaving it out is an error. */
        public boolean required() {
            return parameter.required()
                    || (parameter.absent().isEmpty() && component.getType().isPrimitive());
        }

        /** Whether a number is in range, and one of the values allowed where only some are; NaN never is. */
        public boolean allows(double value) {
            double[] oneOf = parameter.oneOf();
            return value >= parameter.min()
                    && value <= parameter.max()
                    && (oneOf.length == 0 || Arrays.stream(oneOf).anyMatch(allowed -> allowed == value));
        }

        /** The value when absent, of the component's type: a number, a boolean, a text, or null for none. */
        public @Nullable Object absentValue() {
            String absent = parameter.absent();
            Class<?> type = component.getType();
            if (absent.isEmpty()) {
                return null;
            }
            if (type == double.class || type == Double.class) {
                return Double.valueOf(absent);
            }
            if (type == int.class || type == Integer.class) {
                return Integer.valueOf(absent);
            }
            if (type == boolean.class || type == Boolean.class) {
                return Boolean.valueOf(absent);
            }
            if (type == String.class) {
                return absent;
            }
            throw new IllegalStateException(component + " has a default of a type that is not known here");
        }

        /** This component of {@code record}. */
        public @Nullable Object get(Object record) {
            try {
                return component.getAccessor().invoke(record);
            } catch (IllegalAccessException | InvocationTargetException e) {
                throw new IllegalStateException("cannot read " + component, e);
            }
        }
    }

    private static final List<Map.Entry<String, String>> UNITS = List.of(
            Map.entry("_db", "dB"),
            Map.entry("_hz", "Hz"),
            Map.entry("_ms", "ms"),
            Map.entry("_s", "s"),
            Map.entry("_lufs", "LUFS"));

    private final Class<T> record;
    private final Constructor<T> constructor;
    private final List<Field> fields;

    private RecordShape(Class<T> record) {
        List<Field> found = new ArrayList<>();
        RecordComponent[] components = record.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            Parameter parameter = components[i].getAnnotation(Parameter.class);
            if (parameter == null) {
                throw new IllegalArgumentException(
                        record.getName() + "." + components[i].getName() + " has no @Parameter");
            }
            found.add(new Field(documentName(components[i].getName()), components[i], parameter));
        }
        this.record = record;
        this.fields = Collections.unmodifiableList(found);
        try {
            this.constructor = record.getDeclaredConstructor(types);
        } catch (NoSuchMethodException e) {
            throw new IllegalArgumentException(record + " is no record", e);
        }
    }

    /**
     * The shape of a record.
     *
     * @throws IllegalArgumentException when it is no record, or a component has no {@link Parameter}
     */
    public static <T> RecordShape<T> of(Class<T> record) {
        return new RecordShape<>(record);
    }

    /** The fields in declared order. */
    public List<Field> fields() {
        return fields;
    }

    /** The record's class. */
    public Class<T> record() {
        return record;
    }

    /**
     * Makes the record.
     *
     * @param values one per field, in declared order, each of its component's type
     * @throws IllegalArgumentException what the record's own constructor says of them
     */
    public T create(List<? extends @Nullable Object> values) {
        try {
            return constructor.newInstance(values.toArray());
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("cannot make " + record, e);
        } catch (InstantiationException | IllegalAccessException e) {
            throw new IllegalStateException("cannot make " + record, e);
        }
    }

    /**
     * Makes the record of numbers, booleans and texts by their names in documents, with the defaults for those left
     * out.
     *
     * @throws IllegalArgumentException naming the field that is unknown, missing, of the wrong type or out of range
     */
    public T create(Map<String, ?> written) {
        for (String name : new TreeSet<>(written.keySet())) {
            if (fields.stream().noneMatch(field -> field.name().equals(name))) {
                throw new IllegalArgumentException("there is no " + name);
            }
        }
        List<@Nullable Object> values = new ArrayList<>();
        for (Field field : fields) {
            Object value = written.get(field.name());
            if (value != null) {
                values.add(converted(field, value));
            } else if (field.required()) {
                throw new IllegalArgumentException(field.name() + " is missing");
            } else {
                values.add(field.absentValue());
            }
        }
        return create(values);
    }

    private static Object converted(Field field, Object value) {
        Class<?> type = field.component().getType();
        if (value instanceof Number number && type != boolean.class && type != String.class) {
            if (!field.allows(number.doubleValue())) {
                throw new IllegalArgumentException(
                        field.name() + " is out of range: " + Numbers.text(number.doubleValue()));
            }
            if (type == double.class || type == Double.class) {
                return number.doubleValue();
            }
            if (number.doubleValue() == number.intValue()) {
                return number.intValue();
            }
        } else if (value instanceof Boolean ? type == boolean.class : value instanceof String && type == String.class) {
            return value;
        }
        throw new IllegalArgumentException(field.name() + " has the wrong type: " + value.getClass());
    }

    /**
     * {@code gainDb} as documents write it: {@code gain_db}; enum constants likewise: {@code PRE_FADER} is
     * {@code pre_fader}.
     */
    public static String documentName(String javaName) {
        if (javaName.equals(javaName.toUpperCase(Locale.ROOT))) {
            return javaName.toLowerCase(Locale.ROOT);
        }
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < javaName.length(); i++) {
            char c = javaName.charAt(i);
            if (Character.isUpperCase(c)) {
                name.append('_').append(Character.toLowerCase(c));
            } else {
                name.append(c);
            }
        }
        return name.toString();
    }
}
