package io.mixgraph.bench;

import io.mixgraph.model.BusConfig;
import io.mixgraph.model.Clip;
import io.mixgraph.model.Session;
import io.mixgraph.model.Track;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Sessions that are longer, deeper or of other files than a {@link Job}, made of its recordings. */
public final class LargeSessions {
    /** How many buses a track of {@link #levels} goes through, one after another. */
    public static final int LEVELS = 8;

    /** How many buses of {@link #levels} stand side by side. */
    public static final int BUSES_PER_LEVEL = 8;

    private static final int BUSES_OF_LONG = 2;

    private LargeSessions() {}

    /** Every recording again and again, each time as a clip of its own; all on the first two of the job's buses. */
    public static Session repeated(Job job, int times) {
        List<BusConfig> buses = JobSession.buses(job).subList(0, BUSES_OF_LONG);
        List<Track> tracks = new ArrayList<>();
        for (Track track : JobSession.tracks(job)) {
            Clip whole = track.clips().get(0);
            List<Clip> clips = IntStream.range(0, times)
                    .mapToObj(i -> whole.withStartS((double) i * job.seconds()))
                    .toList();
            String bus = buses.get(tracks.size() * BUSES_OF_LONG / job.tracks()).id();
            tracks.add(playing(track, clips).withBus(bus));
        }
        return JobSession.of(job.name() + " " + times + " times", tracks, buses);
    }

    /**
     * Eight levels of eight buses, each of them like one of the job's: a bus feeds the one of its number in the next
     * level, those of the last feed the master. Tracks go to the buses of the first by turns.
     */
    public static Session levels(Job job) {
        List<BusConfig> buses = new ArrayList<>();
        for (int level = 1; level <= LEVELS; level++) {
            for (int i = 1; i <= BUSES_PER_LEVEL; i++) {
                // A track goes through all of the job's buses, not through the same one again and again.
                Job.Bus like = job.buses().get((level + i) % job.buses().size());
                BusConfig bus = BusConfig.of(bus(level, i))
                        .withChannel(JobSession.bus(like).channel());
                buses.add(level == LEVELS ? bus : bus.withOutput(bus(level + 1, i)));
            }
        }
        List<Track> tracks = new ArrayList<>();
        for (Track track : JobSession.tracks(job)) {
            tracks.add(track.withBus(bus(1, 1 + tracks.size() % BUSES_PER_LEVEL)));
        }
        return JobSession.of(LEVELS + " levels of buses", tracks, buses);
    }

    private static String bus(int level, int number) {
        return "level" + level + "_bus" + number;
    }

    /**
     * The job with lower faders. Those of a job count on recordings that add up by their power; at the start all strike
     * at once, and add up by their peaks, which a thousand of them show.
     *
     * @param lowerDb by how much
     */
    public static Session lowered(Job job, double lowerDb) {
        List<Track> tracks = new ArrayList<>();
        for (Job.Strip strip : job.strips()) {
            tracks.add(JobSession.track(job, strip).withGainDb(strip.gainDb() - lowerDb));
        }
        return JobSession.of("Job " + job.name() + ", lowered", tracks, JobSession.buses(job));
    }

    /** The job, with recordings that are named otherwise: {@code audio/track001.flac}, say. */
    public static Session named(Job job, String extension) {
        List<Track> tracks = new ArrayList<>();
        for (Job.Strip strip : job.strips()) {
            Track track = JobSession.track(job, strip);
            tracks.add(playing(track, List.of(Clip.of("audio/" + strip.id() + "." + extension)))
                    .withBus(job.buses().get(strip.bus()).id()));
        }
        return JobSession.of("Job " + job.name() + " of " + extension, tracks, JobSession.buses(job));
    }

    private static Track playing(Track track, List<Clip> clips) {
        return Track.of(track.id(), clips).withChannel(track.channel());
    }
}
