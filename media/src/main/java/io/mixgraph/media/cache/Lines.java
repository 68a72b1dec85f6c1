package io.mixgraph.media.cache;

import java.util.ArrayList;
import java.util.List;

/** A small text for programs: lines of a word, a space and a value, which may be any text. */
final class Lines {
    /** What one line says. */
    record Line(String word, String value) {}

    private final StringBuilder text = new StringBuilder();

    /** Adds a line. */
    Lines add(String word, String value) {
        String escaped = value.replace("\\", "\\\\").replace("\n", "\\n");
        text.append(word).append(' ').append(escaped).append('\n');
        return this;
    }

    /**
     * Reads what {@link #toString} gave.
     *
     * @throws IllegalArgumentException when it is something else
     */
    static List<Line> parse(String text) {
        List<Line> lines = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int end = text.indexOf('\n', at);
            int space = text.indexOf(' ', at);
            if (space < 0 || end < space) {
                throw new IllegalArgumentException("no line of a word and a value: " + text.substring(at));
            }
            lines.add(new Line(text.substring(at, space), unescaped(text.substring(space + 1, end))));
            at = end + 1;
        }
        return lines;
    }

    private static String unescaped(String value) {
        StringBuilder plain = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\' && i + 1 < value.length()) {
                i++;
                c = value.charAt(i) == 'n' ? '\n' : value.charAt(i);
            }
            plain.append(c);
        }
        return plain.toString();
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
