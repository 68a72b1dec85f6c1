package io.mixgraph.cli;

import java.util.ArrayList;
import java.util.List;

/** Text in columns: the first to the left, the others to the right, or all to the left. */
final class Table {
    private static final String GAP = "  ";

    private final List<String[]> rows = new ArrayList<>();
    private final boolean words;

    Table(String... head) {
        this(false, head);
    }

    private Table(boolean words, String... head) {
        this.words = words;
        rows.add(head);
    }

    /** A table of words, which are read from the left. */
    static Table ofWords(String... head) {
        return new Table(true, head);
    }

    /** Adds a row of as many cells as the head has. */
    void add(String... cells) {
        rows.add(cells);
    }

    List<String> lines() {
        int columns = rows.get(0).length;
        int[] widths = new int[columns];
        for (String[] row : rows) {
            for (int c = 0; c < columns; c++) {
                widths[c] = Math.max(widths[c], row[c].length());
            }
        }
        List<String> lines = new ArrayList<>();
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder();
            for (int c = 0; c < columns; c++) {
                String space = " ".repeat(widths[c] - row[c].length());
                line.append(c == 0 ? "" : GAP).append(c == 0 || words ? row[c] + space : space + row[c]);
            }
            lines.add(words ? line.toString().stripTrailing() : line.toString());
        }
        return lines;
    }
}
