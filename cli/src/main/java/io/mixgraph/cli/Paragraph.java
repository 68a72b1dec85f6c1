package io.mixgraph.cli;

import java.util.ArrayList;
import java.util.List;

/** Text of at most {@value #WIDTH} columns, as far as its words allow. */
final class Paragraph {
    static final int WIDTH = 100;

    private Paragraph() {}

    /** Breaks a text at spaces; lines after the first stand under its beginning and two columns in. */
    static List<String> lines(String before, String text) {
        return lines(before, " ".repeat(before.length() + 2), text);
    }

    /** Breaks a text at spaces; lines after the first begin with a margin. */
    static List<String> lines(String before, String margin, String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(before);
        boolean empty = true;
        for (String word : text.split(" ", -1)) {
            if (!empty && line.length() + 1 + word.length() > WIDTH) {
                lines.add(line.toString());
                line = new StringBuilder(margin);
                empty = true;
            }
            line.append(empty ? "" : " ").append(word);
            empty = false;
        }
        lines.add(line.toString().stripTrailing());
        return lines;
    }
}
