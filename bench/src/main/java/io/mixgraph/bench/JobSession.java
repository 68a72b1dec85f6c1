package io.mixgraph.bench;

import io.mixgraph.audio.SampleEncoding;
import io.mixgraph.fx.Compressor;
import io.mixgraph.fx.Eq;
import io.mixgraph.fx.Highpass;
import io.mixgraph.model.BusConfig;
import io.mixgraph.model.LoudnessConfig;
import io.mixgraph.model.Master;
import io.mixgraph.model.Output;
import io.mixgraph.model.Session;
import io.mixgraph.model.StemOutput;
import io.mixgraph.model.Tail;
import io.mixgraph.model.Track;
import java.util.List;

/** A {@link Job} as a session of Mixgraph. */
final class JobSession {
    private JobSession() {}

    static Session of(Job job) {
        return of("Job " + job.name(), tracks(job), buses(job));
    }

    /** Other tracks and buses, into a master and stems like a job's. */
    static Session of(String name, List<Track> tracks, List<BusConfig> buses) {
        return Session.of(name, tracks)
                .withSampleRate(Job.SAMPLE_RATE)
                .withBusPreset("none")
                .withBuses(buses)
                .withMaster(Master.EMPTY.withLoudness(LoudnessConfig.of(Job.TARGET_LUFS, Job.CEILING_DBTP)))
                .withOutput(Output.DEFAULT
                        .withStems(StemOutput.DEFAULT.withEncoding(SampleEncoding.PCM24))
                        .withTail(Tail.NONE));
    }

    static List<Track> tracks(Job job) {
        return job.strips().stream().map(strip -> track(job, strip)).toList();
    }

    static List<BusConfig> buses(Job job) {
        return job.buses().stream().map(JobSession::bus).toList();
    }

    static Track track(Job job, Job.Strip strip) {
        return Track.of(strip.id(), strip.file())
                .withBus(job.buses().get(strip.bus()).id())
                .withGainDb(strip.gainDb())
                .withPan(strip.pan());
    }

    static BusConfig bus(Job.Bus bus) {
        Eq eq = new Eq(bus.bells().stream()
                .map(bell -> new Eq.Band(Eq.BandType.PEAK, bell.frequencyHz(), bell.gainDb(), bell.q(), true))
                .toList());
        Compressor compressor =
                new Compressor(bus.thresholdDb(), Job.RATIO, Job.ATTACK_MS, Job.RELEASE_MS, Job.KNEE_DB, 0.0);
        return BusConfig.of(bus.id())
                .withFx(List.of(new Highpass(Job.HIGHPASS_HZ, 12), eq, compressor))
                .withGainDb(bus.gainDb());
    }
}
