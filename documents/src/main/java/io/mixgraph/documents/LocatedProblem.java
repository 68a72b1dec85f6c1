package io.mixgraph.documents;

import io.mixgraph.model.Problem;

/**
 * A problem and its place in the document.
 *
 * @param problem what is wrong
 * @param place where the thing is written, or the nearest thing around it that is
 */
public record LocatedProblem(Problem problem, Place place) {
    /** As people read it: {@code CYCLE /buses/2/output (line 31, column 13): drums → parallel → drums}. */
    @Override
    public String toString() {
        String pointer = problem.pointer().isEmpty() ? "/" : problem.pointer();
        return Node.visible(problem.code() + " " + pointer + " (" + place + "): " + problem.message());
    }
}
