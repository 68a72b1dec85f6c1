package io.mixgraph.testing;

import io.mixgraph.audio.AudioSource;
import io.mixgraph.audio.SampleEncoding;
import io.mixgraph.audio.SourceOpener;
import io.mixgraph.fx.Effect;
import io.mixgraph.fx.EffectCatalogue;
import io.mixgraph.fx.RecordShape;
import io.mixgraph.model.Automation;
import io.mixgraph.model.BusConfig;
import io.mixgraph.model.Channel;
import io.mixgraph.model.Clip;
import io.mixgraph.model.CurveShape;
import io.mixgraph.model.FadeShape;
import io.mixgraph.model.FileFormat;
import io.mixgraph.model.InputMode;
import io.mixgraph.model.Insert;
import io.mixgraph.model.InsertChannels;
import io.mixgraph.model.Inserts;
import io.mixgraph.model.Key;
import io.mixgraph.model.LimiterConfig;
import io.mixgraph.model.LoudnessConfig;
import io.mixgraph.model.Master;
import io.mixgraph.model.Output;
import io.mixgraph.model.PanMode;
import io.mixgraph.model.Send;
import io.mixgraph.model.SendAutomation;
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
 * from every tap, keys, effects in every place, automation of all that moves, pans, trim delays, mutes and solos. Every
 * session is valid, short, and different for every seed.
 */
public final class RandomMix {
    private static final int RATE = 48_000;
    private static final int FRAMES = 6_000;

    private static final Double[] LAWS_DB = {-6.0, -4.5, -3.0, 0.0};

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
        Master master = Master.EMPTY
                .withInserts(new Inserts(inserts("t0"), null, null))
                .withGainDb(number(-6, 3))
                .withLimiter(LimiterConfig.OFF);
        if (random.nextBoolean()) {
            master = master.withLimiter(LimiterConfig.at(-1));
        }
        if (random.nextBoolean()) {
            master = master.withLimiter(LimiterConfig.at(-1));
            master = master.withLoudness(LoudnessConfig.of(number(-30, -12), -1));
        }
        Output output = Output.DEFAULT
                .withMaster(FileFormat.wav(SampleEncoding.FLOAT32))
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
                    random.nextBoolean() ? FadeShape.LINEAR : FadeShape.EQUAL_POWER,
                    random.nextInt(4) == 0 ? points(-20, 3) : List.of()));
        }
        return Track.of("t" + index, clips)
                .withBus("b" + random.nextInt(buses))
                .withChannel(channel(index == 0 ? "" : "t" + random.nextInt(index), 0, 6, 10));
    }

    /** Buses feed and send only to buses declared later, so that no cycle can arise. */
    private BusConfig bus(int index) {
        boolean nested = index + 1 < buses && random.nextInt(3) == 0;
        return BusConfig.of("b" + index)
                .withOutput(nested ? "b" + (index + 1 + random.nextInt(buses - index - 1)) : BusConfig.MASTER)
                .withChannel(channel("t" + random.nextInt(tracks), index + 1, 8, 12));
    }

    private Channel channel(String key, int firstBus, int oneInMuted, int oneInSoloed) {
        boolean dual = random.nextInt(5) == 0;
        return new Channel(
                new Inserts(inserts(key), null, null),
                number(-12, 6),
                dual ? null : (Double) number(-1, 1),
                random.nextInt(oneInMuted) == 0,
                random.nextInt(oneInSoloed) == 0,
                sends(firstBus),
                automation(dual),
                random.nextInt(3) == 0 ? number(0, 2) : null,
                dual ? PanMode.DUAL : null,
                dual ? (Double) number(-1, 1) : null,
                null,
                random.nextBoolean() ? LAWS_DB[random.nextInt(LAWS_DB.length)] : null,
                random.nextInt(4) == 0 ? InputMode.values()[random.nextInt(InputMode.values().length)] : null,
                random.nextInt(5) == 0 ? true : null,
                random.nextInt(4) == 0 ? random.nextInt(-300, 300) : null);
    }

    private List<Send> sends(int firstBus) {
        List<Send> sends = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            if (firstBus < buses && random.nextInt(3) == 0) {
                sends.add(Send.of(
                                "b" + (firstBus + random.nextInt(buses - firstBus)),
                                number(-20, 0),
                                number(-1, 1),
                                Tap.values()[random.nextInt(3)])
                        .withAutomation(new SendAutomation(
                                random.nextInt(3) == 0 ? points(-20, 3) : List.of(),
                                random.nextInt(3) == 0 ? points(-1, 1) : List.of(),
                                random.nextInt(3) == 0 ? switches() : List.of())));
            }
        }
        return sends;
    }

    private List<Insert> inserts(String key) {
        List<Insert> inserts = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            Effect effect = effect();
            Insert insert = Insert.of(effect).withBypass(random.nextInt(8) == 0);
            if (!key.isEmpty() && effect.curveCount() > 0 && (effect.needsKey() || random.nextBoolean())) {
                insert = insert.withKey(effect.needsKey() ? Key.of(key) : key(key));
            }
            if (random.nextInt(4) == 0) {
                insert = insert.withMix(number(0, 1));
            }
            if (random.nextInt(4) == 0) {
                insert = insert.withChannels(InsertChannels.values()[random.nextInt(5)]);
            }
            if (!effect.needsKey() || insert.key() != null) {
                inserts.add(random.nextInt(3) == 0 ? insert.withAutomation(curves(effect)) : insert);
            }
        }
        return inserts;
    }

    private Key key(String from) {
        return new Key(
                random.nextInt(4) == 0 ? null : from,
                Tap.values()[random.nextInt(3)],
                random.nextInt(3) == 0 ? number(20, 500) : null,
                random.nextInt(3) == 0 ? number(2000, 9000) : null);
    }

    /** Curves for some of the numbers of an effect, each near the value that it has. */
    private Map<String, List<Automation.Point>> curves(Effect effect) {
        Map<String, List<Automation.Point>> curves = new LinkedHashMap<>();
        for (RecordShape.Field field : EffectCatalogue.of(effect).shape().fields()) {
            if (field.automatable() && field.get(effect) instanceof Double value && random.nextBoolean()) {
                double other = Math.max(
                        field.parameter().min(), Math.min(field.parameter().max(), 0.8 * value));
                curves.put(field.name(), points(Math.min(value, other), Math.max(value, other)));
            }
        }
        if (random.nextBoolean()) {
            curves.put(Insert.MIX, points(0, 1));
        }
        return curves;
    }

    private Effect effect() {
        return switch (random.nextInt(22)) {
            case 0 -> create("gain", Map.of("gain_db", number(-6, 6), "invert", random.nextBoolean()));
            case 1 ->
                create("highpass", Map.of("frequency_hz", number(100, 2000), "slope_db_per_octave", 6 * whole(1, 8)));
            case 2 -> create("lowpass", Map.of("frequency_hz", number(2000, 20000), "shape", "linkwitz_riley"));
            case 3 ->
                create(
                        "peak",
                        Map.of("frequency_hz", number(200, 9000), "gain_db", number(-9, 9), "q", number(0.5, 4)));
            case 4 -> create("high_shelf", Map.of("frequency_hz", number(2000, 9000), "gain_db", number(-6, 6)));
            case 5 ->
                create(
                        "compressor",
                        Map.of(
                                "threshold_db",
                                number(-30, -6),
                                "ratio",
                                number(1.5, 8),
                                "attack_ms",
                                number(1, 20),
                                "lookahead_ms",
                                number(0, 5),
                                "stereo_link_percent",
                                random.nextBoolean() ? 100 : 40,
                                "detector",
                                random.nextBoolean() ? "peak" : "rms"));
            case 6 -> create("gate", Map.of("threshold_db", number(-30, -10), "lookahead_ms", number(0, 2)));
            case 7 -> create("limiter", Map.of("true_peak_db", number(-12, -3)));
            case 8 -> create("eq", Map.of("bands", List.of(band(), band(), band())));
            case 9 -> create("tilt", Map.of("gain_db", number(-6, 6)));
            case 10 -> create("expander", Map.of("threshold_db", number(-30, -10)));
            case 11 -> create("leveller", Map.of("target_lufs", number(-30, -14), "time_s", number(0.5, 1)));
            case 12 ->
                create(
                        "reverb",
                        Map.of(
                                "decay_s",
                                number(0.2, 2),
                                "predelay_ms",
                                number(0, 20),
                                "width_percent",
                                number(0, 200)));
            case 13 ->
                create(
                        "convolution",
                        Map.of(
                                "impulse",
                                "recording" + whole(0, recordings.size() - 1),
                                "gain_db",
                                number(-40, -20),
                                "latency_frames",
                                random.nextBoolean() ? 0 : 256));
            case 14 ->
                create(
                        "saturation",
                        Map.of("drive_db", number(0, 12), "curve", random.nextBoolean() ? "tube" : "tape"));
            case 15 -> create("bit_crush", Map.of("bits", number(4, 16), "downsample", whole(1, 5), "dither", "tpdf"));
            case 16 -> create("stereo_width", Map.of("width", number(0, 2), "mono_below_hz", number(60, 300)));
            case 17 ->
                create(
                        "delay",
                        Map.of(
                                "time_ms",
                                number(1, 40),
                                "feedback_percent",
                                number(0, 60),
                                "ping_pong",
                                random.nextBoolean(),
                                "highcut_hz",
                                number(2000, 9000)));
            case 18 -> create("delay", Map.of("note", "sixteenth", "tempo_bpm", number(200, 300)));
            default -> more();
        };
    }

    /** Dynamics that work on parts of the spectrum or on attacks. */
    private Effect more() {
        return switch (random.nextInt(5)) {
            case 0 ->
                create(
                        "multiband_compressor",
                        Map.of(
                                "bands",
                                List.of(
                                        Map.of("up_to_hz", number(100, 400), "threshold_db", number(-30, -10)),
                                        Map.of("up_to_hz", number(1000, 4000), "threshold_db", number(-30, -10)),
                                        Map.of("threshold_db", number(-40, -10), "ratio", number(1, 6)))));
            case 1 -> create("de_esser", Map.of("threshold_db", number(-40, -20), "frequency_hz", number(3000, 9000)));
            case 2 ->
                create(
                        "dynamic_eq",
                        Map.of(
                                "bands",
                                List.of(Map.of(
                                        "frequency_hz",
                                        number(200, 6000),
                                        "threshold_db",
                                        number(-40, -20),
                                        "range_db",
                                        number(-9, 9)))));
            case 3 ->
                create(
                        "transient_shaper",
                        Map.of("attack_percent", number(-80, 80), "sustain_percent", number(-80, 80)));
            default -> create("ducker", Map.of("threshold_db", number(-30, -10), "depth_db", number(3, 20)));
        };
    }

    private Map<String, Object> band() {
        String[] types = {"peak", "low_shelf", "high_shelf", "notch", "bandpass", "allpass"};
        return Map.of(
                "type",
                types[whole(0, types.length - 1)],
                "frequency_hz",
                number(100, 9000),
                "gain_db",
                number(-6, 6),
                "q",
                number(0.5, 3));
    }

    private static Effect create(String name, Map<String, ?> parameters) {
        return EffectCatalogue.create(name, parameters);
    }

    private int whole(int min, int max) {
        return random.nextInt(min, max + 1);
    }

    private Automation automation(boolean dual) {
        return new Automation(
                random.nextInt(3) == 0 ? points(-20, 3) : List.of(),
                !dual && random.nextInt(3) == 0 ? points(-1, 1) : List.of(),
                random.nextInt(5) == 0 ? points(0, 2) : List.of(),
                dual && random.nextInt(3) == 0 ? points(-1, 1) : List.of(),
                dual && random.nextInt(3) == 0 ? points(-1, 1) : List.of(),
                random.nextInt(5) == 0 ? switches() : List.of());
    }

    private List<Automation.Point> points(double min, double max) {
        List<Automation.Point> points = new ArrayList<>();
        double at = number(0, 0.02);
        for (int i = 0; i <= random.nextInt(4); i++) {
            points.add(new Automation.Point(
                    at,
                    random.nextInt(4) == 0 ? max : Math.max(min, Math.min(max, number(min, max))),
                    random.nextInt(4) == 0 ? CurveShape.HOLD : CurveShape.LINEAR));
            at += number(0.001, 0.05);
        }
        return points;
    }

    private List<Automation.Switch> switches() {
        List<Automation.Switch> switches = new ArrayList<>();
        double at = number(0, 0.02);
        for (int i = 0; i <= random.nextInt(4); i++) {
            switches.add(new Automation.Switch(at, random.nextBoolean()));
            at += number(0.001, 0.03);
        }
        return switches;
    }

    private double number(double min, double max) {
        return StrictMath.rint((min + random.nextDouble() * (max - min)) * 1e4) / 1e4;
    }
}
