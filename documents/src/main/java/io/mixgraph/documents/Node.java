package io.mixgraph.documents;

import io.mixgraph.audio.Numbers;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A document as a tree, the same for JSON and YAML. Every node knows where its text begins. */
sealed interface Node {
    Place place();

    /** An object. Its members are in the order written; a name may come twice. */
    record Mapping(Place place, List<Member> members) implements Node {
        static Mapping of(List<Member> members) {
            return new Mapping(Place.NOWHERE, List.copyOf(members));
        }

        /** The first member of that name. */
        @Nullable
        Member member(String name) {
            for (Member member : members) {
                if (member.name.equals(name)) {
                    return member;
                }
            }
            return null;
        }
    }

    /** A field of an object; the place is that of its name. */
    record Member(String name, Place place, Node value) {
        static Member of(String name, Node value) {
            return new Member(name, Place.NOWHERE, value);
        }
    }

    /** A list. */
    record Sequence(Place place, List<Node> items) implements Node {
        static Sequence of(List<? extends Node> items) {
            return new Sequence(Place.NOWHERE, List.copyOf(items));
        }
    }

    /** A string. */
    record Text(Place place, String value) implements Node {
        static Text of(String value) {
            return new Text(Place.NOWHERE, value);
        }
    }

    /** A number; the literal is its text in JSON. */
    record Numeral(Place place, double value, String literal) implements Node {
        static Numeral of(long value) {
            return new Numeral(Place.NOWHERE, value, Long.toString(value));
        }

        /** A finite number. */
        static Numeral of(double value) {
            return new Numeral(Place.NOWHERE, value, Numbers.text(value));
        }
    }

    /** true or false. */
    record Flag(Place place, boolean value) implements Node {
        static Flag of(boolean value) {
            return new Flag(Place.NOWHERE, value);
        }
    }

    /** null. */
    record Nothing(Place place) implements Node {
        static final Nothing HERE = new Nothing(Place.NOWHERE);
    }

    /** What it is, in words, for a message. */
    default String described() {
        if (this instanceof Text text) {
            return "the text " + quoted(text.value);
        }
        if (this instanceof Numeral number) {
            return "the number " + clipped(number.literal);
        }
        if (this instanceof Flag flag) {
            return flag.value ? "true" : "false";
        }
        if (this instanceof Nothing) {
            return "nothing (null)";
        }
        return this instanceof Mapping ? "an object" : "a list";
    }

    /** A word of the document in a message: in quotes, clipped when long. */
    static String quoted(String word) {
        return '"' + clipped(word) + '"';
    }

    private static String clipped(String word) {
        return word.length() <= 60 ? word : word.substring(0, 57) + "...";
    }

    /** Whether YAML 1.2, section 5.1, lets this character, no surrogate, stand in a document as itself. */
    static boolean printable(char c) {
        return c == '\t'
                || c == '\n'
                || c == '\r'
                || (c >= 0x20 && c < 0x7F)
                || c == 0x85
                || (c >= 0xA0 && c < 0xD800)
                || (c >= 0xE000 && c < 0xFFFE);
    }

    /** Four hexadecimal digits. */
    static String hex(char c) {
        return String.format(Locale.ROOT, "%04X", (int) c);
    }

    /** The text with control characters, which a terminal would obey, made visible. */
    static String visible(String text) {
        StringBuilder visible = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c)) {
                visible.append("\\u").append(hex(c));
            } else {
                visible.append(c);
            }
        }
        return visible.toString();
    }
}
