package io.mixgraph.bench.peers;

import io.mixgraph.MixEngine;
import io.mixgraph.bench.Job;
import io.mixgraph.bench.LargeSessions;
import io.mixgraph.bench.peers.LargeResult.HoursResult;
import io.mixgraph.bench.peers.LargeResult.Proof;
import io.mixgraph.bench.peers.LargeResult.Run;
import io.mixgraph.bench.peers.LargeResult.StopsResult;
import io.mixgraph.bench.peers.LargeResult.TracksResult;
import io.mixgraph.documents.DocumentFormat;
import io.mixgraph.documents.Json;
import io.mixgraph.documents.SessionDocuments;
import io.mixgraph.model.InvalidSessionException;
import io.mixgraph.model.Session;
import io.mixgraph.render.RenderPlan;
import io.mixgraph.render.RenderReport;
import io.mixgraph.wav.WavFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs jobs that are long or large, and looks at what came of them. What they write is removed at once.
 *
 * @param measurements where jobs are, and who is told of every run
 */
record LargeMeasurements(Measurements measurements) {
    private static final int MINUTES = 600;
    private static final int SHORT_MINUTES = 10;
    private static final long MORE_THAN_RIFF_HOLDS = 1L << 32;

    /** What is left free on the disk. */
    private static final long SPARE_BYTES = 2_000_000_000;

    /** Of a minute each, so that clips of them are minutes. */
    private static final Job RECORDINGS = Job.S;

    private static final Job TRACKS = Job.of("1000x6");

    /** By how much their faders are lower than a job's. */
    static final double LOWER_DB = 10.0;

    private static final int ALLOWED_FILES = 256;
    private static final int STOPS = 16;

    private Path folder() {
        return measurements.work().resolve("large");
    }

    private Path out() {
        return folder().resolve("out");
    }

    /** @param songs the folder with the recordings of the examples; null for compressed recordings of a job */
    LargeResult measure(@Nullable Path songs) throws IOException {
        Measurements.remove(folder());
        Path recordings = measurements.prepared(RECORDINGS);
        HoursResult hours = hours(recordings);
        TracksResult tracks = tracks();
        Path levels = written("levels", LargeSessions.levels(RECORDINGS));
        Run deep = rendered("levels", mixgraph().render(levels, recordings, out()));
        Cost plan = ColdRun.run(
                folder(),
                List.of(
                        mixgraph().launcher().toString(),
                        "plan",
                        levels.toString(),
                        "--sources",
                        recordings.toString()));
        measurements.progress().printf(Locale.ROOT, "  plan %.2f s%n", plan.wallS());
        Job stopped = Files.exists(measurements.folder(Job.M).resolve("session.yaml")) ? Job.M : Job.S;
        Path job = measurements.prepared(stopped);
        List<StopsResult> stops = List.of(
                stops(stopped.name(), mixgraph().render(job.resolve("session.yaml"), job, out())),
                songs == null ? flac(stopped, job) : song(songs, Measurements.SONGS.get(0)));
        measurements.done(stopped);
        measurements.done(RECORDINGS);
        Measurements.remove(folder());
        return new LargeResult(Measurements.today(), hours, tracks, deep, plan, stops);
    }

    private Mixgraph mixgraph() {
        return measurements.mixgraph();
    }

    private Path written(String name, Session session) throws IOException {
        Files.createDirectories(folder());
        Path document = folder().resolve(name + ".yaml");
        Files.writeString(document, SessionDocuments.write(session, DocumentFormat.YAML));
        return document;
    }

    /** A watched run, its files there. */
    private Run run(String name, List<String> command, Map<String, String> environment, List<ColdRun.Watch> watches)
            throws IOException {
        Measurements.remove(out());
        ColdRun.output(List.of("sync"));
        OpenFilesWatch files = new OpenFilesWatch();
        List<ColdRun.Watch> all = new ArrayList<>(watches);
        all.add(files);
        Cost cost = ColdRun.run(folder(), command, environment, all);
        measurements
                .progress()
                .printf(
                        Locale.ROOT,
                        "  %-12s %7.2f s %7.2f s CPU %7.1f MB %s files%n",
                        name,
                        cost.wallS(),
                        cost.cpuS(),
                        cost.peakMb(),
                        files.most());
        return new Run(cost, files.most(), proof(report()));
    }

    /** A watched run, its files removed. */
    private Run rendered(String name, List<String> command) throws IOException {
        Run run = run(name, command, Map.of(), List.of());
        Measurements.remove(out());
        return run;
    }

    private RenderReport report() throws IOException {
        Path report = out().resolve("report.json");
        return Json.read(Files.readString(report), report.toString(), RenderReport.class);
    }

    private static Proof proof(RenderReport report) {
        RenderReport.Certificate certificate = report.certificate();
        return new Proof(
                (int) report.files().stream()
                        .filter(RenderReport.FileReport::inSum)
                        .count(),
                certificate.holds(),
                certificate.nullResidualDbfs(),
                report.loudnormMetrics().outputI(),
                report.loudnormMetrics().outputTp());
    }

    private @Nullable HoursResult hours(Path recordings) throws IOException {
        int minutes = minutes(recordings);
        if (minutes == 0) {
            measurements.progress().println("  hours: the disk has no room for files of more than 4 GiB");
            return null;
        }
        Session session = LargeSessions.repeated(RECORDINGS, minutes);
        ProgressWatch progress = new ProgressWatch(System::nanoTime);
        Run run = run(
                minutes + " minutes",
                mixgraph().render(written("hours", session), recordings, out()),
                Map.of("MIXGRAPH_JAVA_OPTS", ProgressWatch.JAVA_OPTION),
                List.of(progress));
        long fileBytes = Long.MAX_VALUE;
        int wrong = 0;
        List<RenderReport.FileReport> files = report().files();
        for (RenderReport.FileReport file : files) {
            Path path = out().resolve(file.path());
            fileBytes = Math.min(fileBytes, Files.size(path));
            wrong += isRf64(path, minutes * RECORDINGS.frames()) ? 0 : 1;
        }
        Measurements.remove(out());
        Path shortSession = written("minutes", LargeSessions.repeated(RECORDINGS, SHORT_MINUTES));
        Run shortRun = rendered(SHORT_MINUTES + " minutes", mixgraph().render(shortSession, recordings, out()));
        int clips = session.tracks().stream()
                .mapToInt(track -> track.clips().size())
                .sum();
        return new HoursResult(
                minutes, clips, fileBytes, files.size(), wrong, run, progress.result(), SHORT_MINUTES, shortRun);
    }

    /** As many as the disk has room for; 0 when files would not be past what RIFF holds. */
    private int minutes(Path recordings) throws IOException {
        RenderPlan minute;
        try {
            minute = new MixEngine()
                    .plan(LargeSessions.repeated(RECORDINGS, 1), name -> WavFile.of(recordings.resolve(name), name));
        } catch (InvalidSessionException e) {
            throw new IllegalStateException(e);
        }
        long free = Files.getFileStore(recordings).getUsableSpace() - SPARE_BYTES;
        long minutes = Math.min(MINUTES, free / minute.diskBytes());
        return minutes * minute.masterFile().bytes() > MORE_THAN_RIFF_HOLDS ? (int) minutes : 0;
    }

    /** Whether a file is what one past 4 GiB is to be, and whole. */
    static boolean isRf64(Path path, long frames) throws IOException {
        try (InputStream bytes = Files.newInputStream(path)) {
            if (!new String(bytes.readNBytes(4), StandardCharsets.US_ASCII).equals("RF64")) {
                return false;
            }
        }
        WavFile file = WavFile.of(path);
        return file.frames() == frames && file.warnings().isEmpty();
    }

    private TracksResult tracks() throws IOException {
        Path job = measurements.prepared(TRACKS);
        List<String> limited =
                new ArrayList<>(List.of("sh", "-c", "ulimit -n " + ALLOWED_FILES + "; exec \"$@\"", "sh"));
        limited.addAll(mixgraph().render(written("tracks", LargeSessions.lowered(TRACKS, LOWER_DB)), job, out()));
        Run run = rendered(TRACKS.tracks() + " tracks", limited);
        measurements.done(TRACKS);
        return new TracksResult(TRACKS.tracks(), TRACKS.seconds(), ALLOWED_FILES, run);
    }

    private StopsResult song(Path songs, String name) throws IOException {
        return stops(name, mixgraph().render(measurements.example(name), songs.resolve(name), out()));
    }

    /** A job whose recordings FFmpeg has compressed, and decodes while it is rendered. */
    private StopsResult flac(Job job, Path recordings) throws IOException {
        Path compressed = folder().resolve("compressed");
        Files.createDirectories(compressed.resolve("audio"));
        for (Job.Strip strip : job.strips()) {
            ColdRun.run(
                    recordings,
                    List.of(
                            "ffmpeg",
                            "-v",
                            "error",
                            "-i",
                            strip.file(),
                            compressed
                                    .resolve("audio")
                                    .resolve(strip.id() + ".flac")
                                    .toString()));
        }
        Path session = written("flac", LargeSessions.named(job, "flac"));
        return stops(job.name() + " of FLAC", mixgraph().render(session, compressed, out()));
    }

    private StopsResult stops(String name, List<String> command) throws IOException {
        Run whole = rendered(name, command);
        int stops = 0;
        double longestS = 0.0;
        TreeSet<Integer> exitCodes = new TreeSet<>();
        int leftovers = 0;
        int published = 0;
        for (int i = 0; i < STOPS; i++) {
            double afterS = whole.cost().wallS() * (i + 0.5) / STOPS;
            StoppedRun stopped = StoppedRun.of(folder(), command, afterS);
            if (stopped != null) {
                measurements
                        .progress()
                        .printf(
                                Locale.ROOT,
                                "  %-12s stopped after %.2f s: over after %.3f s with %d%n",
                                name,
                                afterS,
                                stopped.untilOverS(),
                                stopped.exitCode());
                stops++;
                longestS = Math.max(longestS, stopped.untilOverS());
                exitCodes.add(stopped.exitCode());
                if (Files.exists(out().resolve("report.json"))) {
                    published++;
                } else {
                    leftovers += entries(out());
                }
            }
            Measurements.remove(out());
        }
        return new StopsResult(name, whole, stops, longestS, List.copyOf(exitCodes), leftovers, published);
    }

    /** How many files and folders there are, the folder itself with them. */
    private static int entries(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return (int) files.count();
        }
    }
}
