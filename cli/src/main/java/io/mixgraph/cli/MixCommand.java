package io.mixgraph.cli;

import io.mixgraph.documents.DocumentFormat;
import io.mixgraph.documents.SessionDocuments;
import io.mixgraph.model.BusConfig;
import io.mixgraph.model.LoudnessConfig;
import io.mixgraph.model.Master;
import io.mixgraph.model.Problem;
import io.mixgraph.model.Session;
import io.mixgraph.model.SessionValidator;
import io.mixgraph.model.Track;
import io.mixgraph.preset.BusPreset;
import io.mixgraph.preset.BusPresets;
import io.mixgraph.render.RenderReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "mix",
        description = {
            "Mix a folder of recordings: guess from each file's name what it is, write DIR/session.yaml, render it.",
            "A session that is there already is rendered as it is, so that it can be edited."
        })
final class MixCommand extends Subcommand {
    private static final String DOCUMENT = "session.yaml";

    @Parameters(paramLabel = "FOLDER", description = "A folder with one recording for each track.")
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Option(names = "--allow-outside", description = "Allow the sources of a session that is kept to leave its folder.")
    private boolean allowOutside;

    @Mixin
    private final RenderOptions options = new RenderOptions();

    @Mixin
    private final HtmlOption html = new HtmlOption();

    @Option(names = "--target", paramLabel = "LUFS", defaultValue = "-14", description = "Integrated loudness; -14.")
    private double target;

    @Option(names = "--true-peak", paramLabel = "DBTP", defaultValue = "-1", description = "The limiter's ceiling; -1.")
    private double truePeak;

    @Option(
            names = "--bus-preset",
            paramLabel = "NAME",
            defaultValue = BusPresets.DEFAULT,
            description = "The buses to mix into: default, stems4, dme.")
    @SuppressWarnings("NullAway.Init")
    private String busPreset;

    @Option(names = "--force", description = "Write a new session over one that is there.")
    private boolean force;

    /** A recording and what it was taken for. */
    private record Guess(
            String file, String track, @Nullable String role, String reason) {}

    /** What is printed with {@code --json}. */
    private record Mix(String session, boolean kept, List<Guess> guesses, RenderReport report) {}

    @Override
    void run() throws Failure, InvalidDocument, IOException {
        Path document = options.out().resolve(DOCUMENT);
        boolean kept = Files.exists(document) && !force;
        List<Guess> guesses = new ArrayList<>();
        if (kept) {
            say("keeping " + document + "; --force writes a new one");
        } else {
            write(document, guesses);
            show(guesses);
            say("wrote " + document + "; edit it and render it again: mixgraph render " + document + " --out "
                    + options.out());
        }
        RenderReport report = new Rendering(this, options.engine())
                .render(SessionFile.read(document, null, allowOutside, Recordings.PLAIN), options.out(), html.wanted())
                .report();
        if (json()) {
            print(new Mix(document.toString(), kept, guesses, report));
        }
    }

    private void say(String line) {
        if (!json() && !quiet()) {
            out().println(line);
        }
    }

    private void show(List<Guess> guesses) {
        int fileWidth = guesses.stream().mapToInt(g -> g.file.length()).max().orElse(0);
        for (Guess guess : guesses) {
            say("  " + guess.file + " ".repeat(fileWidth - guess.file.length()) + "  "
                    + (guess.role == null ? "no role" : guess.role) + ": " + guess.reason);
        }
    }

    private void write(Path document, List<Guess> guesses) throws Failure, IOException {
        BusPreset preset = BusPresets.byName(busPreset)
                .orElseThrow(() -> Failure.invalid("there is no bus preset '" + busPreset + "'; known are "
                        + String.join(", ", BusPresets.names())));
        Set<String> buses = new HashSet<>(Set.of(BusConfig.MASTER));
        preset.buses().forEach(bus -> buses.add(bus.id()));
        Set<String> taken = new HashSet<>(buses);
        List<Track> tracks = new ArrayList<>();
        Path home = options.out().toAbsolutePath().normalize();
        for (Path recording : recordings()) {
            String file = recording.getFileName().toString();
            RoleGuess guess = RoleGuess.of(file);
            String id = id(file, buses, taken);
            Track track = Track.of(id, source(recording, home));
            tracks.add(guess.role() == null ? track : track.withRole(guess.role()));
            guesses.add(new Guess(file, id, guess.role(), guess.reason()));
        }
        Path name = folder.toAbsolutePath().normalize().getFileName();
        Session session = Session.of(name == null ? "Mix" : name.toString(), tracks)
                .withBusPreset(busPreset)
                .withMaster(Master.EMPTY.withLoudness(LoudnessConfig.of(target, truePeak)));
        List<Problem> problems = SessionValidator.validate(session);
        if (!problems.isEmpty()) {
            throw Failure.invalid(problems.stream()
                    .map(problem -> problem.pointer() + ": " + problem.message())
                    .collect(Collectors.joining("; ")));
        }
        Files.createDirectories(options.out());
        AtomicFile.write(
                document, SessionDocuments.write(session, DocumentFormat.YAML).getBytes(StandardCharsets.UTF_8));
    }

    /** The recordings of the folder by name; of its only subfolder with any when it has none itself. */
    private List<Path> recordings() throws Failure, IOException {
        if (!Files.exists(folder)) {
            throw new NoSuchFileException(folder.toString());
        }
        if (!Files.isDirectory(folder)) {
            throw Failure.invalid(folder + " is a file; mix wants a folder of recordings, render a session document");
        }
        if (Files.exists(options.out()) && Files.isSameFile(folder, options.out())) {
            throw Failure.invalid("--out is the folder of the recordings itself; name another, so that the mix is not"
                    + " taken for a recording");
        }
        List<Path> here = recordings(folder);
        if (!here.isEmpty()) {
            return here;
        }
        List<List<Path>> below = new ArrayList<>();
        for (Path child : children(folder)) {
            if (Files.isDirectory(child) && !recordings(child).isEmpty()) {
                below.add(recordings(child));
            }
        }
        if (below.size() == 1) {
            return below.get(0);
        }
        throw Failure.io(
                below.isEmpty()
                        ? folder + " holds no recordings; wanted are files named " + AudioFiles.known()
                        : folder + " holds no recordings, but " + below.size()
                                + " of its folders do; name one of them");
    }

    private static List<Path> recordings(Path in) throws IOException {
        return children(in).stream()
                .filter(file -> Files.isRegularFile(file) && AudioFiles.isRecording(file))
                .toList();
    }

    private static List<Path> children(Path in) throws IOException {
        try (Stream<Path> children = Files.list(in)) {
            return children.filter(child -> !child.getFileName().toString().startsWith("."))
                    .sorted(Comparator.comparing(child -> child.getFileName().toString()))
                    .toList();
        }
    }

    /** Relative to the session when it is below it, else absolute: so the session may reach it. */
    private static String source(Path recording, Path home) {
        Path absolute = recording.toAbsolutePath().normalize();
        return absolute.startsWith(home)
                ? home.relativize(absolute).toString().replace('\\', '/')
                : absolute.toString();
    }

    /**
     * An id made of the file's name, unlike all others and unlike any bus: {@code drums} becomes {@code drums-track}.
     */
    private static String id(String file, Set<String> buses, Set<String> taken) {
        String base = file.substring(0, file.lastIndexOf('.'))
                .replaceAll("[^A-Za-z0-9_-]+", "_")
                .replaceAll("^[_-]+|[_-]+$", "");
        String plain = base.isEmpty() ? "track" : buses.contains(base) ? base + "-track" : base;
        String id = plain;
        for (int n = 2; !taken.add(id); n++) {
            id = plain + "-" + n;
        }
        return id;
    }
}
