package io.mixgraph.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.mixgraph.audio.SourceOpener;
import io.mixgraph.model.Automation;
import io.mixgraph.model.Insert;
import io.mixgraph.model.InsertChannels;
import io.mixgraph.model.Inserts;
import io.mixgraph.model.Key;
import io.mixgraph.model.LimiterConfig;
import io.mixgraph.model.LoudnessConfig;
import io.mixgraph.model.Master;
import io.mixgraph.model.Session;
import io.mixgraph.model.StemTap;
import io.mixgraph.model.Tail;
import io.mixgraph.model.Tap;
import io.mixgraph.testing.MemorySource;
import io.mixgraph.testing.Tones;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each kind of effect on the master does to the stems that go through it, one by one. */
@Tag("law")
class StemsThroughMasterTest {
    private static final int RATE = 48_000;
    private static final int FRAMES = RATE / 2;

    /** A beat, a bass and noise that comes and goes; an impulse response for convolutions. */
    private static final SourceOpener SOURCES = name -> switch (name) {
        case "part0" -> new MemorySource(name, RATE, beat());
        case "part1" -> new MemorySource(name, RATE, Tones.sine(55, 0.4, RATE, FRAMES));
        case "part2" -> MemorySource.noise(name, RATE, 2, FRAMES, 0.2, 31);
        default -> MemorySource.noise(name, RATE, 2, 3_000, 0.1, 32);
    };

    private static double[] beat() {
        double[] x = MemorySource.noise("beat", RATE, 1, FRAMES, 0.8, 33).channel(0);
        for (int i = 0; i < x.length; i++) {
            x[i] *= Math.exp(-(i % 6_000) / 900.0);
        }
        return x;
    }

    private static Session session(List<Insert> inserts, StemTap tap, Master master) {
        Session session = Rendered.console(RATE, 3);
        return session.withMaster(master.withInserts(new Inserts(inserts, null, null)))
                .withOutput(session.output()
                        .withStems(session.output().stems().withTap(tap))
                        .withTail(Tail.AUTO));
    }

    private static Rendered render(List<Insert> inserts, StemTap tap) throws Exception {
        return Rendered.of(
                session(
                        inserts,
                        tap,
                        Master.EMPTY.withLimiter(LimiterConfig.OFF).withGainDb(-2.5)),
                SOURCES);
    }

    /** Two passes, so that what comes out of the master's effects is spooled in double precision, each stem too. */
    private static Rendered spooled(List<Insert> inserts, Master master) throws Exception {
        return Rendered.of(
                session(inserts, StemTap.MASTERED, master.withLoudness(LoudnessConfig.of(-23, -1))), SOURCES);
    }

    private static final List<Automation.Point> SWEEP =
            List.of(new Automation.Point(0.0, 200.0), new Automation.Point(0.3, 4_000.0));

    private static Map<String, List<Insert>> linear() {
        Map<String, List<Insert>> all = new LinkedHashMap<>();
        all.put("nothing", List.of());
        all.put("gain", List.of(Rendered.insert("gain", Map.of("gain_db", -3.3, "invert", true))));
        all.put(
                "filters",
                List.of(
                        Rendered.insert("highpass", Map.of("frequency_hz", 30.0)),
                        Rendered.insert("high_shelf", Map.of("frequency_hz", 8000.0, "gain_db", 3.0))));
        all.put("reverb", List.of(Rendered.insert("reverb", Map.of("decay_s", 0.3))));
        all.put(
                "reverb, mixed",
                List.of(Rendered.insert("reverb", Map.of("decay_s", 0.3)).withMix(0.3)));
        all.put("convolution", List.of(Rendered.insert("convolution", Map.of("impulse", "hall", "gain_db", -20.0))));
        all.put(
                "convolution that is late, mixed",
                List.of(Rendered.insert(
                                "convolution", Map.of("impulse", "hall", "gain_db", -20.0, "latency_frames", 256))
                        .withMix(0.5)));
        all.put(
                "delay on the side",
                List.of(Rendered.insert("delay", Map.of("time_ms", 20.0, "feedback_percent", 30.0))
                        .withChannels(InsertChannels.SIDE)));
        all.put(
                "width and tilt on the left",
                List.of(
                        Rendered.insert("stereo_width", Map.of("width", 1.4, "mono_below_hz", 150.0)),
                        Rendered.insert("tilt", Map.of("gain_db", 3.0)).withChannels(InsertChannels.LEFT)));
        all.put(
                "a filter that moves",
                List.of(Rendered.insert("lowpass", Map.of("frequency_hz", 200.0))
                        .withAutomation(Map.of("frequency_hz", SWEEP))));
        all.put(
                "a mix that moves",
                List.of(Rendered.insert("peak", Map.of("frequency_hz", 900.0, "gain_db", 9.0))
                        .withAutomation(Map.of(
                                Insert.MIX, List.of(new Automation.Point(0.1, 0.0), new Automation.Point(0.4, 1.0))))));
        return all;
    }

    private static Map<String, List<Insert>> controlled() {
        Map<String, List<Insert>> all = new LinkedHashMap<>();
        Insert compressor = Rendered.insert("compressor", Map.of("threshold_db", -30.0, "ratio", 4.0));
        all.put("a compressor", List.of(compressor));
        all.put(
                "one that looks ahead",
                List.of(Rendered.insert(
                        "compressor", Map.of("threshold_db", -30.0, "ratio", 4.0, "lookahead_ms", 3.0))));
        all.put(
                "one for each channel",
                List.of(Rendered.insert("compressor", Map.of("threshold_db", -30.0, "stereo_link_percent", 0))));
        all.put("one that is keyed", List.of(compressor.withKey(Key.of("t0"))));
        all.put(
                "one that is keyed by a filtered bus",
                List.of(compressor.withKey(new Key("b1", Tap.POST_FADER, 40.0, 2_000.0))));
        all.put("one in parallel", List.of(compressor.withMix(0.4)));
        all.put("one on the middle", List.of(compressor.withChannels(InsertChannels.MID)));
        all.put(
                "one on the side, in parallel",
                List.of(compressor.withChannels(InsertChannels.SIDE).withMix(0.7)));
        all.put(
                "one whose threshold and ratio move",
                List.of(compressor.withAutomation(Map.of(
                        "threshold_db",
                        List.of(new Automation.Point(0.0, -10.0), new Automation.Point(0.4, -40.0)),
                        "ratio",
                        List.of(new Automation.Point(0.1, 2.0), new Automation.Point(0.2, 8.0))))));
        all.put(
                "a multiband compressor",
                List.of(Rendered.insert(
                        "multiband_compressor",
                        Map.of(
                                "bands",
                                List.of(
                                        Map.of("up_to_hz", 150.0, "threshold_db", -30.0),
                                        Map.of("up_to_hz", 2500.0, "threshold_db", -25.0),
                                        Map.of("threshold_db", -40.0, "ratio", 5.0))))));
        all.put(
                "a de-esser",
                List.of(Rendered.insert("de_esser", Map.of("threshold_db", -45.0, "frequency_hz", 5_000.0))));
        all.put(
                "a dynamic equaliser, moved",
                List.of(Rendered.insert(
                                "dynamic_eq",
                                Map.of(
                                        "bands",
                                        List.of(Map.of(
                                                "frequency_hz", 800.0, "threshold_db", -40.0, "range_db", -9.0))))
                        .withAutomation(Map.of(
                                "bands/0/range_db",
                                List.of(new Automation.Point(0.0, -9.0), new Automation.Point(0.3, -2.0))))));
        all.put(
                "a gate",
                List.of(Rendered.insert(
                        "gate",
                        Map.of("threshold_db", -4.0, "hysteresis_db", 0.0, "lookahead_ms", 1.0, "hold_ms", 5.0))));
        all.put(
                "a ducker",
                List.of(Rendered.insert("ducker", Map.of("threshold_db", -25.0, "depth_db", 12.0))
                        .withKey(Key.of("t0"))));
        all.put(
                "a leveller and a limiter",
                List.of(
                        Rendered.insert("leveller", Map.of("target_lufs", -20.0, "time_s", 0.5)),
                        Rendered.insert("limiter", Map.of("true_peak_db", -12.0))));
        all.put(
                "a transient shaper in a reverb",
                List.of(
                        Rendered.insert("reverb", Map.of("decay_s", 0.3)).withMix(0.3),
                        Rendered.insert("transient_shaper", Map.of("attack_percent", 60.0, "sustain_percent", -40.0))));
        return all;
    }

    private static Map<String, List<Insert>> notLinear() {
        Map<String, List<Insert>> all = new LinkedHashMap<>();
        Insert saturation = Rendered.insert("saturation", Map.of("drive_db", 12.0, "curve", "tube"));
        Insert compressor = Rendered.insert("compressor", Map.of("threshold_db", -30.0, "ratio", 4.0));
        all.put("saturation", List.of(saturation));
        all.put("saturation in parallel", List.of(saturation.withMix(0.3)));
        all.put("saturation on the middle", List.of(saturation.withChannels(InsertChannels.MID)));
        all.put(
                "saturation whose drive moves",
                List.of(saturation.withAutomation(
                        Map.of("drive_db", List.of(new Automation.Point(0.0, 0.0), new Automation.Point(0.4, 18.0))))));
        all.put(
                "a compressor between two",
                List.of(saturation, compressor, Rendered.insert("bit_crush", Map.of("bits", 8.0, "downsample", 3))));
        all.put(
                "with a look-ahead between and a reverb after",
                List.of(
                        saturation.withMix(0.6),
                        Rendered.insert("compressor", Map.of("threshold_db", -30.0, "ratio", 4.0, "lookahead_ms", 4.0)),
                        Rendered.insert("saturation", Map.of("drive_db", 6.0, "curve", "tape")),
                        Rendered.insert("reverb", Map.of("decay_s", 0.3)).withMix(0.2)));
        return all;
    }

    private static List<String> linearNames() {
        return List.copyOf(linear().keySet());
    }

    private static List<String> controlledNames() {
        return List.copyOf(controlled().keySet());
    }

    private static List<String> notLinearNames() {
        return List.copyOf(notLinear().keySet());
    }

    private static void checkSum(Rendered rendered, String what) {
        Rendered.Sum sum = rendered.sumAgainstMaster();
        assertThat(sum.above()).as("%s: %s", what, sum).isZero();
        assertThat(rendered.report().certificate().holds()).as(what).isTrue();
        assertThat(rendered.notFinite()).as(what).isZero();
        assertThat(Tones.db(peak(rendered.file("master")))).as(what).isGreaterThan(-40.0);
    }

    private static double peak(double[][] x) {
        double highest = 0.0;
        for (double[] channel : x) {
            for (double value : channel) {
                highest = Math.max(highest, Math.abs(value));
            }
        }
        return highest;
    }

    /** A linear effect does to a part of the mix what it does to that part alone. */
    @ParameterizedTest
    @MethodSource("linearNames")
    void behindLinearEffectsAMasteredStemIsTheStemAlone(String name) throws Exception {
        List<Insert> inserts = Objects.requireNonNull(linear().get(name));
        Rendered mastered = render(inserts, StemTap.MASTERED);
        Rendered soloed = render(inserts, StemTap.SOLOED);
        checkSum(mastered, name);
        assertThat(mastered.summed()).hasSize(3);
        for (String stem : List.of("b0", "b1", "b2")) {
            assertThat(mastered.file(stem)).as(stem).isDeepEqualTo(soloed.file(stem));
        }
        assertThat(mastered.file("master")).isDeepEqualTo(soloed.file("master"));
    }

    @ParameterizedTest
    @MethodSource("controlledNames")
    void behindControlledEffectsStemsAddUp(String name) throws Exception {
        List<Insert> inserts = Objects.requireNonNull(controlled().get(name));
        Rendered mastered = render(inserts, StemTap.MASTERED);
        checkSum(mastered, name);
        Rendered loud = Rendered.of(
                session(inserts, StemTap.MASTERED, Master.EMPTY.withLoudness(LoudnessConfig.of(-7, -1))), SOURCES);
        checkSum(loud, name);
        assertThat(loud.metrics().limiterMaxReductionDb()).as(name).isPositive();
        // What the effect does depends on the mix: on its own, a stem is another one.
        assertThat(mostDifference(mastered, render(inserts, StemTap.SOLOED)))
                .as(name)
                .isGreaterThan(name.contains("keyed") || name.equals("a ducker") ? -1.0 : 1e-4);
    }

    private static double mostDifference(Rendered one, Rendered other) {
        double most = 0.0;
        for (String stem : List.of("b0", "b1", "b2")) {
            for (int c = 0; c < 2; c++) {
                for (int i = 0; i < one.file(stem)[c].length; i++) {
                    most = Math.max(most, Math.abs(one.file(stem)[c][i] - other.file(stem)[c][i]));
                }
            }
        }
        return most;
    }

    /** One gain, found on the mix: out over in is the same for the mix and for every stem. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a compressor",
                "one that looks ahead",
                "one for each channel",
                "one that is keyed",
                "one that is keyed by a filtered bus",
                "one in parallel",
                "one whose threshold and ratio move",
                "a gate",
                "a ducker",
                "a leveller and a limiter"
            })
    void aGainIsTheSameForEveryStem(String name) throws Exception {
        List<Insert> inserts = Objects.requireNonNull(controlled().get(name));
        Rendered through = spooled(inserts, Master.EMPTY);
        Rendered before = render(List.of(), StemTap.PRE_MASTER);
        double[][] whole = through.spools().get(0).channels();
        double least = 1.0;
        long compared = 0;
        for (int c = 0; c < 2; c++) {
            for (int i = 0; i < FRAMES; i++) {
                double in = 0.0;
                double loudest = 0.0;
                for (String stem : List.of("b0", "b1", "b2")) {
                    in += before.file(stem)[c][i];
                    loudest = Math.max(loudest, Math.abs(before.file(stem)[c][i]));
                }
                if (Math.abs(in) > 1e-3 * loudest && Math.abs(in) > 1e-6) {
                    double gain = whole[c][i] / in;
                    least = Math.min(least, gain);
                    for (int s = 0; s < 3; s++) {
                        double stem = through.spools().get(1 + s).channels()[c][i];
                        double expected = gain * before.file("b" + s)[c][i];
                        if (Math.abs(stem - expected) > 1e-9 * Math.abs(expected) + 1e-18) {
                            throw new AssertionError(name + ": channel " + c + " frame " + i + " stem " + s + ": "
                                    + stem + " and not " + expected);
                        }
                        compared++;
                    }
                }
            }
        }
        assertThat(compared).isGreaterThan(100_000);
        assertThat(least).as("the gain moved").isLessThan(0.9);
    }

    @ParameterizedTest
    @MethodSource("notLinearNames")
    void withTheResidualStemsAddUp(String name) throws Exception {
        List<Insert> inserts = Objects.requireNonNull(notLinear().get(name));
        Rendered rendered = render(inserts, StemTap.MASTERED);
        checkSum(rendered, name);
        assertThat(rendered.summed()).hasSize(4);
        assertThat(Tones.db(peak(rendered.file("residual")))).as(name).isGreaterThan(-60.0);
        checkSum(spooled(inserts, Master.EMPTY.withGainDb(12)), name);
    }

    @Test
    void nothingIsLeftOfASaturationThatIsNotHeard() throws Exception {
        Insert saturation = Rendered.insert("saturation", Map.of("drive_db", 12.0, "curve", "tube"));
        Insert compressor =
                Rendered.insert("compressor", Map.of("threshold_db", -30.0, "ratio", 4.0, "lookahead_ms", 4.0));
        Rendered none = render(List.of(compressor), StemTap.MASTERED);
        for (Insert silent : List.of(saturation.withMix(0), saturation.withBypass(true))) {
            Rendered rendered = render(List.of(silent, compressor), StemTap.MASTERED);
            checkSum(rendered, silent.toString());
            for (RenderReport.FileReport stem : rendered.summed()) {
                if (stem.id().equals("residual")) {
                    assertThat(peak(rendered.file("residual"))).as("%s", silent).isZero();
                }
            }
            assertThat(peak(rendered.file("b0"))).isEqualTo(peak(none.file("b0")));
        }
        // Mid and side, there and back, round in the last bits of double precision.
        Rendered side =
                render(List.of(saturation.withMix(0).withChannels(InsertChannels.SIDE), compressor), StemTap.MASTERED);
        checkSum(side, "side");
        assertThat(peak(side.file("residual"))).isLessThan(0x1p-52);
    }

    /** Stems pass such an effect untouched, only as late as it is: all that it does is in the residual. */
    @Test
    void stemsPassASaturationUntouched() throws Exception {
        Insert saturation = Rendered.insert("saturation", Map.of("drive_db", 9.0, "curve", "tanh"));
        Rendered before = render(List.of(), StemTap.MASTERED);
        Rendered rendered = render(List.of(saturation), StemTap.MASTERED);
        for (String stem : List.of("b0", "b1", "b2")) {
            for (int c = 0; c < 2; c++) {
                double[] passed = Arrays.copyOf(rendered.file(stem)[c], FRAMES);
                assertThat(passed).as(stem).isEqualTo(before.file(stem)[c]);
            }
        }
    }
}
