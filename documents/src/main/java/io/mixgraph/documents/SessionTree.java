package io.mixgraph.documents;

import io.mixgraph.fx.RecordShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A session as a tree, in the shortest form that reads back as the same: what is at its default is left out. */
final class SessionTree {
    private SessionTree() {}

    /** The tree of a record of the model, or of a part of one. */
    static Node of(Object value) {
        return Trees.of(value, SessionTree::record);
    }

    /** The fields of a record that are not at their defaults, in declared order. */
    static List<Node.Member> fields(Object record) {
        Object defaults = Defaults.record(record.getClass());
        return fields(record, RecordShape.of(record.getClass()), field -> field.get(defaults));
    }

    /**
     * The fields of a record of a shape that are not at their defaults, in declared order.
     *
     * @param defaults what a field is when it is not written
     */
    static List<Node.Member> fields(
            Object record, RecordShape<?> shape, Function<RecordShape.Field, @Nullable Object> defaults) {
        List<Node.Member> members = new ArrayList<>();
        for (RecordShape.Field field : shape.fields()) {
            Object value = field.get(record);
            if (value != null && (field.required() || !Objects.equals(value, defaults.apply(field)))) {
                members.add(Node.Member.of(field.name(), of(value)));
            }
        }
        return members;
    }

    private static Node record(Object value) {
        return written(value.getClass(), value);
    }

    private static <T> Node written(Class<T> type, Object value) {
        Form<T> form = Form.of(type);
        return form == null ? Node.Mapping.of(fields(value)) : form.write(type.cast(value));
    }
}
