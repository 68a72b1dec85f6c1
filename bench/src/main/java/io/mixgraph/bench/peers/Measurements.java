package io.mixgraph.bench.peers;

import io.mixgraph.bench.Job;
import io.mixgraph.bench.JobFiles;
import io.mixgraph.bench.peers.Results.DurationPoint;
import io.mixgraph.bench.peers.Results.Entry;
import io.mixgraph.bench.peers.Results.JobResult;
import io.mixgraph.bench.peers.Results.MemoryResult;
import io.mixgraph.bench.peers.Results.ScalingResult;
import io.mixgraph.bench.peers.Results.Series;
import io.mixgraph.bench.peers.Results.Song;
import io.mixgraph.bench.peers.Results.SongsResult;
import io.mixgraph.bench.peers.Results.StartResult;
import io.mixgraph.bench.peers.Results.TrackPoint;
import io.mixgraph.bench.peers.Results.WarmResult;
import io.mixgraph.documents.Json;
import io.mixgraph.render.RenderReport;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Runs what is measured. Before every run its files are removed and everything unwritten is written, so that no run
 * pays for the one before; inputs are in memory, as far as it holds them.
 *
 * @param root of the project
 * @param work the folder for jobs
 * @param keep which jobs stay there; the others are removed once they are measured
 * @param progress is told of every run
 */
record Measurements(Path root, Path work, Predicate<Job> keep, PrintStream progress) {
    private static final int WARM_RENDERS = 8;
    private static final int WARM_RENDERS_OF_MANY = 4;
    private static final int SMALLEST_HEAP_MB = 6;
    private static final int LARGEST_HEAP_MB = 128;

    /** The examples whose recordings are not part of the project. */
    static final List<String> SONGS = List.of("rubidium", "mdn-multitrack");

    /** The options of the launcher that matter once a process is warm. */
    private static final List<String> JAVA = List.of("-Xmx512m", "-XX:+UseSerialGC");

    Mixgraph mixgraph() {
        return new Mixgraph(root.resolve("mixgraph"));
    }

    static String today() {
        return LocalDate.now(ZoneOffset.UTC).toString();
    }

    /** The session of an example. */
    Path example(String name) {
        return root.resolve("examples").resolve(name).resolve("session.yaml");
    }

    /** Where a job is, or will be. */
    Path folder(Job job) {
        return work.resolve(job.name());
    }

    /** A job's folder, with the job in it. */
    Path prepared(Job job) throws IOException {
        progress.println("job " + job.name() + ": " + job.tracks() + " tracks of " + job.seconds() + " s, "
                + job.inputBytes() / 1_000_000 + " MB");
        JobFiles.write(job, folder(job));
        return folder(job);
    }

    /** Takes away what a job's renders left, and the job itself unless it is to stay. */
    void done(Job job) throws IOException {
        if (keep.test(job)) {
            remove(folder(job).resolve("out"));
        } else {
            remove(folder(job));
        }
    }

    static void remove(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    /** One cold run of a program in a job's folder. */
    private Cost run(Job job, Program program) throws IOException {
        Path folder = folder(job);
        Path script = folder.resolve("scripts").resolve(program.id() + ".sh");
        Files.createDirectories(script.getParent());
        Files.writeString(script, program.script(job));
        remove(folder.resolve(program.folder()));
        Files.createDirectories(folder.resolve("out"));
        ColdRun.output(List.of("sync"));
        Cost cost = ColdRun.run(folder, List.of("sh", folder.relativize(script).toString()));
        progress.printf(
                Locale.ROOT,
                "  %-4s %-44s %7.2f s %7.2f s CPU %7.1f MB%n",
                job.name(),
                program.name(),
                cost.wallS(),
                cost.cpuS(),
                cost.peakMb());
        return cost;
    }

    /**
     * A job by Mixgraph and by others, round after round.
     *
     * @param others which others
     */
    JobResult job(Job job, List<Program> others, int rounds) throws IOException {
        Path folder = prepared(job);
        List<Program> programs = new ArrayList<>(List.of(mixgraph(), new Floor()));
        programs.addAll(others);
        Map<Program, List<Cost>> runs = new LinkedHashMap<>();
        Map<Program, Outcome> outcomes = new LinkedHashMap<>();
        Map<Program, String> failures = new LinkedHashMap<>();
        programs.forEach(program -> runs.put(program, new ArrayList<>()));
        for (int round = 0; round < rounds; round++) {
            // A round's first run is not the first to read the inputs.
            ColdRun.run(folder, List.of("sh", "-c", "cat audio/*.wav > /dev/null"));
            for (Program program : programs) {
                if (failures.containsKey(program)) {
                    continue;
                }
                try {
                    runs.getOrDefault(program, List.of()).add(run(job, program));
                    if (round == 0 && !(program instanceof Floor)) {
                        outcomes.put(
                                program,
                                OutcomeCheck.of(
                                        job,
                                        folder.resolve(program.folder()),
                                        folder.resolve(mixgraph().folder())));
                    }
                } catch (IOException e) {
                    if (program instanceof Mixgraph) {
                        throw e;
                    }
                    progress.println("  " + e.getMessage());
                    failures.put(program, String.valueOf(e.getMessage()));
                }
                if (!(program instanceof Mixgraph)) {
                    remove(folder.resolve(program.folder()));
                }
            }
        }
        List<Entry> entries = programs.stream()
                .map(program -> new Entry(
                        program.id(),
                        program.name(),
                        program.invocations(job),
                        List.copyOf(runs.getOrDefault(program, List.of())),
                        outcomes.get(program),
                        failures.get(program)))
                .toList();
        done(job);
        return new JobResult(today(), entries);
    }

    /** A job again and again in one process, on one thread and on more, up to all cores. */
    WarmResult warm(Job job, int cores) throws IOException {
        Path folder = prepared(job);
        List<Series> series = new ArrayList<>();
        for (int threads = 1; threads < cores; threads *= 2) {
            series.add(warm(folder, threads, WARM_RENDERS));
        }
        series.add(warm(folder, cores, WARM_RENDERS));
        List<Cost> floor = new ArrayList<>();
        for (int i = 0; i < WARM_RENDERS; i++) {
            floor.add(run(job, new Floor()));
        }
        done(job);
        return new WarmResult(today(), List.copyOf(series), List.copyOf(floor));
    }

    private Series warm(Path folder, int threads, int times) throws IOException {
        Path out = folder.resolve("out/warm");
        remove(out);
        ColdRun.output(List.of("sync"));
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(JAVA);
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                WarmRenders.class.getName(),
                folder.resolve("session.yaml").toString(),
                out.toString(),
                Integer.toString(threads),
                Integer.toString(times)));
        List<Double> walls = new ArrayList<>();
        String said = ColdRun.output(command);
        try {
            said.lines().forEach(line -> walls.add(Double.valueOf(line)));
        } catch (NumberFormatException e) {
            throw new IOException(said, e);
        }
        Series series = new Series(
                threads, walls.stream().map(wall -> Math.rint(1e4 * wall) / 1e4).toList());
        progress.printf(Locale.ROOT, "  warm, %d threads: %.3f s%n", threads, series.warmS());
        return series;
    }

    /** The smallest heap for a job, and what it and one that is five times as long need without a limit. */
    MemoryResult memory(Job job, int rounds) throws IOException {
        Path folder = prepared(job);
        int fails = SMALLEST_HEAP_MB;
        int works = LARGEST_HEAP_MB;
        while (works - fails > 1) {
            int middle = (fails + works) / 2;
            if (works(job, folder, middle)) {
                works = middle;
            } else {
                fails = middle;
            }
        }
        Job longer = Job.of(job.tracks() + "x" + 5 * job.seconds());
        prepared(longer);
        List<Cost> shortRuns = new ArrayList<>();
        List<Cost> longRuns = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            shortRuns.add(run(job, mixgraph()));
            longRuns.add(run(longer, mixgraph()));
        }
        done(longer);
        done(job);
        return new MemoryResult(today(), works, List.copyOf(shortRuns), List.copyOf(longRuns));
    }

    private boolean works(Job job, Path folder, int heapMb) throws IOException {
        remove(folder.resolve(mixgraph().folder()));
        Files.createDirectories(folder.resolve("out"));
        Files.createDirectories(folder.resolve("scripts"));
        Files.writeString(folder.resolve("scripts/mixgraph.sh"), mixgraph().script(job));
        try {
            Cost cost = ColdRun.run(
                    folder,
                    List.of("timeout", "120", "sh", "scripts/mixgraph.sh"),
                    Map.of("MIXGRAPH_JAVA_OPTS", "-Xms" + heapMb + "m -Xmx" + heapMb + "m"));
            progress.printf(Locale.ROOT, "  -Xmx%dm: %.2f s, %.1f MB%n", heapMb, cost.wallS(), cost.peakMb());
            return true;
        } catch (ColdRun.Failed e) {
            progress.println("  -Xmx" + heapMb + "m: not enough");
            return false;
        }
    }

    /**
     * How it grows.
     *
     * @param moreTracks jobs of one length
     * @param longer jobs of as many tracks
     */
    ScalingResult scaling(List<Job> moreTracks, List<Job> longer, int cores) throws IOException {
        List<TrackPoint> tracks = new ArrayList<>();
        for (Job job : moreTracks) {
            Path folder = prepared(job);
            Cost cold = run(job, mixgraph());
            double warm = warm(folder, cores, WARM_RENDERS_OF_MANY).warmS();
            tracks.add(new TrackPoint(job.tracks(), job.seconds(), cold, warm));
            done(job);
        }
        List<DurationPoint> durations = new ArrayList<>();
        for (Job job : longer) {
            prepared(job);
            durations.add(new DurationPoint(job.tracks(), job.seconds(), run(job, mixgraph())));
            done(job);
        }
        return new ScalingResult(today(), List.copyOf(tracks), List.copyOf(durations));
    }

    /** Commands that are over at once. */
    StartResult start(int rounds) throws IOException {
        String launcher = mixgraph().launcher().toString();
        String example = root.resolve("examples/first-mix/session.yaml").toString();
        List<Cost> version = new ArrayList<>();
        List<Cost> plan = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            version.add(ColdRun.run(root, List.of(launcher, "version")));
            plan.add(ColdRun.run(root, List.of(launcher, "plan", example)));
        }
        progress.printf(
                Locale.ROOT,
                "  version %.2f s, plan %.2f s%n",
                Cost.median(version, Cost::wallS),
                Cost.median(plan, Cost::wallS));
        return new StartResult(today(), List.copyOf(version), List.copyOf(plan));
    }

    /**
     * The two examples whose recordings are not part of the project.
     *
     * @param recordings the folder with a folder for each
     */
    SongsResult songs(Path recordings, int rounds) throws IOException {
        List<Song> songs = new ArrayList<>();
        for (String name : SONGS) {
            Path out = work.resolve("songs").resolve(name);
            List<Cost> runs = new ArrayList<>();
            for (int round = 0; round < rounds; round++) {
                remove(out);
                Files.createDirectories(out);
                ColdRun.output(List.of("sync"));
                runs.add(ColdRun.run(root, mixgraph().render(example(name), recordings.resolve(name), out)));
            }
            RenderReport report = Json.read(Files.readString(out.resolve("report.json")), name, RenderReport.class);
            double seconds = Math.rint(10.0 * report.frames() / report.sampleRate()) / 10.0;
            songs.add(new Song(name, report.busMap().size(), seconds, List.copyOf(runs)));
            progress.printf(Locale.ROOT, "  %s %.2f s%n", name, Cost.median(runs, Cost::wallS));
            remove(out);
        }
        return new SongsResult(today(), List.copyOf(songs));
    }
}
