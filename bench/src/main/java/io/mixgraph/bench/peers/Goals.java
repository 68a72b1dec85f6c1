package io.mixgraph.bench.peers;

import io.mixgraph.audio.Numbers;
import io.mixgraph.bench.peers.Results.Entry;
import io.mixgraph.bench.peers.Results.JobResult;
import io.mixgraph.bench.peers.Results.MemoryResult;
import io.mixgraph.bench.peers.Results.ScalingResult;
import io.mixgraph.bench.peers.Results.Series;
import io.mixgraph.bench.peers.Results.TrackPoint;
import io.mixgraph.bench.peers.Results.WarmResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** What it is to reach, and whether it does. */
final class Goals {
    private Goals() {}

    /**
     * One goal.
     *
     * @param subject what is measured
     * @param wanted the goal in words
     * @param figure what was measured, in words; null when it was not
     * @param met whether that is enough
     */
    record Goal(String subject, String wanted, @Nullable String figure, boolean met) {}

    static List<Goal> of(Results results) {
        List<Goal> goals = new ArrayList<>();
        goals.add(fasterThanFastest("M: wall time against the fastest other program", results.m(), 3.0));
        goals.add(fasterThan(
                "M: wall time against FFmpeg as most people write it", results.m(), Programs.PLAIN_FFMPEG, 10.0));
        goals.add(fasterThanFastest("L: wall time against the fastest other program", results.l(), 3.0));
        goals.add(fasterThanFastest(
                "S: wall time against the fastest other program, cold start included", results.s(), 1.5));
        goals.add(lessProcessorTime(results.m()));
        goals.add(peak("M: peak memory", results.m(), 100.0));
        goals.add(flatMemory(results.memory()));
        goals.add(peak("L: peak memory", results.l(), 200.0));
        goals.add(nearFloor(results.warm()));
        goals.add(twoThreads(results.warm()));
        goals.add(plan(results));
        goals.add(flatTracks(results.scaling()));
        return List.copyOf(goals);
    }

    /**
     * How many times as much as Mixgraph a program took: the median over rounds of the ratio within a round.
     *
     * @return NaN when it has no run
     */
    static double ratio(JobResult job, Entry entry, ToDoubleFunction<Cost> figure) {
        List<Cost> own = job.entry(Mixgraph.ID).runs();
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < Math.min(own.size(), entry.runs().size()); round++) {
            ratios.add(figure.applyAsDouble(entry.runs().get(round)) / figure.applyAsDouble(own.get(round)));
        }
        return Cost.median(ratios);
    }

    /** Those that did the job, whether or not they met its target. */
    static List<Entry> others(JobResult job) {
        return job.entries().stream()
                .filter(entry -> entry.outcome() != null && entry.failure() == null)
                .filter(entry -> !entry.id().equals(Mixgraph.ID))
                .toList();
    }

    /** The one that took the least by a figure; null when there is none. */
    private static @Nullable Entry least(JobResult job, ToDoubleFunction<Cost> figure) {
        return others(job).stream()
                .min(Comparator.comparingDouble(entry -> ratio(job, entry, figure)))
                .orElse(null);
    }

    private static Goal times(String subject, @Nullable JobResult job, @Nullable Entry entry, double wanted) {
        String goal = String.format(Locale.ROOT, "at least %s times as fast", trimmed(wanted));
        if (job == null || entry == null) {
            return new Goal(subject, goal, null, false);
        }
        double ratio = ratio(job, entry, Cost::wallS);
        return new Goal(
                subject, goal, String.format(Locale.ROOT, "%.2f times (%s)", ratio, entry.name()), ratio >= wanted);
    }

    private static Goal fasterThanFastest(String subject, @Nullable JobResult job, double wanted) {
        return times(subject, job, job == null ? null : least(job, Cost::wallS), wanted);
    }

    private static Goal fasterThan(String subject, @Nullable JobResult job, String id, double wanted) {
        Entry entry = job == null
                ? null
                : others(job).stream()
                        .filter(other -> other.id().equals(id))
                        .findFirst()
                        .orElse(null);
        return times(subject, job, entry, wanted);
    }

    private static Goal lessProcessorTime(@Nullable JobResult job) {
        String subject = "M: processor time against the program that uses least";
        String goal = "at most half";
        Entry least = job == null ? null : least(job, Cost::cpuS);
        if (job == null || least == null) {
            return new Goal(subject, goal, null, false);
        }
        double share = 1.0 / ratio(job, least, Cost::cpuS);
        return new Goal(
                subject, goal, String.format(Locale.ROOT, "%.2f of it (%s)", share, least.name()), share <= 0.5);
    }

    private static Goal peak(String subject, @Nullable JobResult job, double mostMb) {
        String goal = "under " + trimmed(mostMb) + " MB";
        if (job == null) {
            return new Goal(subject, goal, null, false);
        }
        double peak = Cost.median(job.entry(Mixgraph.ID).runs(), Cost::peakMb);
        return new Goal(subject, goal, String.format(Locale.ROOT, "%.0f MB", peak), peak < mostMb);
    }

    private static Goal flatMemory(@Nullable MemoryResult memory) {
        String subject = "M for five times as long: peak memory";
        String goal = "the same within 5 %";
        if (memory == null) {
            return new Goal(subject, goal, null, false);
        }
        double change =
                100.0 * (Cost.median(memory.longer(), Cost::peakMb) / Cost.median(memory.m(), Cost::peakMb) - 1.0);
        return new Goal(subject, goal, String.format(Locale.ROOT, "%+.1f %%", change), Math.abs(change) <= 5.0);
    }

    private static Goal nearFloor(@Nullable WarmResult warm) {
        String subject = "M in a warm process against the floor";
        String goal = "within 2.5 times";
        if (warm == null) {
            return new Goal(subject, goal, null, false);
        }
        double best = warm.series().stream().mapToDouble(Series::warmS).min().orElse(Double.NaN);
        double floor = Cost.median(warm.floor(), Cost::wallS);
        return new Goal(
                subject,
                goal,
                String.format(Locale.ROOT, "%.2f times (%.2f s, floor %.2f s)", best / floor, best, floor),
                best / floor <= 2.5);
    }

    private static Goal twoThreads(@Nullable WarmResult warm) {
        String subject = "Two threads against one, warm";
        String goal = "at least 1.8 times as fast";
        Series one = warm == null ? null : series(warm, 1);
        Series two = warm == null ? null : series(warm, 2);
        if (one == null || two == null) {
            return new Goal(subject, goal, null, false);
        }
        double ratio = one.warmS() / two.warmS();
        return new Goal(subject, goal, String.format(Locale.ROOT, "%.2f times", ratio), ratio >= 1.8);
    }

    private static @Nullable Series series(WarmResult warm, int threads) {
        return warm.series().stream()
                .filter(series -> series.threads() == threads)
                .findFirst()
                .orElse(null);
    }

    private static Goal plan(Results results) {
        String subject = "`mixgraph plan` of the first example";
        String goal = "under 0.35 s";
        if (results.start() == null) {
            return new Goal(subject, goal, null, false);
        }
        double wall = Cost.median(results.start().plan(), Cost::wallS);
        return new Goal(subject, goal, String.format(Locale.ROOT, "%.2f s", wall), wall < 0.35);
    }

    /** What all tracks share, buses and master, is a smaller part the more there are: only growth would be wrong. */
    private static Goal flatTracks(@Nullable ScalingResult scaling) {
        String subject = "Time for each frame of each track, from 8 to 192 tracks, warm";
        String goal = "grows by no more than 10 %";
        if (scaling == null) {
            return new Goal(subject, goal, null, false);
        }
        double least = Double.POSITIVE_INFINITY;
        double growth = 0.0;
        StringBuilder figures = new StringBuilder();
        for (TrackPoint point : scaling.tracks()) {
            double nanos = point.nanosPerTrackFrame();
            least = Math.min(least, nanos);
            growth = Math.max(growth, nanos / least - 1.0);
            figures.append(figures.isEmpty() ? "" : ", ").append(String.format(Locale.ROOT, "%.1f", nanos));
        }
        return new Goal(
                subject,
                goal,
                String.format(Locale.ROOT, "%+.0f %% at most (%s ns)", 100.0 * growth, figures),
                growth <= 0.1);
    }

    private static String trimmed(double value) {
        return Numbers.text(value);
    }
}
