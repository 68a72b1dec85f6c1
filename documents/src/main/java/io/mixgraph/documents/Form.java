package io.mixgraph.documents;

import io.mixgraph.fx.RecordShape;
import org.jspecify.annotations.Nullable;

/**
 * The written form of a type that is not simply an object of its record's fields: how it is read, written and described
 * in the schema. These are all; everything else follows from {@link RecordShape}.
 *
 * @param <T> the type
 */
interface Form<T> {
    /** The value of a node, or null when it has none, which is then reported to the binder. */
    @Nullable
    T read(Node node, String pointer, Binder binder);

    /** The node of a value. */
    Node write(T value);

    /** The JSON Schema of what {@link #read} takes in a field. */
    Node.Mapping schema(RecordShape.Field field, SessionSchema schemas);

    /** A harmless value in the place of a faulty one. */
    T standIn();

    /** The special form of a type; null when it has none. */
    @SuppressWarnings("unchecked")
    static <T> @Nullable Form<T> of(Class<T> type) {
        return (Form<T>) Forms.TABLE.get(type);
    }
}
