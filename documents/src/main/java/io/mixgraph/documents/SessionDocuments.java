package io.mixgraph.documents;

import io.mixgraph.model.Problem;
import io.mixgraph.model.Problem.Code;
import io.mixgraph.model.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** Reads and writes sessions as documents. */
public final class SessionDocuments {
    private SessionDocuments() {}

    /**
     * Reads a document; sources are relative to its folder. Whatever is wrong with it is in
     * {@link SessionDocument#problems}.
     *
     * @param file JSON when its name ends in {@code .json}, else YAML; in UTF-8
     * @throws IOException naming the file, when it cannot be read at all
     */
    public static SessionDocument read(Path file) throws IOException {
        byte[] bytes;
        try {
            if (Files.size(file) > 4L * TreeReader.MAX_LENGTH) {
                throw new IOException(file + " is too large for a session document");
            }
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new IOException("there is no file " + file, e);
        }
        Path folder = Objects.requireNonNullElse(file.toAbsolutePath().getParent(), file.toAbsolutePath());
        return read(bytes, file.toString(), DocumentFormat.ofFileName(file.toString()), folder);
    }

    /**
     * Reads a document from a string; sources are relative to the working directory.
     *
     * @param name what to call it in messages
     */
    public static SessionDocument read(String text, String name, DocumentFormat format) {
        return read(text, name, format, Path.of(""));
    }

    /** Reads a document from the bytes of a file, which should be UTF-8. */
    static SessionDocument read(byte[] bytes, String name, DocumentFormat format, Path folder) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length + 1);
        CoderResult result = decoder.decode(in, out, true);
        String text = out.flip().toString();
        if (result.isError()) {
            int line = 1 + (int) text.chars().filter(c -> c == '\n').count();
            int column = text.length() - text.lastIndexOf('\n');
            return unreadable(
                    name,
                    folder,
                    new LocatedProblem(
                            new Problem(Code.SYNTAX, "", "this is not UTF-8; save the document as UTF-8"),
                            new Place(line, column)));
        }
        return read(text, name, format, folder);
    }

    private static SessionDocument read(String text, String name, DocumentFormat format, Path folder) {
        Node root;
        try {
            root = TreeReader.read(text, format);
        } catch (TreeReader.SyntaxException e) {
            return unreadable(name, folder, e.problem());
        }
        Binder binder = new Binder();
        Object session = binder.value(root, Session.class, "");
        return new SessionDocument(
                name,
                folder,
                root,
                session == null ? Defaults.record(Session.class) : (Session) session,
                binder.problems());
    }

    private static SessionDocument unreadable(String name, Path folder, LocatedProblem problem) {
        return new SessionDocument(name, folder, Node.Nothing.HERE, Defaults.record(Session.class), List.of(problem));
    }

    /**
     * A session as a document in the shortest form: what is at its default is left out. Reading it gives an equal
     * session.
     */
    public static String write(Session session, DocumentFormat format) {
        return TreeWriter.write(SessionTree.of(session), format);
    }
}
