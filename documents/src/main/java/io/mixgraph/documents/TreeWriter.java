package io.mixgraph.documents;

import java.util.regex.Pattern;

/**
 * Tree to text. An object or list that holds no deeper than two levels and fits in a line is written in one, in either
 * format; others take a line for each of their parts.
 */
final class TreeWriter {
    private static final int WIDTH = 100;
    private static final int INDENT = 2;

    /** Text that YAML reads as text without quotes, wherever it stands: no number, no word of the core schema. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z0-9_-]*(?:[ ./][A-Za-z0-9_-]+)*");

    private static final Pattern YAML_WORD = Pattern.compile("(?i)true|false|null|yes|no|on|off|y|n");

    private final DocumentFormat format;
    private final StringBuilder text = new StringBuilder();

    private TreeWriter(DocumentFormat format) {
        this.format = format;
    }

    /** The text of a tree, ending in a line feed. */
    static String write(Node root, DocumentFormat format) {
        TreeWriter writer = new TreeWriter(format);
        if (format == DocumentFormat.YAML) {
            writer.yaml(root, 0);
        } else {
            writer.json(root, 0, 0);
            writer.text.append('\n');
        }
        return writer.text.toString();
    }

    /** Writes a node from the current column on. {@code before} is how much of the line is taken already. */
    private void json(Node node, int indent, int before) {
        String line = line(node);
        if (fits(node, line, before)) {
            text.append(line);
        } else if (node instanceof Node.Mapping mapping) {
            text.append('{');
            String separator = "\n";
            for (Node.Member member : mapping.members()) {
                String name = quoted(member.name()) + ": ";
                text.append(separator).append(" ".repeat(indent + INDENT)).append(name);
                json(member.value(), indent + INDENT, indent + INDENT + name.length());
                separator = ",\n";
            }
            text.append('\n').append(" ".repeat(indent)).append('}');
        } else if (node instanceof Node.Sequence sequence) {
            text.append('[');
            String separator = "\n";
            for (Node item : sequence.items()) {
                text.append(separator).append(" ".repeat(indent + INDENT));
                json(item, indent + INDENT, indent + INDENT);
                separator = ",\n";
            }
            text.append('\n').append(" ".repeat(indent)).append(']');
        }
    }

    /** Writes a node that does not share its first line, except with the dashes of lists, up to its line feed. */
    private void yaml(Node node, int indent) {
        String line = line(node);
        if (fits(node, line, indent)
                && !(indent == 0
                        && node instanceof Node.Mapping mapping
                        && !mapping.members().isEmpty())) {
            text.append(line).append('\n');
        } else if (node instanceof Node.Mapping mapping) {
            String margin = "";
            for (Node.Member member : mapping.members()) {
                String name = scalar(member.name()) + ":";
                text.append(margin).append(name);
                String value = line(member.value());
                if (fits(member.value(), value, indent + name.length() + 1)) {
                    text.append(' ').append(value).append('\n');
                } else {
                    text.append('\n').append(" ".repeat(indent + INDENT));
                    yaml(member.value(), indent + INDENT);
                }
                margin = " ".repeat(indent);
            }
        } else if (node instanceof Node.Sequence sequence) {
            String margin = "";
            for (Node item : sequence.items()) {
                text.append(margin).append("- ");
                yaml(item, indent + INDENT);
                margin = " ".repeat(indent);
            }
        }
    }

    private static boolean fits(Node node, String line, int before) {
        return height(node) == 0 || (height(node) <= 2 && before + line.length() <= WIDTH) || line.length() == 2;
    }

    private static int height(Node node) {
        if (node instanceof Node.Mapping mapping) {
            return 1
                    + mapping.members().stream()
                            .mapToInt(member -> height(member.value()))
                            .max()
                            .orElse(0);
        }
        return node instanceof Node.Sequence sequence
                ? 1
                        + sequence.items().stream()
                                .mapToInt(TreeWriter::height)
                                .max()
                                .orElse(0)
                : 0;
    }

    private String line(Node node) {
        if (node instanceof Node.Mapping mapping) {
            return "{"
                    + String.join(
                            ", ", mapping.members().stream().map(this::line).toList()) + "}";
        }
        if (node instanceof Node.Sequence sequence) {
            return "["
                    + String.join(
                            ", ", sequence.items().stream().map(this::line).toList()) + "]";
        }
        if (node instanceof Node.Text scalar) {
            return scalar(scalar.value());
        }
        if (node instanceof Node.Numeral number) {
            return number.literal();
        }
        return node instanceof Node.Flag flag ? String.valueOf(flag.value()) : "null";
    }

    private String line(Node.Member member) {
        return scalar(member.name()) + ": " + line(member.value());
    }

    private String scalar(String value) {
        boolean plain = format == DocumentFormat.YAML
                && PLAIN.matcher(value).matches()
                && !YAML_WORD.matcher(value).matches();
        return plain ? value : quoted(value);
    }

    /** A string of JSON (RFC 8259, section 7), which is one of YAML too. */
    private static String quoted(String value) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"', '\\' -> quoted.append('\\').append(c);
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (bare(c)) {
                        quoted.append(c);
                    } else {
                        quoted.append("\\u").append(Node.hex(c));
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }

    /** Whether a character means itself in both formats: the line breaks of Unicode do not everywhere. */
    private static boolean bare(char c) {
        boolean lineBreak = c == 0x85 || c == 0x2028 || c == 0x2029;
        return Character.isSurrogate(c) || (Node.printable(c) && !lineBreak && c != 0xFEFF);
    }
}
