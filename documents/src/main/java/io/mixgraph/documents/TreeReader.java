package io.mixgraph.documents;

import io.mixgraph.model.Problem;
import io.mixgraph.model.Problem.Code;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;
import tools.jackson.dataformat.yaml.YAMLReadFeature;

/**
 * Text to tree. One document of strict JSON, or of YAML 1.2 with the core schema ({@code yes} is text). YAML's aliases
 * and tags are refused: a document means what it shows, and cannot grow beyond its own size.
 */
final class TreeReader {
    /** The longest text that is read, in characters. */
    static final int MAX_LENGTH = 16 << 20;
    /** How many objects and lists may stand inside each other. */
    static final int MAX_DEPTH = 64;

    private static final StreamReadConstraints CONSTRAINTS = StreamReadConstraints.builder()
            .maxDocumentLength(MAX_LENGTH)
            .maxStringLength(MAX_LENGTH)
            .maxNameLength(MAX_LENGTH)
            .maxNumberLength(1000)
            .build();
    private static final TokenStreamFactory JSON =
            JsonFactory.builder().streamReadConstraints(CONSTRAINTS).build();
    private static final TokenStreamFactory YAML = YAMLFactory.builder()
            .streamReadConstraints(CONSTRAINTS)
            .loadSettings(LoadSettings.builder()
                    .setCodePointLimit(MAX_LENGTH)
                    .setAllowDuplicateKeys(true)
                    .setSchema(new CoreSchema())
                    .build())
            .disable(YAMLReadFeature.PARSE_OCTAL_NUMBERS)
            .build();

    /** A text that is no document; it carries the one problem. */
    static final class SyntaxException extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient LocatedProblem problem;

        SyntaxException(Place place, String message) {
            super(message);
            this.problem = new LocatedProblem(new Problem(Code.SYNTAX, "", message), place);
        }

        LocatedProblem problem() {
            return problem;
        }
    }

    private final JsonParser parser;

    private TreeReader(JsonParser parser) {
        this.parser = parser;
    }

    /** The tree of a text, which may begin with a byte order mark. */
    static Node read(String text, DocumentFormat format) throws SyntaxException {
        String body = text.startsWith("\uFEFF") ? text.substring(1) : text;
        if (body.length() > MAX_LENGTH) {
            throw new SyntaxException(new Place(1, 1), "the document is longer than " + MAX_LENGTH + " characters");
        }
        refuseControlCharacters(body);
        TokenStreamFactory factory = format == DocumentFormat.JSON ? JSON : YAML;
        try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), body)) {
            return new TreeReader(parser).document();
        } catch (JacksonException e) {
            throw syntax(e);
        }
    }

    private Node document() throws SyntaxException {
        JsonToken first = parser.nextToken();
        if (first == null) {
            throw new SyntaxException(new Place(1, 1), "the document is empty");
        }
        Node root = node(first, 0);
        if (parser.nextToken() != null) {
            throw new SyntaxException(place(), "a second document begins here; a file holds one");
        }
        return root;
    }

    private Node node(JsonToken token, int depth) throws SyntaxException {
        Place place = place();
        if (depth > MAX_DEPTH) {
            throw new SyntaxException(place, "more than " + MAX_DEPTH + " objects and lists inside each other");
        }
        if (parser instanceof YAMLParser yaml) {
            if (yaml.isCurrentAlias()) {
                throw new SyntaxException(
                        place, "YAML aliases (*name) are not read; write it out, or use fx_chains for effects");
            }
            if (yaml.getTypeId() != null) {
                throw new SyntaxException(place, "YAML tags (!name) are not read; put text in quotes instead");
            }
        }
        return switch (token) {
            case START_OBJECT -> mapping(place, depth);
            case START_ARRAY -> sequence(place, depth);
            case VALUE_STRING -> new Node.Text(place, parser.getString());
            // A negative zero is written as zero.
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
                new Node.Numeral(place, parser.getDoubleValue() + 0.0, parser.getString());
            case VALUE_TRUE -> new Node.Flag(place, true);
            case VALUE_FALSE -> new Node.Flag(place, false);
            case VALUE_NULL -> new Node.Nothing(place);
            default -> throw new SyntaxException(place, "nothing that a document may hold");
        };
    }

    private Node mapping(Place place, int depth) throws SyntaxException {
        List<Node.Member> members = new ArrayList<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            Place namePlace = place();
            members.add(new Node.Member(name, namePlace, node(parser.nextToken(), depth + 1)));
        }
        return new Node.Mapping(place, members);
    }

    private Node sequence(Place place, int depth) throws SyntaxException {
        List<Node> items = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            items.add(node(token, depth + 1));
        }
        return new Node.Sequence(place, items);
    }

    private Place place() {
        return place(parser.currentTokenLocation());
    }

    private static Place place(@Nullable TokenStreamLocation location) {
        return location == null || location.getLineNr() < 1
                ? new Place(1, 1)
                : new Place(location.getLineNr(), Math.max(1, location.getColumnNr()));
    }

    private static SyntaxException syntax(JacksonException e) {
        if (e.getCause() instanceof MarkedYamlEngineException yaml
                && yaml.getProblem() != null
                && yaml.getProblemMark().isPresent()) {
            var mark = yaml.getProblemMark().get();
            return new SyntaxException(new Place(mark.getLine() + 1, mark.getColumn() + 1), yaml.getProblem());
        }
        // What follows is about the parser's own switches and offsets.
        String message = e.getOriginalMessage()
                .lines()
                .findFirst()
                .orElse("")
                .replaceFirst(" \\(start marker.*", "")
                .replaceFirst(": (enable|maybe) .*", "");
        return new SyntaxException(place(e.getLocation()), message);
    }

    private static void refuseControlCharacters(String text) throws SyntaxException {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                line++;
                lineStart = i + 1;
            } else if (!allowed(text, i)) {
                throw new SyntaxException(
                        new Place(line, i - lineStart + 1),
                        "the character U+" + Node.hex(c) + " is not allowed in a document");
            }
        }
    }

    /** The printable characters of YAML 1.2, section 5.1, surrogates in pairs. */
    private static boolean allowed(String text, int index) {
        char c = text.charAt(index);
        if (Character.isHighSurrogate(c)) {
            return index + 1 < text.length() && Character.isLowSurrogate(text.charAt(index + 1));
        }
        if (Character.isLowSurrogate(c)) {
            return index > 0 && Character.isHighSurrogate(text.charAt(index - 1));
        }
        return Node.printable(c);
    }
}
