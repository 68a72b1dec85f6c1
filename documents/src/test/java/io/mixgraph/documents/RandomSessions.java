package io.mixgraph.documents;

import io.mixgraph.audio.Dither;
import io.mixgraph.audio.SampleEncoding;
import io.mixgraph.fx.Effect;
import io.mixgraph.fx.EffectCatalogue;
import io.mixgraph.fx.EffectType;
import io.mixgraph.fx.RecordShape;
import io.mixgraph.fx.Recording;
import io.mixgraph.model.Automation;
import io.mixgraph.model.BusConfig;
import io.mixgraph.model.Channel;
import io.mixgraph.model.Clip;
import io.mixgraph.model.CurveShape;
import io.mixgraph.model.Deliverable;
import io.mixgraph.model.FileFormat;
import io.mixgraph.model.Insert;
import io.mixgraph.model.InsertChannels;
import io.mixgraph.model.Inserts;
import io.mixgraph.model.Key;
import io.mixgraph.model.LimiterConfig;
import io.mixgraph.model.LoudnessConfig;
import io.mixgraph.model.LoudnessMode;
import io.mixgraph.model.Master;
import io.mixgraph.model.MasterAutomation;
import io.mixgraph.model.Output;
import io.mixgraph.model.PanMode;
import io.mixgraph.model.Send;
import io.mixgraph.model.Session;
import io.mixgraph.model.StemOutput;
import io.mixgraph.model.StemTap;
import io.mixgraph.model.Tags;
import io.mixgraph.model.Tail;
import io.mixgraph.model.Track;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sessions drawn at random, every field of the model among them, and nothing wrong with any: records are drawn field by
 * field within the ranges that their parameters declare; only what depends on something else is drawn by hand.
 */
final class RandomSessions {
    private static final int[] RATES = {8000, 44100, 48000, 96000, 192000};
    private static final String[] TEXTS = {
        "",
        " ",
        "Kick",
        "yes",
        "null",
        "~",
        "1",
        "1e3",
        "0x1F",
        ".inf",
        "- a",
        "a: b",
        "#x",
        "a #b",
        "it's",
        "\"q\"",
        "\\",
        "back\\slash",
        "tab\there",
        "line\nfeed",
        "cr\rlf",
        "é",
        "鼓",
        "🥁",
        "\u0000",
        "\u001b[31m",
        "\u0085",
        "\u2028",
        "\uFEFF",
        "\uFFFE",
        "{",
        "[a]",
        "@",
        "%",
        "*a",
        "&a",
        "!a",
        "|",
        ">",
        "true",
        "2001-01-01",
        "a, b",
        "end ",
        "...",
        "---",
        "<<",
        "=",
        "10:30",
        "off",
        "0o17"
    };

    private static final FileFormat[] FORMATS = {
        FileFormat.DEFAULT,
        FileFormat.wav(SampleEncoding.PCM16),
        new FileFormat(FileFormat.Container.WAV, SampleEncoding.PCM24, Dither.TPDF, null),
        new FileFormat(FileFormat.Container.RF64, SampleEncoding.FLOAT32, null, null),
        new FileFormat(FileFormat.Container.FLAC, SampleEncoding.PCM16, Dither.SHAPED, null),
        new FileFormat(FileFormat.Container.ALAC, null, null, null),
        new FileFormat(FileFormat.Container.MP3, null, null, 192),
        new FileFormat(FileFormat.Container.OPUS, null, null, null)
    };

    private final SplittableRandom random;
    private final List<String> trackIds = new ArrayList<>();
    private final List<String> busIds = new ArrayList<>();
    private final List<String> chainIds = new ArrayList<>();

    private RandomSessions(SplittableRandom random) {
        this.random = random;
        ids(trackIds, "t", 1 + random.nextInt(5));
        ids(busIds, "b", random.nextInt(4));
        ids(chainIds, "c", random.nextInt(3));
    }

    /** A session that is valid by itself. */
    static Session next(SplittableRandom random) {
        return new RandomSessions(random).session();
    }

    private Session session() {
        List<Track> tracks = trackIds.stream().map(this::track).toList();
        Map<String, List<Insert>> chains = new LinkedHashMap<>();
        chainIds.forEach(id -> chains.put(id, list(3, this::insert)));
        List<BusConfig> buses = busIds.stream().map(this::bus).toList();
        return new Session(
                1,
                text(),
                maybe(() -> RATES[random.nextInt(RATES.length)]),
                pick("default", "none", "stems4"),
                tracks,
                chains,
                buses,
                random.nextBoolean() ? Master.EMPTY : master(),
                drawn(Output.class).withDeliverables(deliverables()),
                pick(-6.0, -4.5, -3.0, 0.0));
    }

    private Track track(String id) {
        Track drawn = drawn(Track.class);
        return new Track(
                id,
                drawn.name(),
                drawn.role(),
                maybe(this::busId),
                list(3, this::clip, 1),
                drawn.downmix(),
                channel(drawn.channel()));
    }

    private BusConfig bus(String id) {
        BusConfig drawn = drawn(BusConfig.class);
        return new BusConfig(
                id,
                drawn.name(),
                maybe(() -> list(2, () -> id + "_role" + random.nextInt(1 << 30))),
                maybe(() -> pick(BusConfig.MASTER, busId())),
                channel(drawn.channel()));
    }

    /** With effects from one place, and one pan or two. */
    private Channel channel(Channel drawn) {
        boolean dual = drawn.panMode() == PanMode.DUAL;
        Automation curves = drawn.automation();
        return new Channel(
                inserts(),
                drawn.gainDb(),
                dual ? null : drawn.pan(),
                drawn.mute(),
                drawn.solo(),
                drawn.sends(),
                curves == null
                        ? null
                        : new Automation(
                                curves.gainDb(),
                                dual ? List.of() : curves.pan(),
                                curves.width(),
                                dual ? curves.panLeft() : List.of(),
                                dual ? curves.panRight() : List.of(),
                                curves.mute()),
                drawn.width(),
                drawn.panMode(),
                dual ? drawn.panLeft() : null,
                dual ? drawn.panRight() : null,
                drawn.panLawDb(),
                drawn.input(),
                drawn.phaseInvert(),
                drawn.trimDelayFrames());
    }

    private Master master() {
        LimiterConfig limiter = maybe(() -> drawn(LimiterConfig.class));
        LoudnessConfig loudness = maybe(() -> drawn(LoudnessConfig.class));
        Double ceiling = limiter == null ? null : limiter.truePeakDb();
        if (loudness != null) {
            boolean limited = limiter == null || limiter.enabled();
            LoudnessMode mode =
                    !limited && loudness.mode() == LoudnessMode.LIMIT ? LoudnessMode.HOLD_BACK : loudness.mode();
            Double other = ceiling == null ? loudness.truePeakDb() : maybe(() -> ceiling);
            Double reduction = mode == LoudnessMode.LIMIT ? loudness.maxReductionDb() : null;
            loudness = random.nextBoolean()
                    ? new LoudnessConfig(pick("spotify", "ebu_r128@1"), null, other, mode, reduction)
                    : new LoudnessConfig(null, -random.nextInt(71) * 1.0, other, mode, reduction);
        }
        return new Master(
                inserts(),
                maybe(() -> number(-144, 60)),
                limiter,
                loudness,
                maybe(() -> drawn(MasterAutomation.class)));
    }

    private Clip clip() {
        Clip drawn = drawn(Clip.class);
        Double durationS = drawn.durationS();
        double longest = durationS == null ? 1000 : durationS / 3;
        return new Clip(
                drawn.source(),
                drawn.startS(),
                drawn.offsetS(),
                durationS,
                drawn.gainDb(),
                random.nextBoolean() ? 0 : number(0, longest),
                random.nextBoolean() ? 0 : number(0, longest),
                drawn.fadeShape(),
                drawn.gainEnvelope());
    }

    /** At most one of the three ways to give effects. */
    private Inserts inserts() {
        return switch (random.nextInt(4)) {
            case 0 -> new Inserts(list(3, this::insert), null, null);
            case 1 -> Inserts.preset(pick("drum_glue@1", "bass_tight"));
            case 2 -> new Inserts(null, null, chainIds.isEmpty() ? null : pick(chainIds.toArray(String[]::new)));
            default -> Inserts.NONE;
        };
    }

    private Insert insert() {
        List<EffectType> types = EffectCatalogue.types();
        Effect effect = effect(types.get(random.nextInt(types.size())).record());
        boolean keyed = effect.needsKey() || (effect.curveCount() > 0 && random.nextBoolean());
        Insert insert = new Insert(
                effect,
                random.nextInt(4) == 0,
                random.nextBoolean() ? 1 : number(0, 1),
                InsertChannels.values()[random.nextInt(InsertChannels.values().length)],
                keyed ? key(effect.needsKey()) : null,
                Map.of());
        Map<String, List<Automation.Point>> curves = new LinkedHashMap<>();
        for (RecordShape.Field field : Insert.shape(effect.getClass()).fields()) {
            if (insert.parameter(field.name()) != null && field.automatable() && random.nextInt(4) == 0) {
                curves.put(field.name(), points(field));
            }
        }
        return insert.withAutomation(curves);
    }

    /** An effect may refuse what is drawn; then it is drawn again. */
    private Effect effect(Class<? extends Effect> type) {
        for (int attempt = 0; attempt < 100; attempt++) {
            try {
                return drawn(type);
            } catch (IllegalArgumentException e) {
                // Not these parameters together.
            }
        }
        throw new IllegalStateException(type + " takes nothing that is drawn");
    }

    private Key key(boolean needed) {
        Key drawn = drawn(Key.class);
        return new Key(
                needed || random.nextBoolean() ? pick(trackIds.get(0), BusConfig.MASTER + "1") : null,
                drawn.tap(),
                drawn.highpassHz(),
                drawn.lowpassHz());
    }

    /** A record whose fields are drawn one by one, each at its default half of the time. */
    private <T> T drawn(Class<T> type) {
        RecordShape<T> shape = RecordShape.of(type);
        List<@Nullable Object> values = new ArrayList<>();
        for (RecordShape.Field field : shape.fields()) {
            // What is switched off has nothing else to say; it is drawn apart.
            boolean kept = field.name().equals("enabled") || (!field.required() && random.nextBoolean());
            values.add(kept ? Defaults.of(field) : value(field.type(), field));
        }
        return shape.create(values);
    }

    private @Nullable Object value(Type type, RecordShape.Field field) {
        Class<?> raw = Binder.raw(type);
        double[] oneOf = field.parameter().oneOf();
        if (oneOf.length > 0) {
            double number = oneOf[random.nextInt(oneOf.length)];
            return raw == int.class || raw == Integer.class ? (Object) (int) number : number;
        }
        if (raw == double.class || raw == Double.class) {
            return number(field.parameter().min(), field.parameter().max());
        }
        if (raw == int.class || raw == Integer.class) {
            return (int) StrictMath.rint(
                    number(field.parameter().min(), field.parameter().max()));
        }
        if (raw == boolean.class || raw == Boolean.class) {
            return random.nextBoolean();
        }
        if (raw == String.class) {
            return nonEmpty();
        }
        if (raw.isEnum()) {
            return raw.getEnumConstants()[random.nextInt(raw.getEnumConstants().length)];
        }
        if (raw == List.class) {
            Type item = Binder.argument(type, 0);
            if (item == Automation.Point.class) {
                return points(field);
            }
            if (item == Automation.Switch.class) {
                return switches();
            }
            return item == Insert.class || item == Clip.class || item == Deliverable.class
                    ? List.of()
                    : list(4, () -> value(item, field), field.required() ? 2 : 0);
        }
        if (raw == Tail.class) {
            return switch (random.nextInt(3)) {
                case 0 -> Tail.AUTO;
                case 1 -> Tail.NONE;
                default -> Tail.seconds(number(0, Tail.MAX_SECONDS));
            };
        }
        if (raw == Send.class) {
            Send send = drawn(Send.class);
            return new Send(busId(), send.gainDb(), send.pan(), send.tap(), send.mute(), send.automation());
        }
        if (raw == Recording.class) {
            return Recording.named(nonEmpty());
        }
        if (raw == FileFormat.class) {
            return FORMATS[random.nextInt(FORMATS.length)];
        }
        if (raw == Tags.class) {
            return new Tags(
                    maybe(this::nonEmpty),
                    maybe(this::nonEmpty),
                    null,
                    null,
                    random.nextBoolean() ? random.nextInt(1, 99) : null,
                    pick("2026", "2026-11", "2026-11-25"),
                    null,
                    maybe(() -> "QZ-ABC-26-00001"),
                    maybe(this::nonEmpty),
                    null);
        }
        if (raw == StemOutput.class && random.nextInt(3) > 0) {
            return StemOutput.DEFAULT
                    .withTap(StemTap.values()[random.nextInt(3)])
                    .withFile(FORMATS[random.nextInt(FORMATS.length)]);
        }
        if (raw == LimiterConfig.class && random.nextInt(3) == 0) {
            return LimiterConfig.OFF;
        }
        return raw == StemOutput.class ? StemOutput.NONE : drawn(raw);
    }

    private List<Deliverable> deliverables() {
        List<Deliverable> all = List.of(
                Deliverable.sum("instrumental", List.of("drums", "bass")).withTap(StemTap.MASTERED),
                Deliverable.except("mix_minus", List.of("vocals")).withFile(FORMATS[random.nextInt(FORMATS.length)]),
                Deliverable.master("cd", FORMATS[random.nextInt(FORMATS.length)])
                        .withSampleRate(44_100));
        return all.subList(0, random.nextInt(all.size() + 1));
    }

    private List<Automation.Point> points(RecordShape.Field field) {
        double[] timeS = {0};
        return list(4, () -> {
            timeS[0] += random.nextInt(1, 100_000) / 1000.0;
            return new Automation.Point(
                    timeS[0],
                    number(field.parameter().min(), field.parameter().max()),
                    random.nextInt(3) == 0 ? CurveShape.HOLD : CurveShape.LINEAR);
        });
    }

    private List<Automation.Switch> switches() {
        double[] timeS = {0};
        return list(4, () -> {
            timeS[0] += random.nextInt(1, 100_000) / 1000.0;
            return new Automation.Switch(timeS[0], random.nextBoolean());
        });
    }

    /** Round and crooked numbers, and the ends of the range. */
    private double number(double min, double max) {
        double number = switch (random.nextInt(6)) {
            case 0 -> min;
            case 1 -> max;
            case 2 -> Math.max(min, Math.min(max, 0.0));
            case 3 -> Math.max(min, Math.min(max, StrictMath.rint(min + random.nextDouble() * (max - min))));
            case 4 -> Math.max(min, Math.min(max, random.nextDouble() * 1e-9));
            default -> Math.max(min, Math.min(max, min + random.nextDouble() * (max - min)));
        };
        // A negative zero would read back as zero.
        return number + 0.0;
    }

    private String busId() {
        return busIds.isEmpty() ? "drums" : pick(busIds.toArray(String[]::new));
    }

    private String text() {
        return random.nextBoolean() ? TEXTS[random.nextInt(TEXTS.length)] : "n" + random.nextInt(1000);
    }

    private String nonEmpty() {
        String text = text();
        return text.isBlank() ? "x" : text;
    }

    private void ids(List<String> ids, String prefix, int count) {
        for (int i = 0; i < count; i++) {
            ids.add(prefix + i + pick("", "-x", "_Y", "z"));
        }
    }

    private <T> List<T> list(int most, Supplier<? extends T> item) {
        return list(most, item, 0);
    }

    private <T> List<T> list(int most, Supplier<? extends T> item, int least) {
        List<T> list = new ArrayList<>();
        int size = least + random.nextInt(most - least + 1);
        for (int i = 0; i < size; i++) {
            list.add(item.get());
        }
        return list;
    }

    private <T> @Nullable T maybe(Supplier<? extends @Nullable T> value) {
        return random.nextBoolean() ? value.get() : null;
    }

    private double pick(double... numbers) {
        return numbers[random.nextInt(numbers.length)];
    }

    private String pick(String... words) {
        return words[random.nextInt(words.length)];
    }
}
