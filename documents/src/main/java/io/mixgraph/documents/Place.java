package io.mixgraph.documents;

/**
 * A place in a text.
 *
 * @param line the line, from 1; 0 when there is no text
 * @param column the column in characters (UTF-16 units), from 1; 0 when there is no text
 */
public record Place(int line, int column) implements Comparable<Place> {
    /** The place of what is not in any text. */
    static final Place NOWHERE = new Place(0, 0);

    @Override
    public int compareTo(Place other) {
        return line != other.line ? Integer.compare(line, other.line) : Integer.compare(column, other.column);
    }

    @Override
    public String toString() {
        return "line " + line + ", column " + column;
    }
}
