package io.mixgraph.bench.peers;

import io.mixgraph.bench.Job;
import io.mixgraph.bench.peers.Results.DurationPoint;
import io.mixgraph.bench.peers.Results.Entry;
import io.mixgraph.bench.peers.Results.JobResult;
import io.mixgraph.bench.peers.Results.MemoryResult;
import io.mixgraph.bench.peers.Results.ProgramVersion;
import io.mixgraph.bench.peers.Results.ScalingResult;
import io.mixgraph.bench.peers.Results.Series;
import io.mixgraph.bench.peers.Results.Song;
import io.mixgraph.bench.peers.Results.SongsResult;
import io.mixgraph.bench.peers.Results.StartResult;
import io.mixgraph.bench.peers.Results.TrackPoint;
import io.mixgraph.bench.peers.Results.WarmResult;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Results as {@code docs/performance.md}. */
final class PerformancePage {
    /** Loudness and peak may miss the target by this much before the table says so. */
    private static final double TOLERANCE_LU = 0.5;

    private static final double TOLERANCE_DB = 0.1;

    /** A stem that is less like Mixgraph's than this is another mix. */
    private static final double LEAST_LIKENESS = 0.95;

    /** The page that shows what {@link #scripts} says, beside this one. */
    static final String SCRIPTS = "performance-scripts.md";

    private final StringBuilder page = new StringBuilder();

    private PerformancePage() {}

    /** @param shortfalls what stands at the end: why a goal is missed; may be empty */
    static String of(Results results, String shortfalls) {
        PerformancePage made = new PerformancePage();
        made.introduction(results.machine());
        made.goals(results);
        made.job(Job.M, results.m());
        made.job(Job.S, results.s());
        made.job(Job.L, results.l());
        made.warm(results.warm());
        made.memory(results.memory());
        made.scaling(results.scaling());
        made.start(results.start());
        made.songs(results.songs());
        made.page.append(LargeSection.of(results.large()));
        made.programs(results.programs());
        if (!shortfalls.isBlank()) {
            made.page.append('\n').append(shortfalls.strip()).append('\n');
        }
        return made.page.toString();
    }

    /** The page of scripts, for S. */
    static String scripts(List<Program> programs) {
        StringBuilder text = new StringBuilder("# The scripts that [performance](performance.md) is measured with\n\n"
                + "These are for S; those of other jobs differ in their inputs. `bench/job S DIR` writes the job into a"
                + " folder, in which they run.\n");
        for (Program program : programs) {
            text.append("\n## ").append(program.name()).append("\n\n```sh\n");
            text.append(program.script(Job.S)).append("```\n");
        }
        return text.toString();
    }

    private void introduction(Machine machine) {
        page.append("# Performance\n\n");
        page.append("`bench/peers` measures all of this again and writes this page; the raw figures are in"
                + " [bench/results.json](../bench/results.json). A figure is the median of its runs.\n\n");
        page.append(new MarkdownTable("Machine", "")
                .add("processor", machine.cpu())
                .add("cores", Integer.toString(machine.cores()))
                .add("memory", machine.memoryGib() + " GiB")
                .add("kernel", machine.kernel())
                .add("Java", machine.jdk()));
        page.append("\nA **job** is a number of recordings, 48 kHz and 24 bits, every second one stereo, with fader and"
                + " pan each, on four buses, each with a highpass, three bells, a compressor and a fader. It ends in a"
                + " 24-bit master of −14 LUFS under −1 dBTP, and four 24-bit stems.\n\n");
        MarkdownTable jobs = new MarkdownTable("Job", "tracks", "seconds", "reads", "writes");
        for (Job job : List.of(Job.S, Job.M, Job.L)) {
            jobs.add(
                    job.name(),
                    Integer.toString(job.tracks()),
                    Integer.toString(job.seconds()),
                    job.inputBytes() / 1_000_000 + " MB",
                    job.outputBytes() / 1_000_000 + " MB");
        }
        page.append(jobs);
    }

    private void goals(Results results) {
        page.append("\n## Goals\n\n");
        MarkdownTable table = new MarkdownTable("", "goal", "measured", "met");
        for (Goals.Goal goal : Goals.of(results)) {
            String figure = goal.figure();
            table.add(
                    goal.subject(),
                    goal.wanted(),
                    figure == null ? "not measured" : figure,
                    figure == null ? "" : goal.met() ? "yes" : "**no**");
        }
        page.append(table);
    }

    private void job(Job job, @Nullable JobResult result) {
        if (result == null) {
            return;
        }
        page.append("\n## ").append(job.name()).append(" as cold processes\n\n");
        int rounds = result.entry(Mixgraph.ID).runs().size();
        page.append(result.date() + ", " + rounds + (rounds == 1 ? " round" : " rounds")
                + ": in each, every program once, one after another. Memory is that of the largest process."
                + " “Against Mixgraph” is the median of the ratios within each round.\n\n");
        MarkdownTable table = new MarkdownTable(
                "program", "wall", "CPU", "memory", "against Mixgraph", "processes", "master", "files");
        for (Entry entry : result.entries()) {
            boolean ran = !entry.runs().isEmpty();
            table.add(
                    entry.name(),
                    ran ? seconds(Cost.median(entry.runs(), Cost::wallS)) : "",
                    ran ? seconds(Cost.median(entry.runs(), Cost::cpuS)) : "",
                    ran ? megabytes(Cost.median(entry.runs(), Cost::peakMb)) : "",
                    ran
                            ? figure("%.2f × wall, ", Goals.ratio(result, entry, Cost::wallS))
                                    + figure("%.2f × CPU", Goals.ratio(result, entry, Cost::cpuS))
                            : "",
                    Integer.toString(entry.invocations()),
                    master(entry.outcome()),
                    entry.failure() != null ? "failed: " + entry.failure() : files(entry.outcome()));
        }
        page.append(table);
    }

    private static String master(@Nullable Outcome outcome) {
        if (outcome == null) {
            return "";
        }
        String text = figure("%.1f LUFS, ", outcome.integratedLufs()) + figure("%.1f dBTP", outcome.truePeakDbtp());
        if (!(Math.abs(outcome.integratedLufs() - Job.TARGET_LUFS) <= TOLERANCE_LU)) {
            text += "; misses the target";
        }
        if (!(outcome.truePeakDbtp() <= Job.CEILING_DBTP + TOLERANCE_DB)) {
            text += "; over the ceiling";
        }
        return text;
    }

    private static String files(@Nullable Outcome outcome) {
        if (outcome == null) {
            return "";
        }
        String text = outcome.files() + " files";
        text += outcome.wrongLengths() == 0
                ? " of the job's length"
                : ", of which " + outcome.wrongLengths() + " have another length";
        text += late("stems", outcome.lateFrames()) + late("master", outcome.masterLateFrames());
        text += Double.isFinite(outcome.residualDbfs())
                ? figure("; Σ stems − mix %.0f dBFS", outcome.residualDbfs())
                : "; Σ stems = mix";
        return outcome.likeness() < LEAST_LIKENESS
                ? text + figure("; correlates with Mixgraph's by %.2f only", outcome.likeness())
                : text;
    }

    private static String late(String what, int frames) {
        return frames == 0
                ? ""
                : "; " + what + (frames > 0 ? " late by " : " early by ") + Math.abs(frames) + " frames";
    }

    private void warm(@Nullable WarmResult warm) {
        if (warm == null) {
            return;
        }
        page.append("\n## M in a warm process\n\n");
        page.append(warm.date() + ". The library renders M again and again in one process, from planning to published"
                + " files; the median of the second half of the renders counts. The floor reads every input and writes"
                + " as many bytes as the files have.\n\n");
        MarkdownTable table = new MarkdownTable("", "wall", "against one thread", "against the floor");
        double floor = Cost.median(warm.floor(), Cost::wallS);
        double one = warm.series().get(0).warmS();
        for (Series series : warm.series()) {
            table.add(
                    series.threads() == 1 ? "1 thread" : series.threads() + " threads",
                    figure("%.3f s", series.warmS()),
                    figure("%.2f times as fast", one / series.warmS()),
                    figure("%.2f times", series.warmS() / floor));
        }
        page.append(table.add("floor", seconds(floor), "", ""));
    }

    private void memory(@Nullable MemoryResult memory) {
        if (memory == null) {
            return;
        }
        page.append("\n## Memory\n\n");
        page.append(memory.date() + ". The smallest heap that renders M is `-Xmx" + memory.smallestHeapMb()
                + "m`. Peak memory of the process:\n\n");
        page.append(new MarkdownTable("", "wall", "memory")
                .add(
                        "M",
                        seconds(Cost.median(memory.m(), Cost::wallS)),
                        megabytes(Cost.median(memory.m(), Cost::peakMb)))
                .add(
                        "as many tracks for " + 5 * Job.M.seconds() + " s",
                        seconds(Cost.median(memory.longer(), Cost::wallS)),
                        megabytes(Cost.median(memory.longer(), Cost::peakMb))));
    }

    private void scaling(@Nullable ScalingResult scaling) {
        if (scaling == null) {
            return;
        }
        page.append("\n## How it grows\n\n");
        page.append(scaling.date() + ". With tracks. The buses and the master are the same for any number, so their"
                + " share of a track's time falls; the last column is what the tracks added to the line before took"
                + " alone.\n\n");
        MarkdownTable tracks = new MarkdownTable(
                "tracks",
                "seconds",
                "cold",
                "memory",
                "warm",
                "warm, each frame of each track",
                "each frame of each added track");
        TrackPoint before = null;
        for (TrackPoint point : scaling.tracks()) {
            tracks.add(
                    Integer.toString(point.tracks()),
                    Integer.toString(point.seconds()),
                    seconds(point.cold().wallS()),
                    megabytes(point.cold().peakMb()),
                    figure("%.3f s", point.warmS()),
                    figure("%.1f ns", point.nanosPerTrackFrame()),
                    before == null ? "" : figure("%.1f ns", addedNanos(before, point)));
            before = point;
        }
        page.append(tracks).append("\nWith time, cold:\n\n");
        MarkdownTable durations = new MarkdownTable("tracks", "seconds", "wall", "CPU", "memory", "times real time");
        for (DurationPoint point : scaling.durations()) {
            durations.add(
                    Integer.toString(point.tracks()),
                    Integer.toString(point.seconds()),
                    seconds(point.cold().wallS()),
                    seconds(point.cold().cpuS()),
                    megabytes(point.cold().peakMb()),
                    figure("%.0f", point.seconds() / point.cold().wallS()));
        }
        page.append(durations);
    }

    private static double addedNanos(TrackPoint before, TrackPoint point) {
        double frames = (double) point.seconds() * Job.SAMPLE_RATE * (point.tracks() - before.tracks());
        return (point.warmS() - before.warmS()) * 1e9 / frames;
    }

    private void start(@Nullable StartResult start) {
        if (start == null) {
            return;
        }
        page.append("\n## Start\n\n").append(start.date()).append(".\n\n");
        page.append(new MarkdownTable("command", "wall", "CPU", "memory")
                .add(
                        "`mixgraph version`",
                        cells(start.version())[0],
                        cells(start.version())[1],
                        cells(start.version())[2])
                .add(
                        "`mixgraph plan examples/first-mix/session.yaml`",
                        cells(start.plan())[0],
                        cells(start.plan())[1],
                        cells(start.plan())[2]));
    }

    private void songs(@Nullable SongsResult songs) {
        if (songs == null) {
            return;
        }
        page.append("\n## Songs\n\n").append(songs.date());
        page.append(". The two examples with real, compressed recordings, cold and without a cache.\n\n");
        MarkdownTable table = new MarkdownTable("example", "tracks", "seconds", "wall", "CPU", "memory");
        for (Song song : songs.songs()) {
            String[] cells = cells(song.runs());
            table.add(
                    song.name(),
                    Integer.toString(song.tracks()),
                    figure("%.1f", song.seconds()),
                    cells[0],
                    cells[1],
                    cells[2]);
        }
        page.append(table);
    }

    private void programs(List<ProgramVersion> programs) {
        page.append("\n## How the others do it\n\n");
        page.append(
                "None of the other programs gives stems and a master that meets the target in one process: the"
                        + " gain is known only once the mix is measured. Each does the job in the fewest and fastest steps that"
                        + " were found. Filters and gains are the same; compressors and limiters are each program's own, so"
                        + " files are alike, not equal. A program that misses something is not left out of the comparison.\n\n");
        MarkdownTable table = new MarkdownTable("program", "version", "how");
        for (ProgramVersion program : programs) {
            table.add(program.name(), program.version(), program.remark());
        }
        page.append(table).append("\n[Their scripts](" + SCRIPTS + ").\n");
    }

    private static String[] cells(List<Cost> runs) {
        return new String[] {
            seconds(Cost.median(runs, Cost::wallS)),
            seconds(Cost.median(runs, Cost::cpuS)),
            megabytes(Cost.median(runs, Cost::peakMb))
        };
    }

    static String seconds(double seconds) {
        return figure("%.2f s", seconds);
    }

    static String megabytes(double megabytes) {
        return figure("%.0f MB", megabytes);
    }

    static String figure(String format, double value) {
        return String.format(Locale.ROOT, format, value).replace('-', '−');
    }
}
