package io.mixgraph.fx;

import io.mixgraph.audio.Numbers;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The written form of a record: its components as fields with name, type, unit, range and default. The one place that
 * knows how a Java name becomes a document's name. The fields of a component that is {@link Inline} stand in its place.
 *
 * @param <T> the record
 */
public final class RecordShape<T> {
    /** A component as people write it. */
    public static final class Field {
        private final String name;
        private final List<RecordComponent> path;
        private final Parameter parameter;

        private Field(List<RecordComponent> path, Parameter parameter) {
            this.path = path;
            this.parameter = parameter;
            this.name = documentName(component().getName());
        }

        /** Its name in documents: {@code gain_db}. */
        public String name() {
            return name;
        }

        /** Its description. */
        public Parameter parameter() {
            return parameter;
        }

        private RecordComponent component() {
            return path.get(path.size() - 1);
        }

        /** The component's type, generics included. */
        public Type type() {
            return component().getGenericType();
        }

        /** The component's type. */
        public Class<?> rawType() {
            return component().getType();
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
                    || (parameter.absent().isEmpty() && rawType().isPrimitive());
        }

        /** Whether it can move along a curve: a real number that is {@link Parameter#automatable}. */
        public boolean automatable() {
            return parameter.automatable()
                    && parameter.oneOf().length == 0
                    && (rawType() == double.class || rawType() == Double.class);
        }

        /** Whether a number is in range, and one of the values allowed where only some are; NaN never is. */
        public boolean allows(double value) {
            double[] oneOf = parameter.oneOf();
            return value >= parameter.min()
                    && value <= parameter.max()
                    && (oneOf.length == 0 || Arrays.stream(oneOf).anyMatch(allowed -> allowed == value));
        }

        /** The value when absent, of the component's type: a number, a boolean, a word, or null for none. */
        public @Nullable Object absentValue() {
            String absent = parameter.absent();
            Class<?> type = rawType();
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
            if (type.isEnum()) {
                return constant(type, absent);
            }
            throw new IllegalStateException(component() + " has a default of a type that is not known here");
        }

        /** This field of {@code record}. */
        public @Nullable Object get(Object record) {
            try {
                Object value = record;
                for (RecordComponent component : path) {
                    value = component.getAccessor().invoke(value);
                }
                return value;
            } catch (IllegalAccessException | InvocationTargetException e) {
                throw new IllegalStateException("cannot read " + component(), e);
            }
        }
    }

    /** Makes a record of values that are taken one by one. */
    private record Maker(Constructor<?> constructor, List<@Nullable Maker> inlined) {
        Object make(Iterator<? extends @Nullable Object> values) {
            Object[] arguments = new Object[inlined.size()];
            for (int i = 0; i < arguments.length; i++) {
                Maker maker = inlined.get(i);
                arguments[i] = maker == null ? values.next() : maker.make(values);
            }
            try {
                return constructor.newInstance(arguments);
            } catch (InvocationTargetException e) {
                if (e.getCause() instanceof RuntimeException cause) {
                    throw cause;
                }
                throw new IllegalStateException("cannot make " + constructor, e);
            } catch (InstantiationException | IllegalAccessException e) {
                throw new IllegalStateException("cannot make " + constructor, e);
            }
        }
    }

    private static final List<Map.Entry<String, String>> UNITS = List.of(
            Map.entry("_db", "dB"),
            Map.entry("_hz", "Hz"),
            Map.entry("_ms", "ms"),
            Map.entry("_s", "s"),
            Map.entry("_lufs", "LUFS"),
            Map.entry("_percent", "%"),
            Map.entry("_bpm", "BPM"),
            Map.entry("_frames", "frames"));

    /** Made once for each record: reading components and annotations is slow. */
    private static final ClassValue<RecordShape<?>> SHAPES = new ClassValue<>() {
        @Override
        protected RecordShape<?> computeValue(Class<?> type) {
            return new RecordShape<>(type, null);
        }
    };

    private final Class<T> record;
    private final Maker maker;
    private final List<Field> fields;

    private RecordShape(Class<T> record, @Nullable Class<?> inlined) {
        List<Field> found = new ArrayList<>();
        this.record = record;
        this.maker = maker(record, inlined, List.of(), found);
        this.fields = Collections.unmodifiableList(found);
    }

    private static Maker maker(
            Class<?> record, @Nullable Class<?> inlined, List<RecordComponent> path, List<Field> found) {
        RecordComponent[] components = record.getRecordComponents();
        if (components == null) {
            throw new IllegalArgumentException(record + " is no record");
        }
        Class<?>[] types = new Class<?>[components.length];
        List<@Nullable Maker> makers = new ArrayList<>();
        for (int i = 0; i < components.length; i++) {
            RecordComponent component = components[i];
            types[i] = component.getType();
            List<RecordComponent> way = new ArrayList<>(path);
            way.add(component);
            if (component.isAnnotationPresent(Inline.class)) {
                Class<?> part = types[i].isRecord() || inlined == null ? types[i] : inlined;
                makers.add(maker(part, null, way, found));
                continue;
            }
            Parameter parameter = component.getAnnotation(Parameter.class);
            if (parameter == null) {
                throw new IllegalArgumentException(record.getName() + "." + component.getName() + " has no @Parameter");
            }
            Field field = new Field(List.copyOf(way), parameter);
            if (found.stream().anyMatch(other -> other.name().equals(field.name()))) {
                throw new IllegalArgumentException(record.getName() + " has two fields " + field.name());
            }
            found.add(field);
            makers.add(null);
        }
        try {
            return new Maker(record.getDeclaredConstructor(types), Collections.unmodifiableList(makers));
        } catch (NoSuchMethodException e) {
            throw new IllegalArgumentException(record + " is no record", e);
        }
    }

    /**
     * The shape of a record.
     *
     * @throws IllegalArgumentException when it is no record, or a component has no {@link Parameter}
     */
    @SuppressWarnings("unchecked")
    public static <T> RecordShape<T> of(Class<T> record) {
        return (RecordShape<T>) SHAPES.get(record);
    }

    /**
     * The shape of a record that inlines one of several records.
     *
     * @param inlined the record that stands in its {@link Inline} component, whose declared type is none
     */
    public static <T> RecordShape<T> of(Class<T> record, Class<?> inlined) {
        return new RecordShape<>(record, inlined);
    }

    /** The fields in declared order. */
    public List<Field> fields() {
        return fields;
    }

    /** The field of this name in documents; null when there is none. */
    public @Nullable Field field(String name) {
        return fields.stream()
                .filter(field -> field.name().equals(name))
                .findFirst()
                .orElse(null);
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
        return record.cast(maker.make(values.iterator()));
    }

    /**
     * Makes the record of plain values by their names in documents, with the defaults for those left out: numbers,
     * booleans, words, and for lists of records lists of such maps.
     *
     * @throws IllegalArgumentException naming the field that is unknown, missing, of the wrong type or out of range
     */
    public T create(Map<String, ?> written) {
        for (String name : new TreeSet<>(written.keySet())) {
            if (field(name) == null) {
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

    /**
     * A copy of a record with one value changed.
     *
     * @param path the value's field; in a list of records its index and field too: {@code bands/0/gain_db}
     * @param value of the field's type
     * @throws IllegalArgumentException when there is no such field, or the record does not take the value
     */
    public static <R> R with(R record, String path, Object value) {
        @SuppressWarnings("unchecked")
        RecordShape<R> shape = of((Class<R>) record.getClass());
        int slash = path.indexOf('/');
        String name = slash < 0 ? path : path.substring(0, slash);
        List<@Nullable Object> values = new ArrayList<>();
        boolean changed = false;
        for (Field field : shape.fields) {
            Object old = field.get(record);
            if (!field.name().equals(name)) {
                values.add(old);
            } else if (slash < 0) {
                values.add(value);
                changed = true;
            } else if (old instanceof List<?> items) {
                values.add(withItem(items, path.substring(slash + 1), value));
                changed = true;
            }
        }
        if (!changed) {
            throw new IllegalArgumentException("there is no " + path);
        }
        return shape.create(values);
    }

    private static List<Object> withItem(List<?> items, String path, Object value) {
        int slash = path.indexOf('/');
        int index = slash > 0 && path.matches("[0-9]{1,4}/.*") ? Integer.parseInt(path.substring(0, slash)) : -1;
        if (index < 0 || index >= items.size()) {
            throw new IllegalArgumentException("there is no " + path);
        }
        List<Object> changed = new ArrayList<>(items);
        changed.set(index, with(items.get(index), path.substring(slash + 1), value));
        return changed;
    }

    /** The field at a path, as {@link #with} takes it; null when there is none. */
    public static @Nullable Field at(Object record, String path) {
        int slash = path.indexOf('/');
        Field field = of(record.getClass()).field(slash < 0 ? path : path.substring(0, slash));
        if (slash < 0 || field == null) {
            return field;
        }
        String rest = path.substring(slash + 1);
        int next = rest.indexOf('/');
        if (!(field.get(record) instanceof List<?> items) || !rest.matches("[0-9]{1,4}/.*")) {
            return null;
        }
        int index = Integer.parseInt(rest.substring(0, next));
        return index < items.size() ? at(items.get(index), rest.substring(next + 1)) : null;
    }

    private static Object converted(Field field, Object value) {
        Class<?> type = field.rawType();
        if (value instanceof Number number && (type.isPrimitive() || Number.class.isAssignableFrom(type))) {
            if (!field.allows(number.doubleValue())) {
                throw new IllegalArgumentException(
                        field.name() + " is out of range: " + Numbers.text(number.doubleValue()));
            }
            if (type == double.class || type == Double.class) {
                return number.doubleValue();
            }
            if (type != boolean.class && number.doubleValue() == number.intValue()) {
                return number.intValue();
            }
        } else if (type.isInstance(value) || (value instanceof Boolean && type == boolean.class)) {
            return value instanceof List<?> list ? items(field, list) : value;
        } else if (value instanceof String word && type.isEnum()) {
            return constant(type, word);
        } else if (value instanceof String name && type == Recording.class) {
            return Recording.named(name);
        }
        throw new IllegalArgumentException(field.name() + " has the wrong type: " + value.getClass());
    }

    @SuppressWarnings("unchecked")
    private static List<Object> items(Field field, List<?> list) {
        List<Object> items = new ArrayList<>();
        for (Object item : list) {
            items.add(
                    item instanceof Map<?, ?> written && field.type() instanceof ParameterizedType type
                            ? of((Class<?>) type.getActualTypeArguments()[0]).create((Map<String, ?>) written)
                            : item);
        }
        return items;
    }

    /**
     * The member of an enumeration that documents call by a word.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static Object constant(Class<?> enumeration, String word) {
        for (Object constant : enumeration.getEnumConstants()) {
            if (documentName(((Enum<?>) constant).name()).equals(word)) {
                return constant;
            }
        }
        throw new IllegalArgumentException("there is no " + word + " among "
                + Arrays.toString(enumeration.getEnumConstants()).toLowerCase(Locale.ROOT));
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
