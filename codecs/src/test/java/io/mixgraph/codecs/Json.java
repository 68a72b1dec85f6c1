package io.mixgraph.codecs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads JSON (RFC 8259) strictly enough for a test: objects to maps, arrays to lists, numbers and words to text. */
final class Json {
    private final String text;
    private int at;

    Json(String text) {
        this.text = text;
    }

    /** The one value that the whole text is. */
    Object value() {
        Object value = next();
        if (at != text.length()) {
            throw new IllegalArgumentException("more at " + at + ": " + text);
        }
        return value;
    }

    private Object next() {
        return switch (text.charAt(at)) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            default -> word();
        };
    }

    private Map<String, Object> object() {
        Map<String, Object> map = new LinkedHashMap<>();
        do {
            at++;
            String key = string();
            expect(':');
            map.put(key, next());
        } while (text.charAt(at) == ',');
        expect('}');
        return map;
    }

    private List<Object> array() {
        List<Object> list = new ArrayList<>();
        do {
            at++;
            list.add(next());
        } while (text.charAt(at) == ',');
        expect(']');
        return list;
    }

    private String string() {
        expect('"');
        StringBuilder out = new StringBuilder();
        while (text.charAt(at) != '"') {
            char c = text.charAt(at++);
            if (c < ' ') {
                throw new IllegalArgumentException("a bare control character at " + at);
            }
            if (c != '\\') {
                out.append(c);
            } else if (text.charAt(at) == 'u') {
                out.append((char) Integer.parseInt(text.substring(at + 1, at + 5), 16));
                at += 5;
            } else {
                out.append(text.charAt(at++));
            }
        }
        at++;
        return out.toString();
    }

    private String word() {
        int start = at;
        while ("}],".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        String word = text.substring(start, at);
        if (!word.matches("true|false|null|-?(0|[1-9]\\d*)(\\.\\d+)?([eE][-+]?\\d+)?")) {
            throw new IllegalArgumentException("no value: " + word);
        }
        return word;
    }

    private void expect(char c) {
        if (text.charAt(at) != c) {
            throw new IllegalArgumentException("no " + c + " at " + at + ": " + text);
        }
        at++;
    }
}
