package io.mixgraph.testing;

import io.mixgraph.audio.AudioSource;
import io.mixgraph.audio.SampleEncoding;
import io.mixgraph.audio.SourceOpener;
import io.mixgraph.fx.Effect;
import io.mixgraph.fx.EffectCatalogue;
import io.mixgraph.model.Automation;
import io.mixgraph.model.BusConfig;
import io.mixgraph.model.Clip;
import io.mixgraph.model.FadeShape;
import io.mixgraph.model.FileFormat;
import io.mixgraph.model.LimiterConfig;
import io.mixgraph.model.LoudnessConfig;
import io.mixgraph.model.Master;
import io.mixgraph.model.Output;
import io.mixgraph.model.Send;
import io.mixgraph.model.Session;
import io.mixgraph.model.Tail;
import io.mixgraph.model.Tap;
import io.mixgraph.model.Track;
import java.io.FileNotFoundException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A console drawn at random, with recordings to play: tracks of overlapping clips at several rates, nested buses, sends
 * from every tap, keys, effects, automation, mutes and solos. Every session is valid, short, and different for every
 * seed.
 */
public final class RandomMix {
    private static final int RATE = 48_000;
    private static final int FRAMES = 6_000;

    private final SplittableRandom random;
    private final Map<String, AudioSource> recordings = new LinkedHashMap<>();
    private final int tracks;
    private final int buses;
    private final Session session;

    public RandomMix(long seed) {
        random = new SplittableRandom(seed);
        int[] rates = {RATE, RATE, 44_100, 96_000};
        for (int i = 0; i < 4; i++) {
            int rate = rates[random.nextInt(rates.length)];
            String name = "recording" + i;
            recordings.put(name, MemorySource.noise(name, rate, 1 + random.nextInt(2), FRAMES, 0.5, random.nextLong()));
        }
        tracks = 1 + random.nextInt(6);
        buses = 1 + random.nextInt(5);
        session = draw();
    }

    public Session session() {
        return session;
    }

    public SourceOpener sources() {
        return name -> {
            AudioSource source = recordings.get(name);
            if (source == null) {
                throw new FileNotFoundException(name);
            }
            return source;
        };
    }

    private Session draw() {
        List<Track> drawnTracks = new ArrayList<>();
        for (int i = 0; i < tracks; i++) {
            drawnTracks.add(track(i));
        }
        List<BusConfig> drawnBuses = new ArrayList<>();
        for (int i = 0; i < buses; i++) {
            drawnBuses.add(bus(i));
        }
        Master master =
                Master.EMPTY.withFx(effects("t0")).withGainDb(number(-6, 3)).withLimiter(LimiterConfig.OFF);
        if (random.nextBoolean()) {
            master = master.withLimiter(LimiterConfig.at(-1));
        }
        if (random.nextBoolean()) {
            master = master.withLimiter(LimiterConfig.at(-1));
            master = master.withLoudness(LoudnessConfig.of(number(-30, -12), -1));
        }
        Output output = Output.DEFAULT
                .withMaster(new FileFormat(FileFormat.Container.WAV, SampleEncoding.FLOAT32))
                .withPreMaster(true)
                .withChannels(random.nextInt(4) == 0 ? 1 : 2)
                .withTail(random.nextBoolean() ? Tail.NONE : Tail.seconds(0.01));
        return Session.of("random", drawnTracks)
                .withSampleRate(RATE)
                .withBusPreset("none")
                .withBuses(drawnBuses)
                .withMaster(master)
                .withOutput(output);
    }

    private Track track(int index) {
        List<Clip> clips = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(3); i++) {
            clips.add(new Clip(
                    "recording" + random.nextInt(recordings.size()),
                    number(0, 0.05),
                    number(0, 0.02),
                    random.nextBoolean() ? null : number(0.011, 0.03),
                    number(-12, 6),
                    number(0, 0.005),
                    number(0, 0.005),
                    random.nextBoolean() ? FadeShape.LINEAR : FadeShape.EQUAL_POWER));
        }
        return Track.of("t" + index, clips)
                .withBus("b" + random.nextInt(buses))
                .withFx(effects(index == 0 ? "" : "t" + random.nextInt(index)))
                .withGainDb(number(-12, 6))
                .withPan(number(-1, 1))
                .withMute(random.nextInt(6) == 0)
                .withSolo(random.nextInt(10) == 0)
                .withSends(sends(0))
                .withAutomation(automation());
    }

    /** Buses feed and send only to buses declared later, so that no cycle can arise. */
    private BusConfig bus(int index) {
        boolean nested = index + 1 < buses && random.nextInt(3) == 0;
        return new BusConfig(
                "b" + index,
                null,
                null,
                effects("t" + random.nextInt(tracks)),
                null,
                null,
                number(-12, 6),
                number(-1, 1),
                random.nextInt(8) == 0,
                random.nextInt(12) == 0,
                nested ? "b" + (index + 1 + random.nextInt(buses - index - 1)) : BusConfig.MASTER,
                sends(index + 1),
                automation());
    }

    private List<Send> sends(int firstBus) {
        List<Send> sends = new ArrayList<>();
        if (firstBus < buses && random.nextInt(3) == 0) {
            sends.add(new Send(
                    "b" + (firstBus + random.nextInt(buses - firstBus)),
                    number(-20, 0),
                    number(-1, 1),
                    Tap.values()[random.nextInt(3)],
                    false));
        }
        return sends;
    }

    private List<Effect> effects(String key) {
        List<Effect> effects = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            effects.add(effect(key));
        }
        return effects;
    }

    private Effect effect(String key) {
        Map<String, Object> keyed = new LinkedHashMap<>();
        if (!key.isEmpty() && random.nextBoolean()) {
            keyed.put("key", key);
        }
        return switch (random.nextInt(8)) {
            case 0 -> EffectCatalogue.create("gain", Map.of("gain_db", number(-6, 6), "invert", random.nextBoolean()));
            case 1 -> EffectCatalogue.create("highpass", Map.of("frequency_hz", number(100, 2000)));
            case 2 -> EffectCatalogue.create("lowpass", Map.of("frequency_hz", number(2000, 20000)));
            case 3 ->
                EffectCatalogue.create(
                        "peak",
                        Map.of("frequency_hz", number(200, 9000), "gain_db", number(-9, 9), "q", number(0.5, 4)));
            case 4 ->
                EffectCatalogue.create(
                        "high_shelf", Map.of("frequency_hz", number(2000, 9000), "gain_db", number(-6, 6)));
            case 5 -> {
                keyed.put("threshold_db", number(-30, -6));
                keyed.put("ratio", number(1.5, 8));
                keyed.put("attack_ms", number(1, 20));
                yield EffectCatalogue.create("compressor", keyed);
            }
            case 6 -> {
                keyed.put("threshold_db", number(-30, -10));
                yield EffectCatalogue.create("gate", keyed);
            }
            default -> EffectCatalogue.create("limiter", Map.of("true_peak_db", number(-12, -3)));
        };
    }

    private Automation automation() {
        return new Automation(
                random.nextInt(3) == 0 ? points(-20, 3) : List.of(),
                random.nextInt(3) == 0 ? points(-1, 1) : List.of());
    }

    private List<Automation.Point> points(double min, double max) {
        List<Automation.Point> points = new ArrayList<>();
        double at = number(0, 0.02);
        for (int i = 0; i <= random.nextInt(4); i++) {
            points.add(new Automation.Point(at, random.nextInt(4) == 0 ? max : number(min, max)));
            at += number(0.001, 0.05);
        }
        return points;
    }

    private double number(double min, double max) {
        return StrictMath.rint((min + random.nextDouble() * (max - min)) * 1e4) / 1e4;
    }
}
