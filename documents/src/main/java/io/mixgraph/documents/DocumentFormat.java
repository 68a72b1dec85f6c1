package io.mixgraph.documents;

import java.util.Locale;

/** The two notations of one document. */
public enum DocumentFormat {
    JSON,
    YAML;

    /** By a file's name: {@code .json} is JSON, anything else YAML, of which JSON is nearly a subset. */
    public static DocumentFormat ofFileName(String name) {
        return name.toLowerCase(Locale.ROOT).endsWith(".json") ? JSON : YAML;
    }
}
