package io.mixgraph.documents;

import io.mixgraph.fx.RecordShape;
import io.mixgraph.model.Problem;
import io.mixgraph.model.Problem.Code;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Makes values of a tree by their Java types, and collects every fault on the way. A faulty part takes its default, or
 * where there is none a harmless stand-in, so that indices stay those of the document and the rest can still be judged.
 */
final class Binder {
    /** More problems than this are of use to nobody. */
    private static final int MOST_PROBLEMS = 1000;

    private final List<LocatedProblem> problems = new ArrayList<>();

    /** What was found, in the order found. */
    List<LocatedProblem> problems() {
        return problems;
    }

    void report(Code code, String pointer, Place place, String message) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(new LocatedProblem(new Problem(code, pointer, message), place));
        }
    }

    /** Reports a value of the wrong type. */
    void wrongType(Node node, String pointer, String expected) {
        String hint = "";
        if (node instanceof Node.Text text && expected.contains("number") && looksLikeNumber(text.value())) {
            hint = "; write it without quotes";
        } else if (node instanceof Node.Nothing) {
            hint = "; leave the field out to have its default";
        }
        report(Code.WRONG_TYPE, pointer, node.place(), "expected " + expected + ", found " + node.described() + hint);
    }

    /** Reports a word that is none of the words allowed. */
    void unknownWord(Code code, Node.Text node, String pointer, String what, List<String> words) {
        report(
                code,
                pointer,
                node.place(),
                Node.quoted(node.value()) + " is no " + what + "." + Suggestion.of(node.value(), words) + " There "
                        + (words.size() == 1 ? "is " : "are ") + String.join(", ", words));
    }

    /** The value of a node, or null when it has none of that type, which is then reported. */
    @Nullable
    Object value(Node node, Type type, String pointer) {
        Class<?> raw = raw(type);
        Form<?> form = Form.of(raw);
        if (form != null) {
            return form.read(node, pointer, this);
        }
        if (raw == double.class || raw == Double.class) {
            return number(node, pointer);
        }
        if (raw == int.class || raw == Integer.class) {
            return integer(node, pointer);
        }
        if (raw == boolean.class || raw == Boolean.class) {
            return flag(node, pointer);
        }
        if (raw == String.class) {
            return text(node, pointer);
        }
        if (raw.isEnum()) {
            return constant(node, raw, pointer);
        }
        if (raw == List.class) {
            return list(node, argument(type, 0), pointer);
        }
        if (raw == Map.class) {
            return map(node, argument(type, 1), pointer);
        }
        return record(node, raw, pointer, Map.of(), Set.of());
    }

    /**
     * The record that an object of its fields makes, or null when the node is no object.
     *
     * @param given values of components that are not written as fields, by document name
     * @param also names of fields that the caller reads itself
     */
    <T> @Nullable T record(
            Node node, Class<T> type, String pointer, Map<String, ? extends Object> given, Set<String> also) {
        if (!(node instanceof Node.Mapping mapping)) {
            wrongType(node, pointer, "an object");
            return null;
        }
        return record(mapping, RecordShape.of(type), pointer, given, also);
    }

    /** The record of a shape that an object of its fields makes, or null when it refuses what they say. */
    <T> @Nullable T record(
            Node.Mapping mapping,
            RecordShape<T> shape,
            String pointer,
            Map<String, ? extends Object> given,
            Set<String> also) {
        Set<String> names = new TreeSet<>(also);
        shape.fields().forEach(field -> names.add(field.name()));
        names.removeAll(given.keySet());
        Map<String, Node.Member> members = members(mapping, pointer);
        for (Node.Member member : members.values()) {
            if (!names.contains(member.name())) {
                String suggestion = Suggestion.of(member.name(), names);
                String fields = suggestion.isEmpty() ? " There are " + String.join(", ", names) : suggestion;
                report(
                        Code.UNKNOWN_FIELD,
                        pointer + "/" + escaped(member.name()),
                        member.place(),
                        "there is no field " + Node.quoted(member.name()) + " here." + fields);
            }
        }
        List<@Nullable Object> values = new ArrayList<>();
        for (RecordShape.Field field : shape.fields()) {
            if (given.containsKey(field.name())) {
                values.add(given.get(field.name()));
                continue;
            }
            Node.Member member = members.get(field.name());
            Object value = null;
            if (member != null) {
                value = value(member.value(), field.type(), pointer + "/" + field.name());
            } else if (field.required()) {
                report(
                        Code.MISSING_FIELD,
                        pointer + "/" + field.name(),
                        mapping.place(),
                        field.name() + " must be given: " + field.parameter().doc());
            }
            values.add(value != null ? value : Defaults.of(field));
        }
        try {
            return shape.create(values);
        } catch (IllegalArgumentException e) {
            report(Code.OUT_OF_RANGE, pointer, mapping.place(), String.valueOf(e.getMessage()));
            return null;
        }
    }

    /** The number, or null when it is none, which is then reported. */
    @Nullable
    Double number(Node node, String pointer) {
        if (node instanceof Node.Numeral number) {
            return number.value();
        }
        wrongType(node, pointer, "a number");
        return null;
    }

    private @Nullable Boolean flag(Node node, String pointer) {
        if (node instanceof Node.Flag flag) {
            return flag.value();
        }
        wrongType(node, pointer, "true or false");
        return null;
    }

    private @Nullable Integer integer(Node node, String pointer) {
        if (!(node instanceof Node.Numeral number) || number.value() != StrictMath.rint(number.value())) {
            wrongType(node, pointer, "a whole number");
            return null;
        }
        int value = (int) number.value();
        if (value != number.value()) {
            report(Code.OUT_OF_RANGE, pointer, node.place(), node.described() + " is out of range");
            return null;
        }
        return value;
    }

    /** The string, or null when it is none, which is then reported. */
    @Nullable
    String text(Node node, String pointer) {
        if (node instanceof Node.Text text) {
            return text.value();
        }
        wrongType(node, pointer, "text");
        return null;
    }

    private @Nullable Object constant(Node node, Class<?> type, String pointer) {
        List<String> words = words(type);
        if (!(node instanceof Node.Text text)) {
            wrongType(node, pointer, words.size() == 1 ? words.get(0) : "one of " + String.join(", ", words));
            return null;
        }
        int index = words.indexOf(text.value());
        if (index < 0) {
            unknownWord(Code.UNKNOWN_VALUE, text, pointer, "word of this field", words);
            return null;
        }
        return type.getEnumConstants()[index];
    }

    private @Nullable Object list(Node node, Type itemType, String pointer) {
        if (!(node instanceof Node.Sequence sequence)) {
            wrongType(node, pointer, "a list");
            return null;
        }
        List<Object> items = new ArrayList<>();
        for (int i = 0; i < sequence.items().size(); i++) {
            Object item = value(sequence.items().get(i), itemType, pointer + "/" + i);
            items.add(item != null ? item : Defaults.standIn(itemType));
        }
        return items;
    }

    private @Nullable Object map(Node node, Type valueType, String pointer) {
        if (!(node instanceof Node.Mapping mapping)) {
            wrongType(node, pointer, "an object");
            return null;
        }
        Map<String, Object> values = new LinkedHashMap<>();
        members(mapping, pointer).forEach((name, member) -> {
            Object value = value(member.value(), valueType, pointer + "/" + escaped(name));
            values.put(name, value != null ? value : Defaults.standIn(valueType));
        });
        return values;
    }

    /** The members by name; the first of each name counts, others are reported. */
    private Map<String, Node.Member> members(Node.Mapping mapping, String pointer) {
        Map<String, Node.Member> members = new LinkedHashMap<>();
        Set<String> seen = new HashSet<>();
        for (Node.Member member : mapping.members()) {
            if (seen.add(member.name())) {
                members.put(member.name(), member);
            } else {
                report(
                        Code.DUPLICATE_FIELD,
                        pointer + "/" + escaped(member.name()),
                        member.place(),
                        "the field " + Node.quoted(member.name()) + " is given twice");
            }
        }
        return members;
    }

    /** A name as a token of a JSON pointer (RFC 6901, section 3). */
    static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    private static boolean looksLikeNumber(String text) {
        return text.matches("[-+]?[0-9.]{1,30}([eE][-+]?[0-9]{1,5})?") && text.matches(".*[0-9].*");
    }

    static Class<?> raw(Type type) {
        return type instanceof ParameterizedType parameterized
                ? (Class<?>) parameterized.getRawType()
                : (Class<?>) type;
    }

    static Type argument(Type type, int index) {
        return ((ParameterizedType) type).getActualTypeArguments()[index];
    }

    /** The members of an enumeration as documents write them. */
    static List<String> words(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> RecordShape.documentName(((Enum<?>) constant).name()))
                .toList();
    }
}
