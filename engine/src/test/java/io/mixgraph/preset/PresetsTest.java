package io.mixgraph.preset;

import static io.mixgraph.testing.Tones.db;
import static io.mixgraph.testing.Tones.gain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assertions.within;

import io.mixgraph.MixEngine;
import io.mixgraph.audio.Numbers;
import io.mixgraph.audio.SampleEncoding;
import io.mixgraph.fx.BiquadEffect;
import io.mixgraph.fx.BitCrush;
import io.mixgraph.fx.Compressor;
import io.mixgraph.fx.Convolution;
import io.mixgraph.fx.DeEsser;
import io.mixgraph.fx.Delay;
import io.mixgraph.fx.DynamicEq;
import io.mixgraph.fx.Effect;
import io.mixgraph.fx.EffectCatalogue;
import io.mixgraph.fx.Expander;
import io.mixgraph.fx.Gain;
import io.mixgraph.fx.Highpass;
import io.mixgraph.fx.Leveller;
import io.mixgraph.fx.MultibandCompressor;
import io.mixgraph.fx.Peak;
import io.mixgraph.fx.RecordShape;
import io.mixgraph.fx.Reverb;
import io.mixgraph.fx.Saturation;
import io.mixgraph.fx.StereoWidth;
import io.mixgraph.fx.TransientShaper;
import io.mixgraph.model.BusConfig;
import io.mixgraph.model.FileFormat;
import io.mixgraph.model.Insert;
import io.mixgraph.model.Inserts;
import io.mixgraph.model.LimiterConfig;
import io.mixgraph.model.Master;
import io.mixgraph.model.Output;
import io.mixgraph.model.Roles;
import io.mixgraph.model.Session;
import io.mixgraph.model.SessionValidator;
import io.mixgraph.model.Tail;
import io.mixgraph.model.Track;
import io.mixgraph.render.RenderMonitor;
import io.mixgraph.testing.EffectRunner;
import io.mixgraph.testing.MemorySource;
import io.mixgraph.testing.MemoryTarget;
import io.mixgraph.testing.Tones;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PresetsTest {
    private static final int RATE = 48_000;

    static Stream<FxPreset> fxPresets() {
        return FxPresets.all().stream();
    }

    static Stream<BusPreset> busPresets() {
        return BusPresets.all().stream();
    }

    static Stream<FxPreset> returns() {
        return fxPresets().filter(PresetsTest::isReturn);
    }

    @Test
    void thereIsOneForMostThingsAndEachSaysWhatItIsFor() {
        assertThat(FxPresets.names()).hasSizeGreaterThanOrEqualTo(30);
        assertThat(FxPresets.all()).allSatisfy(preset -> {
            assertThat(preset.name()).matches("[a-z][a-z0-9]*(_[a-z0-9]+)*");
            assertThat(preset.doc()).matches("[A-Z].*\\.").hasSizeLessThan(125);
            assertThat(preset.doc().startsWith("Return: "))
                    .as("%s says whether it is a return", preset.id())
                    .isEqualTo(isReturn(preset));
        });
        for (FxPreset preset : FxPresets.all()) {
            assertThat(preset.version() == 1
                            || FxPresets.byName(preset.name() + "@" + (preset.version() - 1))
                                    .isPresent())
                    .as("%s stays beside the one it replaces", preset.id())
                    .isTrue();
        }
    }

    /** A preset knows no tracks and no files. */
    @ParameterizedTest
    @MethodSource("fxPresets")
    void effectsAreInRangeAndDriveThemselves(FxPreset preset) {
        assertThat(preset.inserts()).isNotEmpty();
        for (Insert insert : preset.inserts()) {
            assertThat(insert.key()).isNull();
            assertThat(insert.effect().needsKey()).isFalse();
            assertThat(insert.effect()).isNotInstanceOf(Convolution.class);
            assertThat(insert.bypass()).isFalse();
            assertThat(insert.automation()).isEmpty();
        }
        assertThat(SessionValidator.validate(Session.of("one", List.of(Track.of("a", "noise")))
                        .withFxChains(Map.of(preset.name(), preset.inserts()))))
                .isEmpty();
    }

    /**
     * Modest: no band of the whole chain at rest rises by more than 3 dB, ratios stay low, ranges short, and nothing
     * makes up but what is mixed in beside the dry signal.
     */
    @ParameterizedTest
    @MethodSource("fxPresets")
    void nothingGetsMuchLouder(FxPreset preset) {
        for (double hz = 20; hz < 20_000; hz *= 1.05) {
            double magnitude = 1;
            for (Insert insert : preset.inserts()) {
                for (BiquadEffect filter : atRest(insert.effect())) {
                    magnitude *= filter.magnitude(hz, RATE);
                }
            }
            assertThat(db(magnitude)).as("%s at %s Hz", preset.id(), hz).isLessThan(3);
        }
        for (Insert insert : preset.inserts()) {
            isModest(insert.effect(), insert.mix());
        }
    }

    /** What of an effect is a filter whose curve is known, with dynamic bands as they are while nothing moves them. */
    private static List<BiquadEffect> atRest(Effect effect) {
        if (effect instanceof DynamicEq eq) {
            assertThat(eq.bands()).allMatch(band -> band.type() == DynamicEq.DynamicShape.PEAK);
            return eq.bands().stream()
                    .<BiquadEffect>map(band -> new Peak(band.frequencyHz(), band.gainDb(), band.q()))
                    .toList();
        }
        return effect instanceof BiquadEffect filter ? List.of(filter) : List.of();
    }

    private static void isModest(Effect effect, double mix) {
        if (effect instanceof BiquadEffect) {
            return; // Its curve says it.
        }
        if (effect instanceof Compressor compressor) {
            if (mix == 1) {
                assertThat(compressor.ratio()).isLessThanOrEqualTo(3);
                assertThat(compressor.wholeMakeupDb()).isZero();
            } else {
                double atRest = 1 - mix + mix * gain(compressor.wholeMakeupDb());
                assertThat(compressor.ratio()).isLessThanOrEqualTo(8);
                assertThat(db(atRest)).isBetween(0.0, 3.0);
            }
        } else if (effect instanceof MultibandCompressor multiband) {
            for (MultibandCompressor.CompressorBand band : multiband.bands()) {
                assertThat(band.ratio()).isLessThanOrEqualTo(3);
                assertThat(band.makeupDb()).isZero();
            }
        } else if (effect instanceof DynamicEq eq) {
            for (DynamicEq.DynamicBand band : eq.bands()) {
                assertThat(band.rangeDb()).isBetween(-6.0, 0.0);
                assertThat(band.ratio()).isLessThanOrEqualTo(3);
            }
        } else if (effect instanceof DeEsser deEsser) {
            assertThat(deEsser.ratio()).isLessThanOrEqualTo(4);
            assertThat(deEsser.rangeDb()).isGreaterThanOrEqualTo(-9);
        } else if (effect instanceof Expander expander) {
            assertThat(expander.ratio()).isLessThanOrEqualTo(2);
            assertThat(expander.rangeDb()).isLessThanOrEqualTo(12);
        } else if (effect instanceof Leveller leveller) {
            assertThat(leveller.rangeDb()).isLessThanOrEqualTo(8);
        } else if (effect instanceof TransientShaper shaper) {
            assertThat(shaper.attackPercent()).isBetween(-30.0, 30.0);
            assertThat(shaper.sustainPercent()).isBetween(-30.0, 30.0);
        } else if (effect instanceof Saturation saturation) {
            assertThat(saturation.driveDb() + saturation.outputDb()).isBetween(0.0, 3.0);
        } else if (effect instanceof BitCrush crush) {
            assertThat(crush.bits()).isGreaterThanOrEqualTo(8);
            // A hold is so many frames long, which is another sound at another rate.
            assertThat(crush.downsample()).isEqualTo(1);
        } else if (effect instanceof StereoWidth width) {
            assertThat(width.width()).isBetween(0.0, 1.3);
        } else if (effect instanceof Gain gain) {
            assertThat(gain.gainDb()).isLessThanOrEqualTo(3);
        } else if (effect instanceof Delay delay) {
            assertThat(delay.feedbackPercent()).isLessThanOrEqualTo(65);
            assertThat(delay.timeMs()).as("it does not wait for a tempo").isNotNull();
        } else if (effect instanceof Reverb reverb) {
            assertThat(reverb.decayS()).isLessThanOrEqualTo(5);
        } else {
            fail("say what is modest of " + effect);
        }
    }

    /**
     * Over some seconds of steady noise of the level that presets expect, a chain changes the level by at most 4 dB,
     * and hardly upwards; what is far quieter rises by at most 3 dB. A return gives no more than it is sent, tail and
     * all, and not much less. What a newer version replaces may take more.
     */
    @ParameterizedTest
    @MethodSource("fxPresets")
    void theLongTermLevelStays(FxPreset preset) throws Exception {
        double[][] noise = {pink(3 * RATE, -20, 1), pink(3 * RATE, -20, 2)};
        double changeDb = levelChangeDb(noise, render(preset, RATE, Tail.AUTO, noise));
        if (isReturn(preset)) {
            assertThat(changeDb).isBetween(-8.5, 0.0);
        } else if (FxPresets.byName(preset.name()).orElseThrow().equals(preset)) {
            assertThat(changeDb).isBetween(-4.0, 0.5);
        } else {
            assertThat(changeDb).isBetween(-7.5, 0.5);
        }
        if (preset.inserts().stream().noneMatch(insert -> insert.effect() instanceof BitCrush)) {
            double[][] quiet = {pink(RATE, -60, 3), pink(RATE, -60, 4)};
            assertThat(levelChangeDb(quiet, render(preset, RATE, Tail.AUTO, quiet)))
                    .isLessThan(3);
        }
    }

    /** At any rate, mono and stereo, even what goes to full scale; and what is silent stays silent. */
    @ParameterizedTest
    @MethodSource("fxPresets")
    void everyPresetRenders(FxPreset preset) throws Exception {
        for (int rate : new int[] {8000, 44_100, 96_000}) {
            for (int channels = 1; channels <= 2; channels++) {
                double[][] loud = new double[channels][];
                for (int c = 0; c < channels; c++) {
                    loud[c] = pink(rate / 8, -6, 5 + c);
                    for (int i = 0; i < loud[c].length; i++) {
                        loud[c][i] = Math.max(-1, Math.min(1, loud[c][i]));
                    }
                }
                double loudest = highest(render(preset, rate, Tail.seconds(0.4), loud));
                assertThat(loudest).as("%s at %s Hz", preset.id(), rate).isBetween(0.05, 4.0);
            }
        }
        assertThat(highest(render(preset, RATE, Tail.seconds(0.1), new double[2][RATE / 10])))
                .isZero();
    }

    @ParameterizedTest
    @MethodSource("fxPresets")
    void latencyIsShortAndTheTailEnds(FxPreset preset) {
        for (int rate : new int[] {8000, 44_100, 48_000, 96_000, 192_000}) {
            long latency = 0;
            long tail = 0;
            for (Insert insert : preset.inserts()) {
                latency += insert.effect().latencyFrames(rate);
                tail += insert.effect().tailFrames(rate);
            }
            assertThat(latency).isBetween(0L, 250L + rate / 100);
            assertThat(tail).isBetween(0L, (isReturn(preset) ? 20L : 4L) * rate);
        }
    }

    /** Nothing of what is sent comes back before a first reflection can. */
    @ParameterizedTest
    @MethodSource("returns")
    void returnsAreFullyWet(FxPreset preset) throws Exception {
        double[][] clicks = {Tones.impulse(RATE / 10), Tones.impulse(RATE / 10)};
        double[][] out = render(preset, RATE, Tail.seconds(0.4), clicks);
        for (double[] channel : out) {
            assertThat(Arrays.copyOf(channel, RATE / 200)).containsOnly(0);
        }
        assertThat(highest(out)).isGreaterThan(0.005);
    }

    /** No effect stands in a chain for nothing: a programme of loud, quiet and sibilant moments moves each of them. */
    @ParameterizedTest
    @MethodSource("fxPresets")
    void everyEffectIsNeeded(FxPreset preset) {
        double[][] x = {programme(7), programme(8)};
        for (Insert insert : preset.inserts()) {
            Effect effect = insert.effect();
            for (double[] curve : new EffectRunner(effect, RATE, 2).curves(x, Tones.WHOLE)) {
                double low = Arrays.stream(curve).min().orElseThrow();
                double high = Arrays.stream(curve).max().orElseThrow();
                assertThat(db(high / low)).as("%s in %s", effect, preset.id()).isGreaterThan(1);
            }
            double[][] y = new EffectRunner(effect, RATE, 2).run(x, Tones.WHOLE);
            assertThat(Arrays.equals(y[0], x[0]))
                    .as("%s in %s", effect, preset.id())
                    .isFalse();
            x = y;
        }
    }

    // What some of the lines promise.

    @Test
    void deEssingLowersSibilantsAndNothingElse() throws Exception {
        FxPreset preset = FxPresets.byName("vocal_de_ess").orElseThrow();
        for (double level : new double[] {0.5, 0.02}) {
            double[][] vowel = {Tones.sum(Tones.sine(220, level, RATE, RATE), Tones.sine(1100, level / 3, RATE, RATE))};
            assertThat(levelChangeDb(vowel, render(preset, RATE, Tail.NONE, vowel)))
                    .isCloseTo(0, within(0.05));
            double[][] sibilant = new EffectRunner(new Highpass(6500, 24), RATE, 1)
                    .run(new double[][] {pink(RATE, db(level), 9)}, Tones.WHOLE);
            assertThat(levelChangeDb(sibilant, render(preset, RATE, Tail.NONE, sibilant)))
                    .isBetween(-8.0, -4.0);
        }
    }

    @Test
    void subIsInTheMiddleAndTheRestIsWhereItWas() throws Exception {
        FxPreset preset = FxPresets.byName("sub_mono").orElseThrow();
        double[] silence = new double[RATE];
        double[][] low = render(preset, RATE, Tail.NONE, Tones.sine(50, 0.5, RATE, RATE), silence);
        assertThat(sideOverMiddleDb(low)).isLessThan(-12);
        double[][] high = render(preset, RATE, Tail.NONE, Tones.sine(1000, 0.5, RATE, RATE), silence);
        assertThat(sideOverMiddleDb(high)).isCloseTo(0, within(0.1));
    }

    @Test
    void roomInTheMiddleLeavesTheSides() throws Exception {
        for (String name : List.of("music_bed", "pad_behind", "ambience_wide")) {
            FxPreset preset = FxPresets.byName(name).orElseThrow();
            double[][] out = render(preset, RATE, Tail.NONE, Tones.sine(2500, 0.05, RATE, RATE), new double[RATE]);
            assertThat(sideOverMiddleDb(out)).as(name).isGreaterThan(1.5);
        }
    }

    @Test
    void parallelCompressionBringsUpWhatIsQuiet() throws Exception {
        for (String name : List.of("drum_parallel", "room_crush", "vocal_parallel")) {
            FxPreset preset = FxPresets.byName(name).orElseThrow();
            double loud = toneChangeDb(preset, 0.5);
            assertThat(loud).as(name).isGreaterThan(-4);
            assertThat(toneChangeDb(preset, 0.005)).as(name).isBetween(loud + 3, 3.0);
        }
    }

    @Test
    void whatIsBetweenTheWordsIsLowered() throws Exception {
        FxPreset preset = FxPresets.byName("speech_noise_down").orElseThrow();
        assertThat(toneChangeDb(preset, 0.0003)).isCloseTo(-10, within(0.5));
        assertThat(toneChangeDb(preset, 0.03)).isCloseTo(0, within(0.1));
    }

    /** By how much a tone of 1 kHz becomes louder. */
    private static double toneChangeDb(FxPreset preset, double amplitude) throws Exception {
        double[] tone = Tones.sine(1000, amplitude, RATE, RATE);
        double[][] out = render(preset, RATE, Tail.NONE, tone, tone);
        return db(Tones.amplitude(out[0], RATE / 2, 1000, RATE) / amplitude);
    }

    private static double sideOverMiddleDb(double[][] stereo) {
        double[] right = Arrays.stream(stereo[1]).map(v -> -v).toArray();
        return 10 * Math.log10(energy(Tones.sum(stereo[0], right)) / energy(Tones.sum(stereo[0], stereo[1])));
    }

    /** Half a second each: loud, next to nothing, sibilant, quiet. */
    private static double[] programme(long seed) {
        double[] x = pink(2 * RATE, -12, seed);
        double[] hiss = new EffectRunner(new Highpass(6500, 24), RATE, 1).run(new double[][] {x}, Tones.WHOLE)[0];
        for (int i = 0; i < x.length; i++) {
            x[i] = switch (2 * i / RATE) {
                case 0 -> x[i];
                case 1 -> 0.003 * x[i];
                case 2 -> hiss[i];
                default -> 0.1 * x[i];
            };
        }
        return x;
    }

    /** A reverb or echoes by themselves. */
    private static boolean isReturn(FxPreset preset) {
        return preset.inserts().stream()
                .anyMatch(insert ->
                        insert.mix() == 1 && (insert.effect() instanceof Reverb || insert.effect() instanceof Delay));
    }

    /** What a track with the preset gives its bus. */
    private static double[][] render(FxPreset preset, int rate, Tail tail, double[]... samples) throws Exception {
        MemorySource source = new MemorySource("noise", rate, samples);
        Track track = Track.of("a", "noise").withBus("b").withInserts(preset.inserts());
        Session session = Session.of("one", List.of(track))
                .withBusPreset("none")
                .withBuses(List.of(BusConfig.of("b")))
                .withMaster(Master.EMPTY.withLimiter(LimiterConfig.OFF))
                .withOutput(Output.DEFAULT
                        .withMaster(FileFormat.wav(SampleEncoding.FLOAT32))
                        .withTail(tail));
        MixEngine engine = new MixEngine(1, 512);
        MemoryTarget target = new MemoryTarget();
        engine.render(engine.plan(session, name -> source), target, RenderMonitor.SILENT);
        return target.file("b");
    }

    /**
     * Noise of 3 dB less per octave from about 20 Hz to 20 kHz: white noise through first-order lowpasses, after Paul
     * Kellet ("Pink noise generation", musicdsp.org).
     */
    private static double[] pink(int frames, double rmsDb, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] x = new double[frames];
        double low = 0;
        double middle = 0;
        double high = 0;
        for (int i = 0; i < frames; i++) {
            double white = 2 * random.nextDouble() - 1;
            low = 0.99765 * low + 0.0990460 * white;
            middle = 0.96300 * middle + 0.2965164 * white;
            high = 0.57000 * high + 1.0526913 * white;
            x[i] = low + middle + high + 0.1848 * white;
        }
        double scale = gain(rmsDb) / Math.sqrt(energy(x) / frames);
        for (int i = 0; i < frames; i++) {
            x[i] *= scale;
        }
        return x;
    }

    private static double levelChangeDb(double[][] before, double[][] after) {
        return 10 * Math.log10(energy(after) / energy(before));
    }

    private static double energy(double[]... channels) {
        return Arrays.stream(channels)
                .flatMapToDouble(Arrays::stream)
                .map(v -> v * v)
                .sum();
    }

    /** NaN if there is any. */
    private static double highest(double[][] channels) {
        return Arrays.stream(channels)
                .flatMapToDouble(Arrays::stream)
                .map(Math::abs)
                .max()
                .orElseThrow();
    }

    /**
     * What a version says never changes: recorded as it was when it came. The fields that say what they say anyway are
     * left out, so that an effect can get new ones.
     */
    @ParameterizedTest
    @CsvSource({
        "drum_glue@1, c863e102b9ffdf54",
        "bass_tight@1, 3a8ec53b79fcd083",
        "vocal_clarity@1, 134f2752b9cb7433",
        "backing_blend@1, 004f29b09bf477f3",
        "fx_space@1, 221538ced88f1f1a",
        "other_gentle@1, b292bc796a541737",
        "guitar_body@1, c1cac34f71dd1beb",
        "keys_open@1, 0832b2b6aff43345",
        "dialogue_clarity@1, 0a25da7dceb51952",
        "podcast_voice@1, 6aad13d27d090731",
        "music_bed@1, 1099f5455c474b4a",
        "sfx_solid@1, 619d900aa98fba3d",
        "rumble_cut@1, de3f4466949fffe4",
        "hum_50@1, 2d6c086aec32c98a",
        "hum_60@1, ce30483b15e62e9f",
        "master_gentle@1, 4d255107489ac9a4"
    })
    void aVersionStaysWhatItIs(String id, String sha256) throws Exception {
        String text = canonical(FxPresets.byName(id).orElseThrow().inserts());
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        assertThat(HexFormat.of().formatHex(digest, 0, 8)).as(text).isEqualTo(sha256);
    }

    private static String canonical(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(PresetsTest::canonical).collect(Collectors.joining(",", "[", "]"));
        }
        if (value instanceof Record record) {
            RecordShape<?> shape = record instanceof Insert insert
                    ? Insert.shape(insert.effect().getClass())
                    : RecordShape.of(record.getClass());
            String type = record instanceof Insert insert
                    ? EffectCatalogue.of(insert.effect()).name()
                    : "";
            return shape.fields().stream()
                    .filter(field -> !Objects.equals(field.get(record), field.absentValue()))
                    .map(field -> field.name() + "=" + canonical(field.get(record)))
                    .collect(Collectors.joining(",", type + "{", "}"));
        }
        return value instanceof Double number ? Numbers.text(number) : String.valueOf(value);
    }

    @ParameterizedTest
    @MethodSource("busPresets")
    void aRoleGoesToOneBusAndEveryPresetOfItExists(BusPreset preset) {
        Set<String> ids = new HashSet<>();
        Set<String> roles = new HashSet<>();
        for (BusConfig bus : preset.buses()) {
            assertThat(bus.id()).matches("[A-Za-z0-9][A-Za-z0-9_-]*").isNotEqualTo(BusConfig.MASTER);
            assertThat(ids.add(bus.id())).isTrue();
            assertThat(FxPresets.byName(fxPreset(bus.channel().inserts()))).isPresent();
            assertThat(fxPreset(bus.channel().inserts())).contains("@");
            List<String> taken = bus.trackRoles() == null ? List.of() : bus.trackRoles();
            assertThat(taken).contains(bus.id());
            for (String role : taken) {
                assertThat(role).isEqualTo(Roles.normalise(role));
                assertThat(roles.add(role)).as(role).isTrue();
            }
        }
        assertThat(roles.contains(Roles.ANY)).isEqualTo(!preset.buses().isEmpty());
        // What is said of ceilings and limiting is judged by the document alone.
        assertThat(preset.master().loudness()).isNull();
        assertThat(preset.master().limiter()).isNull();
        if (preset.name().equals("none")) {
            assertThat(preset.buses()).isEmpty();
            assertThat(preset.master()).isEqualTo(Master.EMPTY);
        } else {
            assertThat(FxPresets.byName(fxPreset(preset.master().inserts()))).isPresent();
        }
    }

    private static String fxPreset(Inserts inserts) {
        return inserts.fxPreset() == null ? "" : inserts.fxPreset();
    }

    @ParameterizedTest
    @CsvSource({
        "default, kick, drums",
        "default, snare, drums",
        "default, percussion, drums",
        "default, sub, bass",
        "default, lead_vocal, vocals",
        "default, backing_vocals, vocals",
        "default, dialogue, vocals",
        "default, music, other",
        "default, guitar, other",
        "default, keys, other",
        "default, synth, other",
        "default, sfx, fx",
        "default, ambience, fx",
        "stems4, sfx, other",
        "dme, lead_vocal, music",
        "dme, narration, dialogue",
        "dme, foley, effects",
        "dme, kick, music"
    })
    void rolesGoWhereAnEngineerWouldPutThem(String preset, String role, String bus) {
        assertThat(BusPresets.byName(preset).orElseThrow().buses())
                .filteredOn(b -> b.trackRoles() != null && b.trackRoles().contains(role))
                .extracting(BusConfig::id)
                .containsExactly(bus);
    }

    @Test
    void busesAreTheOnesThatTheNamesPromise() {
        assertThat(ids("default")).containsExactly("drums", "bass", "vocals", "fx", "other");
        assertThat(ids("stems4")).containsExactly("drums", "bass", "other", "vocals");
        assertThat(ids("dme")).containsExactly("dialogue", "music", "effects");
    }

    @Test
    void namesMeanTheNewestAndIdsOneVersion() {
        FxPreset one = new FxPreset("a", 1, "One.", List.of());
        FxPreset two = new FxPreset("a", 2, "Two.", List.of());
        for (List<FxPreset> presets : List.of(List.of(one, two), List.of(two, one))) {
            assertThat(Preset.find(presets, "a")).contains(two);
            assertThat(Preset.find(presets, "a@1")).contains(one);
            assertThat(Preset.find(presets, "a@3")).isEmpty();
            assertThat(Preset.find(presets, "b")).isEmpty();
        }
        assertThat(FxPresets.byName("drum_glue"))
                .isEqualTo(FxPresets.byName("drum_glue@2"))
                .isPresent();
        assertThat(FxPresets.byName("drum_glue@1").orElseThrow().version()).isEqualTo(1);
        assertThat(BusPresets.byName("default@1")).isPresent();
    }

    @Test
    void idsAreUnique() {
        assertThat(FxPresets.all()).extracting(FxPreset::id).doesNotHaveDuplicates();
        assertThat(BusPresets.all()).extracting(BusPreset::id).doesNotHaveDuplicates();
    }

    private static List<String> ids(String preset) {
        return BusPresets.byName(preset).orElseThrow().buses().stream()
                .map(BusConfig::id)
                .toList();
    }
}
