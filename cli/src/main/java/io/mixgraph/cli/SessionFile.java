package io.mixgraph.cli;

import io.mixgraph.audio.AudioSource;
import io.mixgraph.audio.SourceOpener;
import io.mixgraph.documents.LocatedProblem;
import io.mixgraph.documents.SessionDocument;
import io.mixgraph.documents.SessionDocuments;
import io.mixgraph.model.InvalidSessionException;
import io.mixgraph.model.NamedSource;
import io.mixgraph.model.Problem;
import io.mixgraph.model.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A session document with the recordings that it names. */
final class SessionFile implements SourceOpener {
    private final SessionDocument document;
    private final List<Problem> forbidden;
    private final Set<String> forbiddenSources;

    private SessionFile(SessionDocument document, boolean allowOutside) {
        this.document = document;
        this.forbidden = document.sourceProblems(allowOutside);
        Set<String> places = forbidden.stream().map(Problem::pointer).collect(Collectors.toSet());
        this.forbiddenSources = NamedSource.of(session()).stream()
                .filter(source -> places.contains(source.pointer()))
                .map(NamedSource::name)
                .collect(Collectors.toSet());
    }

    /** What is done with a session and its recordings. */
    interface Step<T> {
        T apply(Session session, SourceOpener sources) throws InvalidSessionException;
    }

    /**
     * Reads a document. What is wrong with it is said by {@link #check}.
     *
     * @param sources where relative sources are looked for; null for the document's folder
     * @param allowOutside whether they may leave it
     */
    static SessionFile read(Path file, @Nullable Path sources, boolean allowOutside) throws Failure, IOException {
        if (Files.isDirectory(file)) {
            throw Failure.io(
                    file + " is a folder, not a session document; to mix a folder of recordings: mixgraph mix");
        }
        if (sources != null && !Files.isDirectory(sources)) {
            throw Failure.io(sources + " is no folder; --sources names the folder of the recordings");
        }
        SessionDocument document = SessionDocuments.read(file);
        return new SessionFile(sources == null ? document : document.withFolder(sources), allowOutside);
    }

    Session session() {
        return document.session();
    }

    /**
     * Plans or compiles the session.
     *
     * @throws InvalidDocument with everything that is wrong with document, session, routes and recordings
     */
    <T> T check(Step<T> step) throws InvalidDocument {
        List<Problem> found = new ArrayList<>(forbidden);
        T done = null;
        try {
            done = step.apply(session(), this);
        } catch (InvalidSessionException e) {
            Set<String> said = forbidden.stream().map(Problem::pointer).collect(Collectors.toSet());
            e.problems().stream()
                    .filter(problem -> !said.contains(problem.pointer()))
                    .forEach(found::add);
        }
        List<LocatedProblem> problems = document.problems(found);
        if (done == null || !problems.isEmpty()) {
            throw new InvalidDocument(document.name(), problems);
        }
        return done;
    }

    @Override
    public AudioSource open(String source) throws IOException {
        if (forbiddenSources.contains(source)) {
            throw new IOException(source + " may not be opened");
        }
        try {
            return AudioFiles.open(document.resolve(source), source);
        } catch (IOException e) {
            throw new IOException(Failure.sentence(e), e);
        }
    }
}
