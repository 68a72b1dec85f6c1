package io.mixgraph.model;

import java.util.List;
import java.util.stream.Collectors;

/** A session that cannot be rendered, with everything that is wrong with it. */
public final class InvalidSessionException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /** @param problems all of them, at least one */
    public InvalidSessionException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** Everything that is wrong, in the order found. */
    public List<Problem> problems() {
        return problems;
    }
}
