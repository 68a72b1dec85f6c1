package io.mixgraph.bench.peers;

import java.util.ArrayList;
import java.util.List;

/** A table in Markdown. */
final class MarkdownTable {
    private final List<String> lines = new ArrayList<>();
    private final int columns;

    MarkdownTable(String... headings) {
        columns = headings.length;
        add(headings);
        lines.add("| --- ".repeat(columns) + "|");
    }

    /**
     * Adds a row.
     *
     * @param cells as many as there are headings; a bar or a line break in one is made harmless
     */
    MarkdownTable add(String... cells) {
        if (cells.length != columns) {
            throw new IllegalArgumentException(cells.length + " cells in a table of " + columns + " columns");
        }
        StringBuilder line = new StringBuilder("|");
        for (String cell : cells) {
            line.append(' ')
                    .append(cell.strip().replace("|", "\\|").replaceAll("\\s*\\R\\s*", " "))
                    .append(" |");
        }
        lines.add(line.toString());
        return this;
    }

    /** The table, a line feed after each line. */
    @Override
    public String toString() {
        return String.join("\n", lines) + "\n";
    }
}
