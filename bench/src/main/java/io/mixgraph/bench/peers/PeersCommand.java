package io.mixgraph.bench.peers;

import io.mixgraph.bench.Job;
import io.mixgraph.bench.peers.Results.ProgramVersion;
import io.mixgraph.documents.Json;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures, keeps the figures in {@code bench/results.json}, and writes {@code docs/performance.md} of them. */
@Command(
        name = "bench/peers",
        description = "Measures Mixgraph and other programs and writes docs/performance.md. Parts that are not measured"
                + " stay as they were.")
public final class PeersCommand implements Callable<Integer> {
    /** What can be measured by itself. */
    enum Part {
        S,
        M,
        L,
        WARM,
        MEMORY,
        SCALING,
        PLAN,
        SONGS,
        LARGE
    }

    private static final int ROUNDS = 5;
    private static final int ROUNDS_OF_L = 3;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // The library itself acts on it.
    private boolean help;

    @Option(names = "--root", hidden = true, required = true)
    @SuppressWarnings("NullAway.Init")
    private Path root;

    @Option(
            names = "--work",
            paramLabel = "DIR",
            description = "Where jobs are written: S and M stay there, larger ones are removed. 20 GB must be free,"
                    + " and 60 GB for large, which else is less long; bench/target/jobs when absent.")
    private @Nullable Path work;

    @Option(
            names = "--only",
            paramLabel = "PART",
            split = ",",
            description =
                    "Measure only these: s, m, l, warm, memory, scaling, plan, songs, large; none for the page alone.")
    private @Nullable List<String> only;

    @Option(names = "--rounds", paramLabel = "N", description = "Rounds of each job, in place of 5, and 3 of L.")
    private @Nullable Integer rounds;

    @Option(
            names = "--peers",
            paramLabel = "ID",
            split = ",",
            description = "Only these programs: ffmpeg_plain, ffmpeg, ffmpeg_buses, ffmpeg8, ffmpeg8_buses, sox,"
                    + " sox_alone, ecasound, csound.")
    private @Nullable List<String> peers;

    @Option(
            names = "--songs",
            paramLabel = "DIR",
            description = "The folder with the recordings of the examples, in folders rubidium and mdn-multitrack.")
    private @Nullable Path songs;

    @Option(
            names = "--draft",
            paramLabel = "DIR",
            description = "Keep figures and page in this folder, not in the project.")
    private @Nullable Path draft;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new PeersCommand())
                .setExecutionExceptionHandler((e, commandLine, parsed) -> {
                    commandLine.getErr().println("bench/peers: " + e.getMessage());
                    return 3;
                })
                .execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        PrintStream progress = System.err;
        Machine machine = Machine.here();
        Path figures = (draft == null ? root.resolve("bench") : draft).resolve("results.json");
        Results results = earlier(figures, machine, progress);
        Set<Part> parts = parts();
        if (!parts.isEmpty()) {
            List<Program> all = Programs.all(root.resolve("bench/target/javacpp"), machine.cores());
            List<Program> others = asked(all);
            Path jobs = work == null ? root.resolve("bench/target/jobs") : work.toAbsolutePath();
            Measurements measurements =
                    new Measurements(root, jobs, job -> job.equals(Job.S) || job.equals(Job.M), progress);
            Files.createDirectories(figures.toAbsolutePath().getParent());
            results = results.withPrograms(versions(measurements.mixgraph(), all));
            for (Part part : parts) {
                progress.println(part);
                results = measured(part, results, measurements, others);
                // Kept at once: what is measured stays measured whatever happens to the rest.
                Files.writeString(figures, Json.write(results));
            }
        }
        write(results);
        return 0;
    }

    private void write(Results results) throws IOException {
        Path folder = draft == null ? root.resolve("docs") : draft;
        Files.createDirectories(folder);
        List<Program> programs = new ArrayList<>(List.of(new Mixgraph(Path.of("mixgraph"))));
        programs.addAll(Programs.all("ffmpeg8", results.machine().cores()));
        Files.writeString(folder.resolve(PerformancePage.SCRIPTS), PerformancePage.scripts(programs));
        Path shortfalls = root.resolve("bench/shortfalls.md");
        String page = PerformancePage.of(results, Files.exists(shortfalls) ? Files.readString(shortfalls) : "");
        Files.writeString(folder.resolve("performance.md"), page);
        new PrintStream(System.out, true, StandardCharsets.UTF_8).print(page);
    }

    private Set<Part> parts() {
        Set<Part> parts = EnumSet.noneOf(Part.class);
        if (only == null) {
            parts.addAll(EnumSet.allOf(Part.class));
            if (songs == null) {
                parts.remove(Part.SONGS);
            }
            return parts;
        }
        for (String word : only) {
            if (!word.equalsIgnoreCase("none")) {
                parts.add(part(word));
            }
        }
        if (parts.contains(Part.SONGS) && songs == null) {
            throw new ParameterException(
                    spec.commandLine(), "songs needs --songs DIR, the folder with their recordings");
        }
        return parts;
    }

    private Part part(String word) {
        try {
            return Part.valueOf(word.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    word + " is no part; parts are s, m, l, warm, memory, scaling, plan, songs and large, or none",
                    e);
        }
    }

    /** What was measured before on this machine; figures of another say nothing beside its own. */
    private static Results earlier(Path figures, Machine machine, PrintStream progress) throws IOException {
        if (Files.exists(figures)) {
            Results earlier = Json.read(Files.readString(figures), figures.toString(), Results.class);
            if (earlier.machine().equals(machine)) {
                return earlier;
            }
            progress.println("earlier figures are of another machine or Java, and are left out");
        }
        return Results.none(machine);
    }

    private List<Program> asked(List<Program> others) {
        List<String> ids = peers;
        if (ids == null) {
            return others;
        }
        List<Program> asked =
                others.stream().filter(program -> ids.contains(program.id())).toList();
        if (asked.size() < ids.size()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "programs are "
                            + String.join(", ", others.stream().map(Program::id).toList()));
        }
        return asked;
    }

    private static List<ProgramVersion> versions(Mixgraph mixgraph, List<Program> others) throws IOException {
        List<Program> all = new ArrayList<>(List.of(mixgraph));
        all.addAll(others);
        List<ProgramVersion> versions = new ArrayList<>();
        for (Program program : all) {
            String version = ColdRun.output(program.versionCommand())
                    .lines()
                    .map(line -> line.replaceAll("^--|^sox: *| Copyright.*", "").strip())
                    .filter(line -> !line.isEmpty())
                    .findFirst()
                    .orElse("");
            versions.add(new ProgramVersion(program.id(), program.name(), version, program.remark()));
        }
        return List.copyOf(versions);
    }

    private static List<Job> jobs(String... shapes) {
        return Stream.of(shapes).map(Job::of).toList();
    }

    private Results measured(Part part, Results results, Measurements measurements, List<Program> others)
            throws IOException {
        int usual = rounds == null ? ROUNDS : rounds;
        return switch (part) {
            case S -> results.withS(measurements.job(Job.S, others, usual));
            case M -> results.withM(measurements.job(Job.M, others, usual));
            case L -> results.withL(measurements.job(Job.L, others, rounds == null ? ROUNDS_OF_L : rounds));
            case WARM ->
                results.withWarm(measurements.warm(Job.M, results.machine().cores()));
            case MEMORY -> results.withMemory(measurements.memory(Job.M, usual));
            case SCALING ->
                results.withScaling(measurements.scaling(
                        jobs("8x60", "24x60", "48x60", "96x60", "192x60"),
                        jobs("8x60", "8x180", "8x600", "8x3600"),
                        results.machine().cores()));
            case PLAN -> results.withStart(measurements.start(2 * usual - 1));
            case SONGS -> results.withSongs(measurements.songs(Objects.requireNonNull(songs), usual));
            case LARGE -> results.withLarge(new LargeMeasurements(measurements).measure(songs));
        };
    }
}
