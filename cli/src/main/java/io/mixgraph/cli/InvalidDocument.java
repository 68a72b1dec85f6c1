package io.mixgraph.cli;

import io.mixgraph.documents.LocatedProblem;
import io.mixgraph.model.Problem;
import java.util.List;

/** Session documents that cannot be rendered, with everything that is wrong with them. */
final class InvalidDocument extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Found> problems;

    /** A problem of a document. */
    private record Found(String file, LocatedProblem problem) {}

    InvalidDocument(String file, List<LocatedProblem> problems) {
        this(problems.stream().map(problem -> new Found(file, problem)).toList());
    }

    private InvalidDocument(List<Found> problems) {
        super(problems.isEmpty() ? "" : problems.get(0).file);
        this.problems = problems;
    }

    /** All that is wrong with several documents, one after the other. */
    static InvalidDocument all(List<InvalidDocument> documents) {
        return new InvalidDocument(documents.stream()
                .flatMap(document -> document.problems.stream())
                .distinct()
                .toList());
    }

    /** A problem as programs read it. */
    record Line(String file, Problem.Code code, String pointer, int line, int column, String message) {}

    /** One line for each problem, in document order. */
    List<String> lines() {
        return problems.stream().map(found -> found.file + ": " + found.problem).toList();
    }

    /** The same for programs. */
    List<Line> records() {
        return problems.stream()
                .map(found -> new Line(
                        found.file,
                        found.problem.problem().code(),
                        found.problem.problem().pointer(),
                        found.problem.place().line(),
                        found.problem.place().column(),
                        found.problem.problem().message()))
                .toList();
    }

    /** When all that is wrong is recordings that cannot be read, the document itself is right. */
    int exitCode() {
        return problems.stream().allMatch(found -> found.problem.problem().code() == Problem.Code.UNREADABLE_SOURCE)
                ? ExitCode.FAILED
                : ExitCode.INVALID;
    }
}
