package io.mixgraph.bench.peers;

import io.mixgraph.bench.Job;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that was measured, as it is kept in {@code bench/results.json}. A part that was never measured is null.
 *
 * @param machine where
 * @param programs what was compared
 */
public record Results(
        Machine machine,
        List<ProgramVersion> programs,
        @Nullable JobResult s,
        @Nullable JobResult m,
        @Nullable JobResult l,
        @Nullable WarmResult warm,
        @Nullable MemoryResult memory,
        @Nullable ScalingResult scaling,
        @Nullable StartResult start,
        @Nullable SongsResult songs,
        @Nullable LargeResult large) {

    /** Nothing measured yet. */
    static Results none(Machine machine) {
        return new Results(machine, List.of(), null, null, null, null, null, null, null, null, null);
    }

    Results withPrograms(List<ProgramVersion> newPrograms) {
        return new Results(machine, newPrograms, s, m, l, warm, memory, scaling, start, songs, large);
    }

    Results withS(JobResult newS) {
        return new Results(machine, programs, newS, m, l, warm, memory, scaling, start, songs, large);
    }

    Results withM(JobResult newM) {
        return new Results(machine, programs, s, newM, l, warm, memory, scaling, start, songs, large);
    }

    Results withL(JobResult newL) {
        return new Results(machine, programs, s, m, newL, warm, memory, scaling, start, songs, large);
    }

    Results withWarm(WarmResult newWarm) {
        return new Results(machine, programs, s, m, l, newWarm, memory, scaling, start, songs, large);
    }

    Results withMemory(MemoryResult newMemory) {
        return new Results(machine, programs, s, m, l, warm, newMemory, scaling, start, songs, large);
    }

    Results withScaling(ScalingResult newScaling) {
        return new Results(machine, programs, s, m, l, warm, memory, newScaling, start, songs, large);
    }

    Results withStart(StartResult newStart) {
        return new Results(machine, programs, s, m, l, warm, memory, scaling, newStart, songs, large);
    }

    Results withSongs(SongsResult newSongs) {
        return new Results(machine, programs, s, m, l, warm, memory, scaling, start, newSongs, large);
    }

    Results withLarge(LargeResult newLarge) {
        return new Results(machine, programs, s, m, l, warm, memory, scaling, start, songs, newLarge);
    }

    /**
     * A program in its form.
     *
     * @param id of the form
     * @param name for tables
     * @param version the first line that it prints of its version
     * @param remark how it does the job
     */
    public record ProgramVersion(String id, String name, String version, String remark) {}

    /**
     * A job by all programs, in rounds: the runs of one round followed each other.
     *
     * @param date when, such as 2026-11-28
     * @param entries Mixgraph first
     */
    public record JobResult(String date, List<Entry> entries) {
        /** @throws IllegalStateException when it is not there */
        Entry entry(String id) {
            return entries.stream()
                    .filter(entry -> entry.id.equals(id))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no " + id));
        }
    }

    /**
     * One program's runs of a job.
     *
     * @param id of the program
     * @param name for tables
     * @param invocations how many programs it starts
     * @param runs one for each round; fewer when it failed
     * @param outcome what its files are like; null when it has none
     * @param failure why it did not do the job; null when it did
     */
    public record Entry(
            String id,
            String name,
            int invocations,
            List<Cost> runs,
            @Nullable Outcome outcome,
            @Nullable String failure) {}

    /**
     * M again and again in one process.
     *
     * @param series one for each number of threads
     * @param floor the runs of reading and writing alone
     */
    public record WarmResult(String date, List<Series> series, List<Cost> floor) {}

    /** Renders in one process one after another, in seconds. */
    public record Series(int threads, List<Double> wallS) {
        /** The median once warm: of the second half. */
        double warmS() {
            return Cost.median(wallS.subList(wallS.size() / 2, wallS.size()));
        }
    }

    /**
     * What a render needs.
     *
     * @param smallestHeapMb the smallest -Xmx in MiB with which M is rendered
     * @param m runs of M
     * @param longer runs of a job of as many tracks, five times as long
     */
    public record MemoryResult(String date, int smallestHeapMb, List<Cost> m, List<Cost> longer) {}

    /** How it grows with tracks, at 60 s, and with time, at 8 tracks. */
    public record ScalingResult(String date, List<TrackPoint> tracks, List<DurationPoint> durations) {}

    /**
     * @param cold a cold process
     * @param warmS a warm one, in seconds
     */
    public record TrackPoint(int tracks, int seconds, Cost cold, double warmS) {
        /** Nanoseconds of a warm process for each frame of each track. */
        double nanosPerTrackFrame() {
            return warmS * 1e9 / ((double) seconds * Job.SAMPLE_RATE * tracks);
        }
    }

    public record DurationPoint(int tracks, int seconds, Cost cold) {}

    /** Short commands. */
    public record StartResult(String date, List<Cost> version, List<Cost> plan) {}

    /** Renders of real recordings. */
    public record SongsResult(String date, List<Song> songs) {}

    /**
     * @param tracks how many recordings
     * @param seconds how long the mix is
     */
    public record Song(String name, int tracks, double seconds, List<Cost> runs) {}
}
