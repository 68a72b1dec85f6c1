package io.mixgraph.cli;

import io.mixgraph.fx.Effect;
import io.mixgraph.fx.EffectType;
import io.mixgraph.fx.RecordShape;
import io.mixgraph.fx.Recording;
import java.lang.reflect.ParameterizedType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The fewest settings that an effect takes: what must be given, and where its own rules ask for more, that too. Numbers
 * come from the middle of their ranges.
 */
final class FewestSettings {
    /** How far up its range a number without a default is taken: past the middle, which of a gain is nothing. */
    private static final double FAR = 0.625;

    private FewestSettings() {}

    /** The fields to be written, by name; nothing when none were found that the effect takes. */
    static Optional<Map<String, Object>> of(EffectType type) {
        RecordShape<? extends Effect> shape = type.shape();
        for (boolean twoItems : new boolean[] {false, true}) {
            Map<String, Object> required = fields(shape, true, twoItems);
            if (takes(shape, required)) {
                return Optional.of(required);
            }
            Map<String, Object> optional = fields(shape, false, twoItems);
            for (String first : optional.keySet()) {
                for (String second : optional.keySet()) {
                    Map<String, Object> settings = new LinkedHashMap<>(required);
                    settings.put(first, optional.get(first));
                    settings.put(second, optional.get(second));
                    if (takes(shape, settings)) {
                        return Optional.of(settings);
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static boolean takes(RecordShape<? extends Effect> shape, Map<String, Object> settings) {
        try {
            shape.create(settings);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The fields that must be given, or those that may be left out and then have no value. */
    private static Map<String, Object> fields(RecordShape<?> shape, boolean required, boolean twoItems) {
        Map<String, Object> settings = new LinkedHashMap<>();
        for (RecordShape.Field field : shape.fields()) {
            if (field.required() == required && field.parameter().absent().isEmpty()) {
                settings.put(field.name(), value(field, twoItems));
            }
        }
        return settings;
    }

    private static Object value(RecordShape.Field field, boolean twoItems) {
        Class<?> type = field.rawType();
        if (type == boolean.class || type == Boolean.class) {
            return true;
        }
        if (type.isEnum()) {
            return RecordShape.documentName(((Enum<?>) type.getEnumConstants()[0]).name());
        }
        if (type == Recording.class) {
            return field.name() + ".wav";
        }
        if (type == List.class && field.type() instanceof ParameterizedType list) {
            return items((Class<?>) list.getActualTypeArguments()[0], twoItems);
        }
        return type == String.class ? field.name() : (Object) number(field);
    }

    /** One item, or two of which the first has all its fields. */
    private static List<Map<String, Object>> items(Class<?> record, boolean two) {
        RecordShape<?> shape = RecordShape.of(record);
        List<Map<String, Object>> items = new ArrayList<>();
        if (two) {
            Map<String, Object> first = fields(shape, true, false);
            first.putAll(fields(shape, false, false));
            items.add(first);
        }
        items.add(fields(shape, true, false));
        return items;
    }

    private static double number(RecordShape.Field field) {
        double[] oneOf = field.parameter().oneOf();
        if (oneOf.length > 0) {
            return oneOf[oneOf.length / 2];
        }
        double number = between(field, FAR);
        return field.rawType() == int.class || field.rawType() == Integer.class ? StrictMath.rint(number) : number;
    }

    /**
     * A number so far up the range of a field, from 0 to 1: on a logarithmic scale where the range allows it, rounded
     * to what people would write.
     */
    static double between(RecordShape.Field field, double far) {
        double min = Math.max(field.parameter().min(), -1e6);
        double max = Math.min(field.parameter().max(), 1e6);
        boolean logarithmic = min > 0 && max > 10 * min;
        double exact = logarithmic ? min * StrictMath.pow(max / min, far) : min + far * (max - min);
        double digit = StrictMath.pow(10, StrictMath.floor(StrictMath.log10(Math.max(Math.abs(exact), 1))) - 1);
        return Math.max(min, Math.min(max, StrictMath.rint(exact / digit) * digit));
    }
}
