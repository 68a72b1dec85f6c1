package io.mixgraph.documents;

import io.mixgraph.fx.RecordShape;
import io.mixgraph.model.Session;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The JSON Schema (draft 2020-12) of session documents, made from the same records that read and write them: names,
 * types, ranges, defaults and descriptions. What it cannot say (unique ids, rules between fields) the reader checks.
 */
public final class SessionSchema {
    private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";
    private static final String ID = "urn:mixgraph:session:1";

    /** Each definition by name, in the order in which the session first needs it. */
    private final Map<String, Node> definitions = new LinkedHashMap<>();

    private SessionSchema() {}

    /**
     * The schema as JSON, ending in a line feed. The jar also carries it, as {@code session.schema.json} beside this
     * class.
     */
    public static String text() {
        SessionSchema schema = new SessionSchema();
        List<Node.Member> members = new ArrayList<>(
                List.of(member("$schema", DIALECT), member("$id", ID), member("title", "Mixgraph session")));
        members.addAll(schema.record(Session.class).members());
        members.add(Node.Member.of("$defs", Node.Mapping.of(members(schema.definitions))));
        return TreeWriter.write(Node.Mapping.of(members), DocumentFormat.JSON);
    }

    /** The closed object of a record's fields. */
    private Node.Mapping record(Class<?> record) {
        return closed(properties(record), required(record));
    }

    /** The schema of each field of a record, by name. */
    List<Node.Member> properties(Class<?> record) {
        return properties(RecordShape.of(record));
    }

    /** The schema of each field of a shape, by name. */
    List<Node.Member> properties(RecordShape<?> shape) {
        return shape.fields().stream()
                .map(field -> Node.Member.of(field.name(), property(field)))
                .toList();
    }

    /** The fields of a record that must be written. */
    static List<String> required(Class<?> record) {
        return required(RecordShape.of(record));
    }

    /** The fields of a shape that must be written. */
    static List<String> required(RecordShape<?> shape) {
        return shape.fields().stream()
                .filter(RecordShape.Field::required)
                .map(RecordShape.Field::name)
                .toList();
    }

    /** An object that has no fields but these. */
    static Node.Mapping closed(List<Node.Member> properties, List<String> required, Node.Member... more) {
        List<Node.Member> members = new ArrayList<>(List.of(more));
        members.add(member("type", "object"));
        members.add(Node.Member.of("properties", Node.Mapping.of(properties)));
        if (!required.isEmpty()) {
            members.add(Node.Member.of("required", words(required)));
        }
        members.add(Node.Member.of("additionalProperties", Node.Flag.of(false)));
        return Node.Mapping.of(members);
    }

    private Node property(RecordShape.Field field) {
        String unit = field.unit().isEmpty() ? "" : " In " + field.unit() + ".";
        List<Node.Member> members = new ArrayList<>();
        members.add(member("description", field.parameter().doc() + unit));
        members.addAll(type(field.type(), field).members());
        Node absent = Defaults.absent(field);
        if (!(absent instanceof Node.Nothing)) {
            members.add(Node.Member.of("default", absent));
        }
        return Node.Mapping.of(members);
    }

    /** What values of a type look like, in a field or as its items. */
    Node.Mapping type(Type type, RecordShape.Field field) {
        Class<?> raw = Binder.raw(type);
        Form<?> form = Form.of(raw);
        if (form != null) {
            return form.schema(field, this);
        }
        if (raw == double.class || raw == Double.class) {
            return number("number", field);
        }
        if (raw == int.class || raw == Integer.class) {
            return number("integer", field);
        }
        if (raw == boolean.class || raw == Boolean.class) {
            return object(member("type", "boolean"));
        }
        if (raw == String.class) {
            // An empty text is no id and no file.
            return field.required()
                    ? object(member("type", "string"), Node.Member.of("minLength", Node.Numeral.of(1)))
                    : object(member("type", "string"));
        }
        if (raw.isEnum()) {
            return object(Node.Member.of("enum", words(Binder.words(raw))));
        }
        if (raw == List.class) {
            return object(member("type", "array"), Node.Member.of("items", type(Binder.argument(type, 0), field)));
        }
        if (raw == Map.class) {
            return object(
                    member("type", "object"),
                    Node.Member.of("additionalProperties", type(Binder.argument(type, 1), field)));
        }
        return reference(name(raw), () -> record(raw));
    }

    /** A reference to a definition, which is made when it is first needed. */
    Node.Mapping reference(String name, Supplier<Node.Mapping> definition) {
        if (!definitions.containsKey(name)) {
            definitions.put(name, Node.Nothing.HERE);
            definitions.put(name, definition.get());
        }
        return object(member("$ref", "#/$defs/" + name));
    }

    /** A number in the range of a field. */
    static Node.Mapping number(String type, RecordShape.Field field) {
        double[] oneOf = field.parameter().oneOf();
        return oneOf.length > 0
                ? object(Node.Member.of(
                        "enum",
                        Node.Sequence.of(
                                Arrays.stream(oneOf).mapToObj(Node.Numeral::of).toList())))
                : number(type, field.parameter().min(), field.parameter().max());
    }

    /** A number in a range whose ends may be infinite. */
    static Node.Mapping number(String type, double min, double max) {
        List<Node.Member> members = new ArrayList<>(List.of(member("type", type)));
        if (Double.isFinite(min)) {
            members.add(Node.Member.of("minimum", Node.Numeral.of(min)));
        }
        if (Double.isFinite(max)) {
            members.add(Node.Member.of("maximum", Node.Numeral.of(max)));
        }
        return Node.Mapping.of(members);
    }

    /** Exactly one of these. */
    static Node.Mapping oneOf(List<? extends Node> schemas) {
        return object(Node.Member.of("oneOf", Node.Sequence.of(schemas)));
    }

    /** A list of words. */
    static Node words(List<String> words) {
        return Node.Sequence.of(words.stream().map(Node.Text::of).toList());
    }

    static Node.Mapping object(Node.Member... members) {
        return Node.Mapping.of(List.of(members));
    }

    static Node.Member member(String name, String value) {
        return Node.Member.of(name, Node.Text.of(value));
    }

    /** The name of a record's definition: {@code bus_config}. */
    static String name(Class<?> record) {
        String name = record.getSimpleName();
        return RecordShape.documentName(name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1));
    }

    private static List<Node.Member> members(Map<String, Node> map) {
        return map.entrySet().stream()
                .map(entry -> Node.Member.of(entry.getKey(), entry.getValue()))
                .toList();
    }
}
