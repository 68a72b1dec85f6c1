package io.mixgraph.documents;

import io.mixgraph.fx.RecordShape;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;

/** Reports as JSON: any record, list or map of plain values. The same value gives the same text on every JVM. */
public final class Json {
    private Json() {}

    /**
     * The JSON of a value, in lines, ending in a line feed. Fields stand in the order of the record's components, their
     * names in snake_case: {@code gainDb} is {@code gain_db}. Null, empty optional values, NaN and infinities are null.
     * Constants are words in lower case. Numbers have the fewest digits that read back as the same double.
     *
     * @param value a record, list or map with string keys, of such, of booleans, strings, int, long, double,
     *     enumeration constants, or optional ones of these
     * @throws IllegalArgumentException when it holds anything else
     */
    public static String write(Object value) {
        return TreeWriter.write(Trees.of(value, Json::record), DocumentFormat.JSON);
    }

    /**
     * Reads back what was written of a record. Where a number is null, which stands for NaN and the infinities, it is
     * NaN. Null is taken only where the record has {@code @Nullable}.
     *
     * @param text strict JSON
     * @param name what to call it in messages
     * @param type a public record, as it was written
     * @throws IOException saying what is wrong and where: no JSON, a field that is missing or of another kind
     */
    public static <T extends Record> T read(String text, String name, Class<T> type) throws IOException {
        try {
            Node tree = TreeReader.read(text, DocumentFormat.JSON);
            return type.cast(JsonRecords.whole(tree, type));
        } catch (JsonRecords.Mismatch e) {
            throw new IOException(name + ": " + e.getMessage() + "; was it written by this version of Mixgraph?", e);
        } catch (TreeReader.SyntaxException e) {
            throw new IOException(name + ": " + e.problem() + "; is it the whole file?", e);
        }
    }

    private static Node record(Object record) {
        List<Node.Member> members = new ArrayList<>();
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            try {
                component.getAccessor().setAccessible(true);
                Object value = component.getAccessor().invoke(record);
                members.add(
                        Node.Member.of(RecordShape.documentName(component.getName()), Trees.of(value, Json::record)));
            } catch (IllegalAccessException | InvocationTargetException e) {
                throw new IllegalArgumentException("cannot read " + component, e);
            }
        }
        return Node.Mapping.of(members);
    }
}
