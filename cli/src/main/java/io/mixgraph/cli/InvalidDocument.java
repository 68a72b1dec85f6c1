package io.mixgraph.cli;

import io.mixgraph.documents.LocatedProblem;
import io.mixgraph.model.Problem;
import java.util.List;

/** A session document that cannot be rendered, with everything that is wrong with it. */
final class InvalidDocument extends Exception {
    private static final long serialVersionUID = 1L;

    private final String file;
    private final transient List<LocatedProblem> problems;

    InvalidDocument(String file, List<LocatedProblem> problems) {
        super(file);
        this.file = file;
        this.problems = List.copyOf(problems);
    }

    /** A problem as programs read it. */
    record Line(String file, Problem.Code code, String pointer, int line, int column, String message) {}

    /** One line for each problem, in document order. */
    List<String> lines() {
        return problems.stream().map(problem -> file + ": " + problem).toList();
    }

    /** The same for programs. */
    List<Line> records() {
        return problems.stream()
                .map(located -> new Line(
                        file,
                        located.problem().code(),
                        located.problem().pointer(),
                        located.place().line(),
                        located.place().column(),
                        located.problem().message()))
                .toList();
    }

    /** When all that is wrong is recordings that cannot be read, the document itself is right. */
    int exitCode() {
        return problems.stream().allMatch(found -> found.problem().code() == Problem.Code.UNREADABLE_SOURCE)
                ? ExitCode.FAILED
                : ExitCode.INVALID;
    }
}
