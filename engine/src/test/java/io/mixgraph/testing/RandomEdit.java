package io.mixgraph.testing;

import io.mixgraph.audio.AudioSource;
import io.mixgraph.audio.SampleEncoding;
import io.mixgraph.audio.SourceOpener;
import io.mixgraph.fx.RecordShape;
import io.mixgraph.model.BusConfig;
import io.mixgraph.model.Channel;
import io.mixgraph.model.Clip;
import io.mixgraph.model.FileFormat;
import io.mixgraph.model.InvalidSessionException;
import io.mixgraph.model.LimiterConfig;
import io.mixgraph.model.Session;
import io.mixgraph.model.StemOutput;
import io.mixgraph.model.StemTap;
import io.mixgraph.model.Tail;
import io.mixgraph.model.Track;
import io.mixgraph.routing.GraphCompiler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A session that somebody works on, as drawn at random: every edit changes one thing, from a fader to a recording, and
 * leaves a session that can be rendered.
 */
public final class RandomEdit {
    private final SplittableRandom random;
    private final RandomMix mix;
    private final Map<String, AudioSource> replaced = new HashMap<>();
    private Session session;

    /** @param mix what is worked on */
    public RandomEdit(RandomMix mix, long seed) {
        this.random = new SplittableRandom(seed);
        this.mix = mix;
        this.session = mix.session();
    }

    /** As it is now. */
    public Session session() {
        return session;
    }

    /** The recordings as they are now. */
    public SourceOpener sources() {
        Map<String, AudioSource> now = Map.copyOf(replaced);
        return name -> {
            AudioSource source = now.get(name);
            return source == null ? mix.sources().open(name) : source;
        };
    }

    /** Changes one thing. */
    public void edit() {
        while (true) {
            Session edited = edited();
            try {
                GraphCompiler.compile(edited, sources());
                session = edited;
                return;
            } catch (InvalidSessionException e) {
                // What cannot be is not an edit; another one is drawn.
            }
        }
    }

    private Session edited() {
        return switch (random.nextInt(16)) {
            case 0 -> withTrack(track().withGainDb(number(-12, 6)));
            case 1, 2, 3 -> withBus(bus().withGainDb(number(-12, 6)));
            case 4 -> withTrack(track().withMute(random.nextBoolean()).withSolo(random.nextInt(4) == 0));
            case 5 -> muted(bus());
            case 6 -> withTrack(track().withChannel(otherTrack().channel()));
            case 7 -> withBus(bus().withChannel(otherBus().channel()));
            case 8 -> trimmed(track());
            case 9 -> trimmed(bus());
            case 10 -> withTrack(moved(track()));
            case 11 -> otherTracks();
            case 12 -> withMaster();
            case 13 -> withOutput();
            case 14 -> renamed();
            default -> recorded();
        };
    }

    private Track track() {
        return session.tracks().get(random.nextInt(session.tracks().size()));
    }

    private BusConfig bus() {
        return session.buses().get(random.nextInt(session.buses().size()));
    }

    /** A track of another console. */
    private Track otherTrack() {
        List<Track> tracks = new RandomMix(random.nextLong()).session().tracks();
        return tracks.get(random.nextInt(tracks.size()));
    }

    private BusConfig otherBus() {
        List<BusConfig> buses = new RandomMix(random.nextLong()).session().buses();
        return buses.get(random.nextInt(buses.size()));
    }

    private Session muted(BusConfig bus) {
        return withBus(bus.withChannel(bus.channel().withMute(random.nextBoolean())));
    }

    private Session trimmed(Track track) {
        return withTrack(track.withChannel(trimmed(track.channel())));
    }

    private Session trimmed(BusConfig bus) {
        return withBus(bus.withChannel(trimmed(bus.channel())));
    }

    private Channel trimmed(Channel channel) {
        return channel.withTrimDelayFrames(random.nextInt(-300, 300));
    }

    private Track moved(Track track) {
        List<Clip> clips = new ArrayList<>(track.clips());
        int which = random.nextInt(clips.size());
        clips.set(which, clips.get(which).withStartS(number(0, 0.05)));
        return RecordShape.with(track, "clips", clips);
    }

    /** One track less, or all in another order. */
    private Session otherTracks() {
        List<Track> tracks = new ArrayList<>(session.tracks());
        Track taken = tracks.remove(random.nextInt(tracks.size()));
        if (random.nextBoolean() || tracks.isEmpty()) {
            tracks.add(taken);
        }
        return RecordShape.with(session, "tracks", tracks);
    }

    private Session withTrack(Track track) {
        return RecordShape.with(
                session,
                "tracks",
                session.tracks().stream()
                        .map(old -> old.id().equals(track.id()) ? track : old)
                        .toList());
    }

    private Session withBus(BusConfig bus) {
        return session.withBuses(session.buses().stream()
                .map(old -> old.id().equals(bus.id()) ? bus : old)
                .toList());
    }

    private Session withMaster() {
        return session.withMaster(
                switch (random.nextInt(3)) {
                    case 0 -> session.master().withGainDb(number(-6, 3));
                    case 1 -> session.master().withLimiter(LimiterConfig.at(-2)).withLoudness(null);
                    default -> new RandomMix(random.nextLong()).session().master();
                });
    }

    private Session withOutput() {
        StemOutput stems = new StemOutput(
                random.nextInt(4) > 0,
                StemTap.values()[random.nextInt(StemTap.values().length)],
                FileFormat.wav(SampleEncoding.FLOAT32),
                0,
                random.nextBoolean());
        return session.withOutput(
                switch (random.nextInt(3)) {
                    case 0 -> session.output().withTail(random.nextBoolean() ? Tail.AUTO : Tail.seconds(0.01));
                    case 1 -> session.output().withChannels(1 + random.nextInt(2));
                    default -> session.output().withStems(stems);
                });
    }

    private Session renamed() {
        Track track = track();
        return withTrack(RecordShape.with(track, "name", "take " + random.nextInt(100)));
    }

    /** Another take under an old name, or an old one under another name, at whatever rate and width. */
    private Session recorded() {
        String name = "recording" + random.nextInt(4);
        AudioSource take;
        try {
            take = random.nextBoolean()
                    ? MemorySource.noise(name, 48_000, 1 + random.nextInt(2), 6_000, 0.4, random.nextLong())
                    : sources().open("recording" + random.nextInt(4));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        replaced.put(name, take);
        return session;
    }

    private double number(double min, double max) {
        return StrictMath.rint((min + random.nextDouble() * (max - min)) * 1e4) / 1e4;
    }
}
