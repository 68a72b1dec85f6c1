package io.mixgraph.model;

import java.util.ArrayList;
import java.util.List;

/** Finds everything that is wrong with a session by itself, before presets and sources are known. */
public final class SessionValidator {
    private SessionValidator() {}

    /** All problems, in the order of the document's fields; empty when there is none. */
    public static List<Problem> validate(Session session) {
        List<Problem> problems = new ArrayList<>();
        return problems;
    }
}
