package io.mixgraph.documents.page;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Text with tags that is HTML and well-formed XML at once. Whatever is written as text or attribute is escaped; what
 * XML 1.0 cannot hold (control characters, lone surrogates) becomes the replacement character U+FFFD.
 */
final class Markup {
    private static final int REPLACEMENT = 0xFFFD;

    private final StringBuilder out = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();

    /**
     * Opens a tag.
     *
     * @param attributes names and values in turn
     */
    Markup open(String tag, String... attributes) {
        start(tag, attributes);
        out.append('>');
        open.push(tag);
        return this;
    }

    /** Closes the tag that was opened last. */
    Markup close() {
        out.append("</").append(open.pop()).append(">\n");
        return this;
    }

    /** A tag that holds text. */
    Markup element(String tag, String text, String... attributes) {
        return open(tag, attributes).text(text).close();
    }

    /** A tag that never holds anything. */
    Markup empty(String tag, String... attributes) {
        start(tag, attributes);
        out.append("/>\n");
        return this;
    }

    /** What people called something: kept apart from the direction of what stands around it. */
    Markup name(String tag, String text, String... attributes) {
        return open(tag, attributes).element("bdi", text).close();
    }

    Markup text(String text) {
        escape(text);
        return this;
    }

    /** Text that is markup already, from this package. */
    Markup raw(String text) {
        out.append(text);
        return this;
    }

    /** The whole text; every tag must be closed. */
    String finished() {
        if (!open.isEmpty()) {
            throw new IllegalStateException("not closed: " + open);
        }
        return out.toString();
    }

    private void start(String tag, String... attributes) {
        out.append('<').append(tag);
        for (int i = 0; i < attributes.length; i += 2) {
            out.append(' ').append(attributes[i]).append("=\"");
            escape(attributes[i + 1]);
            out.append('"');
        }
    }

    private void escape(String text) {
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.appendCodePoint(allowed(c) ? c : REPLACEMENT);
            }
        });
    }

    /** XML 1.0, production 2, without the controls that HTML forbids. */
    private static boolean allowed(int c) {
        boolean control = (c < ' ' && c != '\n' && c != '\t') || (c >= 0x7F && c < 0xA0);
        boolean surrogate = c >= 0xD800 && c <= 0xDFFF;
        boolean noncharacter = (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
        return !control && !surrogate && !noncharacter;
    }
}
