package io.mixgraph.documents;

import io.mixgraph.fx.RecordShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Plain Java values as trees. */
final class Trees {
    private Trees() {}

    /**
     * The tree of a value: null and empty, NaN and infinities are null; enumeration constants are words in lower case.
     *
     * @param value a boolean, number, string, constant, record, list, map with string keys, or an optional one
     * @param record how a record is written
     */
    static Node of(@Nullable Object value, Function<Object, Node> record) {
        if (value == null) {
            return Node.Nothing.HERE;
        }
        if (value instanceof Optional<?> optional) {
            return of(optional.orElse(null), record);
        }
        if (value instanceof Boolean flag) {
            return Node.Flag.of(flag);
        }
        if (value instanceof Integer || value instanceof Long) {
            return Node.Numeral.of(((Number) value).longValue());
        }
        if (value instanceof Double number) {
            return Double.isFinite(number) ? Node.Numeral.of(number.doubleValue()) : Node.Nothing.HERE;
        }
        if (value instanceof Enum<?> constant) {
            return Node.Text.of(RecordShape.documentName(constant.name()));
        }
        if (value instanceof String text) {
            return Node.Text.of(text);
        }
        if (value instanceof List<?> list) {
            return Node.Sequence.of(list.stream().map(item -> of(item, record)).toList());
        }
        if (value instanceof Map<?, ?> map) {
            List<Node.Member> members = new ArrayList<>();
            map.forEach((name, item) -> members.add(Node.Member.of((String) name, of(item, record))));
            return Node.Mapping.of(members);
        }
        if (value instanceof Record) {
            return record.apply(value);
        }
        throw new IllegalArgumentException(
                "no document can hold a " + value.getClass().getName());
    }
}
