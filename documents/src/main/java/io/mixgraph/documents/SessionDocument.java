package io.mixgraph.documents;

import io.mixgraph.model.NamedSource;
import io.mixgraph.model.Problem;
import io.mixgraph.model.Problem.Code;
import io.mixgraph.model.Session;
import io.mixgraph.model.SessionValidator;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A document that was read: its session, what is wrong with it, and where everything is written. Immutable. */
public final class SessionDocument {
    /** Where the name of the cover is written. */
    public static final String COVER = "/output/tags/cover";

    /** Faults that leave the rest of their field as it is. */
    private static final Set<Code> BESIDE = EnumSet.of(Code.UNKNOWN_FIELD, Code.DUPLICATE_FIELD);

    private static final int SUPPORTED = 1;

    private final String name;
    private final Path folder;
    private final Node root;
    private final Session session;
    private final List<LocatedProblem> unread;

    SessionDocument(String name, Path folder, Node root, Session session, List<LocatedProblem> unread) {
        this.name = name;
        this.folder = folder;
        this.root = root;
        this.session = session;
        this.unread = List.copyOf(unread);
    }

    /** What to call the document in messages: the path it was read from. */
    public String name() {
        return name;
    }

    /** The folder to which sources are relative. */
    public Path folder() {
        return folder;
    }

    /** The same document with its sources relative to another folder. */
    public SessionDocument withFolder(Path newFolder) {
        return new SessionDocument(name, newFolder, root, session, unread);
    }

    /**
     * The session. It may be rendered only when {@link #problems()} is empty; otherwise faulty parts are at their
     * defaults, so that further faults can be looked for in the rest and listed by {@link #problems(List)}.
     */
    public Session session() {
        return session;
    }

    /** Everything that is wrong with the document and the session by itself, in document order. */
    public List<LocatedProblem> problems() {
        return problems(List.of());
    }

    /**
     * {@link #problems()} and what else was found in {@link #session()}, in document order. A problem that only follows
     * from a fault of the document at the same place or around it is left out.
     *
     * @param found problems with the pointers of {@link #session()}, such as those of routing
     */
    public List<LocatedProblem> problems(List<Problem> found) {
        if (session.mixgraph() != SUPPORTED) {
            return SessionValidator.validate(session).stream()
                    .filter(problem -> problem.code() == Code.UNSUPPORTED_VERSION)
                    .map(this::located)
                    .toList();
        }
        List<Problem> judged = new ArrayList<>(SessionValidator.validate(session));
        judged.addAll(found);
        List<LocatedProblem> all = new ArrayList<>(unread);
        Set<String> seen = new HashSet<>();
        judged.stream()
                .filter(problem -> seen.add(problem.code() + " " + problem.pointer()))
                .map(this::located)
                .filter(this::stands)
                .forEach(all::add);
        all.sort(Comparator.comparing(LocatedProblem::place));
        return List.copyOf(all);
    }

    /**
     * Where the thing at a JSON pointer is written: its value. For what is not written (a default, or what a short form
     * stands for), the place of the short form or of the nearest thing around it.
     */
    public Place locate(String pointer) {
        return find(pointer).place;
    }

    /**
     * The file that a source names: relative to {@link #folder()}.
     *
     * @throws InvalidPathException when no file can have that name
     */
    public Path resolve(String source) {
        return folder.resolve(source).normalize();
    }

    /**
     * The sources, the cover among them, that the document may not reach: relative paths that leave {@link #folder()},
     * by {@code ..} or by a symbolic link. Absolute paths are allowed.
     *
     * @param allowOutside whether leaving it is allowed; then only impossible names remain
     */
    public List<Problem> sourceProblems(boolean allowOutside) {
        List<Problem> problems = new ArrayList<>();
        List<NamedSource> files = new ArrayList<>(NamedSource.of(session));
        String cover = session.output().tags().cover();
        if (cover != null) {
            files.add(new NamedSource(cover, COVER));
        }
        for (NamedSource named : files) {
            try {
                Path source = Path.of(named.name());
                if (!allowOutside && leavesFolder(source)) {
                    problems.add(new Problem(
                            Code.SOURCE_OUTSIDE,
                            named.pointer(),
                            Node.quoted(named.name())
                                    + " is outside the folder of the sources; name it by an absolute path, or allow it"
                                    + " with --allow-outside"));
                }
            } catch (InvalidPathException e) {
                problems.add(new Problem(
                        Code.UNREADABLE_SOURCE,
                        named.pointer(),
                        Node.quoted(named.name()) + " cannot be a file's name"));
            }
        }
        return problems;
    }

    private boolean leavesFolder(Path source) {
        if (source.isAbsolute()) {
            return false;
        }
        Path home = folder.toAbsolutePath().normalize();
        if (!home.resolve(source).normalize().startsWith(home)) {
            return true;
        }
        try {
            return !home.resolve(source).toRealPath().startsWith(home.toRealPath());
        } catch (IOException e) {
            // It does not exist, which is for whoever opens it to say.
            return false;
        }
    }

    private boolean stands(LocatedProblem found) {
        return unread.stream()
                .map(LocatedProblem::problem)
                .filter(problem -> !BESIDE.contains(problem.code()))
                .noneMatch(problem -> (found.problem().pointer() + "/").startsWith(problem.pointer() + "/"));
    }

    private LocatedProblem located(Problem problem) {
        Found found = find(problem.pointer());
        return new LocatedProblem(new Problem(problem.code(), found.pointer, problem.message()), found.place);
    }

    private static @Nullable Node child(Node node, String token) {
        if (node instanceof Node.Mapping mapping) {
            Node.Member member = mapping.member(token);
            return member == null ? null : member.value();
        }
        if (node instanceof Node.Sequence sequence && token.matches("[0-9]{1,9}")) {
            int index = Integer.parseInt(token);
            return index < sequence.items().size() ? sequence.items().get(index) : null;
        }
        return null;
    }

    private record Found(String pointer, Place place) {}

    private Found find(String pointer) {
        List<String> path = pointer.isEmpty()
                ? List.of()
                : Arrays.stream(pointer.substring(1).split("/", -1))
                        .map(token -> token.replace("~1", "/").replace("~0", "~"))
                        .toList();
        Node node = root;
        StringBuilder walked = new StringBuilder();
        for (int i = 0; i < path.size(); i++) {
            Node next = child(node, path.get(i));
            if (next == null) {
                // What is not written stands where its short form does, or what is around it.
                boolean brief = path.get(i).equals(Forms.CLIPS);
                Node source = brief ? child(node, Forms.SOURCE) : null;
                if (source == null) {
                    return new Found(pointer, node.place());
                }
                boolean whole = path.subList(i, path.size()).equals(List.of(Forms.CLIPS, "0", Forms.SOURCE));
                return new Found(whole ? walked + "/" + Forms.SOURCE : pointer, source.place());
            }
            walked.append('/').append(Binder.escaped(path.get(i)));
            node = next;
        }
        return new Found(pointer, node.place());
    }
}
