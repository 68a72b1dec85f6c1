package io.mixgraph.cli;

import io.mixgraph.FileEncoder;
import io.mixgraph.MixEngine;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.AudioSource;
import io.mixgraph.audio.SourceOpener;
import io.mixgraph.codecs.Codecs;
import io.mixgraph.documents.DocumentFormat;
import io.mixgraph.documents.LocatedProblem;
import io.mixgraph.documents.SessionDocument;
import io.mixgraph.documents.SessionDocuments;
import io.mixgraph.media.Asset;
import io.mixgraph.model.Deliverable;
import io.mixgraph.model.InvalidSessionException;
import io.mixgraph.model.NamedSource;
import io.mixgraph.model.Problem;
import io.mixgraph.model.Problem.Code;
import io.mixgraph.model.Session;
import io.mixgraph.render.PlannedFile;
import io.mixgraph.render.RenderPlan;
import io.mixgraph.render.RenderReport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A session document with the recordings that it names. */
final class SessionFile implements SourceOpener {
    /** Longer than any document may be. */
    private static final int MAX_BYTES = 1 << 26;

    private final Path file;
    private final String sha256;
    private final SessionDocument document;
    private final Recordings recordings;
    private final List<Problem> forbidden;
    private final Set<String> forbiddenSources;

    /** What was opened, by where it is. */
    private final Map<Path, AudioSource> opened = new LinkedHashMap<>();

    /** The bytes of the cover, read once: what is written and what is said of it belong together. */
    private byte @Nullable [] cover;

    private SessionFile(
            Path file, String sha256, SessionDocument document, boolean allowOutside, Recordings recordings) {
        this.file = file;
        this.sha256 = sha256;
        this.recordings = recordings;
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
     * @param recordings opens them
     */
    static SessionFile read(Path file, @Nullable Path sources, boolean allowOutside, Recordings recordings)
            throws Failure, IOException {
        if (Files.isDirectory(file)) {
            throw Failure.io(
                    file + " is a folder, not a session document; to mix a folder of recordings: mixgraph mix");
        }
        if (sources != null && !Files.isDirectory(sources)) {
            throw Failure.io(sources + " is no folder; --sources names the folder of the recordings");
        }
        // Once, so that the digest is that of what was read: the file may be saved meanwhile, and a pipe is empty then.
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_BYTES);
        }
        SessionDocument document = parse(file, bytes);
        return new SessionFile(
                file,
                Digest.sha256(bytes),
                sources == null ? document : document.withFolder(sources),
                allowOutside,
                recordings);
    }

    private static SessionDocument parse(Path file, byte[] bytes) throws IOException {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            // Says where it is no UTF-8.
            return SessionDocuments.read(file);
        }
        Path folder = Objects.requireNonNullElse(file.toAbsolutePath().getParent(), file.toAbsolutePath());
        return SessionDocuments.read(text, file.toString(), DocumentFormat.ofFileName(file.toString()))
                .withFolder(folder);
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
        return check(step, done -> List.of());
    }

    /** The same, and what is wrong with what was done; of null, what is wrong without it. */
    private <T> T check(Step<T> step, Function<@Nullable T, List<Problem>> more) throws InvalidDocument {
        List<Problem> found = new ArrayList<>(forbidden);
        Set<String> said = forbidden.stream().map(Problem::pointer).collect(Collectors.toSet());
        T done = null;
        List<Problem> rest = new ArrayList<>();
        try {
            done = step.apply(session(), this);
        } catch (InvalidSessionException e) {
            rest.addAll(e.problems());
        }
        rest.addAll(more.apply(done));
        rest.stream().filter(problem -> !said.contains(problem.pointer())).forEach(found::add);
        List<LocatedProblem> problems = document.problems(found);
        if (done == null || !problems.isEmpty()) {
            throw new InvalidDocument(document.name(), problems);
        }
        return done;
    }

    /**
     * Plans the session's render.
     *
     * @throws InvalidDocument with everything that is wrong, formats that cannot be written included
     */
    RenderPlan plan(MixEngine engine) throws InvalidDocument {
        return plan(engine, UnaryOperator.identity());
    }

    /**
     * The same with something else in place of what the document writes.
     *
     * @param change what is to be planned instead
     */
    RenderPlan plan(MixEngine engine, UnaryOperator<Session> change) throws InvalidDocument {
        return check((session, sources) -> engine.plan(change.apply(session), sources), this::unwritable);
    }

    /** What stands in the way of writing the files. */
    private List<Problem> unwritable(@Nullable RenderPlan plan) {
        List<Problem> found = new ArrayList<>();
        for (PlannedFile file : plan == null ? List.<PlannedFile>of() : plan.files()) {
            AudioFormat format = file.format();
            String fault = Codecs.problemWith(file.file(), format.sampleRate(), format.channels());
            if (fault != null) {
                found.add(new Problem(Code.UNSUPPORTED_FORMAT, pointer(file) + "/format", fault));
            }
        }
        boolean forbiddenCover =
                forbidden.stream().anyMatch(problem -> problem.pointer().equals(SessionDocument.COVER));
        if (!forbiddenCover) {
            try {
                encoder();
            } catch (IOException e) {
                found.add(new Problem(Code.BAD_TAG, SessionDocument.COVER, "the cover: " + Failure.sentence(e)));
            }
        }
        return found.stream().distinct().toList();
    }

    private String pointer(PlannedFile file) {
        return switch (file.kind()) {
            case AUDIO_MASTER, AUDIO_PRE_MASTER -> "/output/master";
            case AUDIO_BUS_STEM -> "/output/stems";
            case AUDIO_DELIVERABLE -> {
                List<String> ids = session().output().deliverables().stream()
                        .map(Deliverable::id)
                        .toList();
                yield "/output/deliverables/" + ids.indexOf(file.id());
            }
        };
    }

    /** Makes the files that are not WAV, with the session's cover. */
    FileEncoder encoder() throws IOException {
        String name = session().output().tags().cover();
        if (name != null && cover == null) {
            cover = Files.readAllBytes(document.resolve(name));
        }
        return Codecs.encoder(cover);
    }

    /** The files that the document names, whether they are there or not. */
    List<Path> files() {
        List<Path> files = new ArrayList<>();
        for (NamedSource source : NamedSource.of(session())) {
            if (!forbiddenSources.contains(source.name())) {
                files.add(document.resolve(source.name()).toAbsolutePath());
            }
        }
        String picture = session().output().tags().cover();
        boolean forbiddenCover =
                forbidden.stream().anyMatch(problem -> problem.pointer().equals(SessionDocument.COVER));
        if (picture != null && !forbiddenCover) {
            files.add(document.resolve(picture).toAbsolutePath());
        }
        return files;
    }

    /** Every file that was read beside the document, with the digest of what was read. */
    Map<String, String> inputs() {
        Map<String, String> inputs = new LinkedHashMap<>();
        for (Map.Entry<Path, AudioSource> one : opened.entrySet()) {
            inputs.put(one.getKey().toString(), digest(one.getValue()));
        }
        String name = session().output().tags().cover();
        if (name != null && cover != null) {
            inputs.put(document.resolve(name).toAbsolutePath().toString(), Digest.sha256(cover));
        }
        return inputs;
    }

    /** The recordings that were opened, each content once, in the order of the session. */
    List<Asset> assets() throws IOException {
        Map<String, Asset> assets = new LinkedHashMap<>();
        for (Map.Entry<Path, AudioSource> one : opened.entrySet()) {
            AudioSource source = one.getValue();
            String digest = digest(source);
            assets.putIfAbsent(
                    digest,
                    new Asset(
                            digest,
                            source.name(),
                            Files.size(one.getKey()),
                            AudioFiles.extension(source.name()),
                            source.frames(),
                            source.format().sampleRate(),
                            source.format().channels()));
        }
        return List.copyOf(assets.values());
    }

    private static String digest(AudioSource source) {
        return Objects.requireNonNull(source.digest(), "a recording was opened without its digest");
    }

    /** The document, as a report names it. */
    RenderReport.Document named() {
        return new RenderReport.Document(String.valueOf(file.getFileName()), sha256);
    }

    @Override
    public AudioSource open(String source) throws IOException {
        if (forbiddenSources.contains(source)) {
            throw new IOException(source + " may not be opened");
        }
        try {
            Path place = document.resolve(source);
            AudioSource recording = recordings.open(place, source);
            opened.put(place.toAbsolutePath(), recording);
            return recording;
        } catch (IOException e) {
            throw new IOException(Failure.sentence(e), e);
        }
    }
}
