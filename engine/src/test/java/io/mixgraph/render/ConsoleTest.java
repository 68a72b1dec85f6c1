package io.mixgraph.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mixgraph.MixEngine;
import io.mixgraph.audio.SampleEncoding;
import io.mixgraph.fx.Compressor;
import io.mixgraph.fx.Effect;
import io.mixgraph.fx.EffectCatalogue;
import io.mixgraph.fx.Gain;
import io.mixgraph.fx.Limiter;
import io.mixgraph.model.Automation;
import io.mixgraph.model.Automation.Point;
import io.mixgraph.model.Automation.Switch;
import io.mixgraph.model.BusConfig;
import io.mixgraph.model.Channel;
import io.mixgraph.model.Clip;
import io.mixgraph.model.CurveShape;
import io.mixgraph.model.FileFormat;
import io.mixgraph.model.InputMode;
import io.mixgraph.model.Insert;
import io.mixgraph.model.InsertChannels;
import io.mixgraph.model.Inserts;
import io.mixgraph.model.Key;
import io.mixgraph.model.LimiterConfig;
import io.mixgraph.model.Master;
import io.mixgraph.model.MasterAutomation;
import io.mixgraph.model.Output;
import io.mixgraph.model.Send;
import io.mixgraph.model.SendAutomation;
import io.mixgraph.model.Session;
import io.mixgraph.model.Tail;
import io.mixgraph.model.Tap;
import io.mixgraph.model.Track;
import io.mixgraph.testing.MemorySource;
import io.mixgraph.testing.MemoryTarget;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every control of a strip, heard through a whole render and held to its formula. */
class ConsoleTest {
    private static final int RATE = 48_000;
    private static final int FRAMES = 4_800;

    /** What rounding to 32-bit float may move. */
    private static final double FLOAT = 1e-7;

    private static final Output EXACT =
            Output.DEFAULT.withMaster(FileFormat.wav(SampleEncoding.FLOAT32)).withTail(Tail.NONE);

    private static MemorySource constant(double... values) {
        double[][] samples = new double[values.length][FRAMES];
        for (int c = 0; c < values.length; c++) {
            Arrays.fill(samples[c], values[c]);
        }
        return new MemorySource("source", RATE, samples);
    }

    private static MemoryTarget render(Session session, MemorySource source, int blockFrames) throws Exception {
        MixEngine engine = new MixEngine(1, blockFrames);
        MemoryTarget target = new MemoryTarget();
        engine.render(engine.plan(session, name -> source), target, RenderMonitor.SILENT);
        return target;
    }

    private static Session session(Track track, BusConfig... buses) {
        return Session.of("s", List.of(track))
                .withBusPreset("none")
                .withBuses(buses.length == 0 ? List.of(BusConfig.of("b")) : List.of(buses))
                .withMaster(Master.EMPTY.withLimiter(LimiterConfig.OFF))
                .withOutput(EXACT);
    }

    /** What bus {@code b} hands on when one track, with this strip, plays a source. */
    private static double[][] heard(MemorySource source, UnaryOperator<Channel> strip) throws Exception {
        Track track = Track.of("t", "source").withBus("b").withChannel(strip.apply(Channel.EMPTY));
        return render(session(track), source, 500).file("b");
    }

    private static void assertConstant(double[][] heard, double left, double right) {
        for (int i = 0; i < FRAMES; i++) {
            assertThat(heard[0][i]).isCloseTo(left, within(FLOAT));
            assertThat(heard[1][i]).isCloseTo(right, within(FLOAT));
        }
    }

    // Pan and width.

    /** cos/sin, linear, the geometric mean of both, and balance. */
    @ParameterizedTest
    @ValueSource(doubles = {-1, -0.6, 0, 0.25, 1})
    void aMonoSignalIsPlacedByEachLaw(double p) throws Exception {
        double angle = (p + 1) * Math.PI / 4;
        double sine = Math.sin(angle);
        double cosine = Math.cos(angle);
        double near = Math.cos(Math.abs(p) * Math.PI / 2);
        MemorySource one = constant(0.5);
        assertConstant(heard(one, s -> s.withPan(p)), 0.5 * cosine, 0.5 * sine);
        assertConstant(heard(one, s -> s.withPan(p).withPanLawDb(-6)), 0.25 * (1 - p), 0.25 * (1 + p));
        assertConstant(
                heard(one, s -> s.withPan(p).withPanLawDb(-4.5)),
                0.5 * Math.sqrt(cosine * (1 - p) / 2),
                0.5 * Math.sqrt(sine * (1 + p) / 2));
        assertConstant(
                heard(one, s -> s.withPan(p).withPanLawDb(0)), p <= 0 ? 0.5 : 0.5 * near, p >= 0 ? 0.5 : 0.5 * near);
    }

    @Test
    void theLawsAreNamedByTheirCentre() throws Exception {
        for (double law : new double[] {0, -3, -4.5, -6}) {
            double[][] heard = heard(constant(0.5), s -> s.withPanLawDb(law));
            assertThat(20 * Math.log10(heard[0][0] / 0.5)).isCloseTo(law, within(0.03));
        }
    }

    @Test
    void theSessionsLawHoldsWhereAStripSaysNothing() throws Exception {
        Track track = Track.of("t", "source").withBus("b");
        double[][] heard =
                render(session(track).withPanLawDb(-6), constant(0.5), 512).file("b");
        assertConstant(heard, 0.25, 0.25);
    }

    @ParameterizedTest
    @CsvSource({"0", "0.5", "1", "1.5", "2"})
    void widthScalesTheSide(double width) throws Exception {
        double mid = 0.5 * (0.5 + -0.125);
        double side = 0.5 * (0.5 - -0.125);
        assertConstant(heard(constant(0.5, -0.125), s -> s.withWidth(width)), mid + width * side, mid - width * side);
    }

    @Test
    void twoPansPlaceEachSide() throws Exception {
        double angle = (0.5 + 1) * Math.PI / 4;
        assertConstant(
                heard(constant(0.5, 0.25), s -> s.withDualPan(0.5, -1)),
                0.5 * Math.cos(angle) + 0.25,
                0.5 * Math.sin(angle));
        assertConstant(heard(constant(0.5, 0.25), s -> s.withDualPan(-1, 1)), 0.5, 0.25);
    }

    // Input.

    @ParameterizedTest
    @CsvSource({
        "STEREO,0.5,-0.125",
        "MONO_SUM,0.1875,0.1875",
        "MID_SIDE,0.375,0.625",
        "LEFT,0.5,0.5",
        "RIGHT,-0.125,-0.125",
        "SWAPPED,-0.125,0.5"
    })
    void theInputMakesOfTwoChannels(InputMode mode, double left, double right) throws Exception {
        assertConstant(heard(constant(0.5, -0.125), s -> s.withInput(mode)), left, right);
        assertConstant(heard(constant(0.5, -0.125), s -> s.withInput(mode).withPhaseInvert(true)), -left, -right);
    }

    @ParameterizedTest
    @ValueSource(ints = {-300, -1, 0, 1, 777})
    void trimDelayMovesTheStripAndNothingElse(int trim) throws Exception {
        MemorySource impulse = MemorySource.impulse("source", RATE, 1, FRAMES, 1000);
        Track moved = Track.of("t", "source")
                .withBus("b")
                .withChannel(
                        Channel.EMPTY.withTrimDelayFrames(trim).withSends(List.of(Send.of("send", 0, -1, Tap.INPUT))));
        Track still = Track.of("u", "source").withBus("c");
        Session session = Session.of("s", List.of(moved, still))
                .withBusPreset("none")
                .withBuses(List.of(
                        BusConfig.of("b"),
                        BusConfig.of("c").withFx(List.of(Limiter.at(0))),
                        BusConfig.of("send").withChannel(Channel.EMPTY.withTrimDelayFrames(-trim))))
                .withMaster(Master.EMPTY.withLimiter(LimiterConfig.OFF))
                .withOutput(EXACT);
        MemoryTarget files = render(session, impulse, 256);
        assertThat(onset(files.file("b")[0])).isEqualTo(1000 + trim);
        assertThat(onset(files.file("c")[0])).isEqualTo(1000);
        assertThat(onset(files.file("send")[0])).isEqualTo(1000);
    }

    private static int onset(double[] x) {
        int i = 0;
        while (x[i] == 0) {
            i++;
        }
        return i;
    }

    // What moves.

    /** The expected gain of each frame, whatever the blocks. */
    private static void assertGains(Session session, IntToDoubleFunction gain, double within) throws Exception {
        double[] first = render(session, constant(0.5, 0.5), 1000).file("b")[0];
        for (int i = 0; i < FRAMES; i++) {
            assertThat(first[i]).as("frame %d", i).isCloseTo(0.5 * gain.applyAsDouble(i), within(within));
        }
        for (int blockFrames : new int[] {1, 7, 64, 4096}) {
            assertThat(render(session, constant(0.5, 0.5), blockFrames).file("b")[0])
                    .isEqualTo(first);
        }
    }

    private static double linear(double db) {
        return Math.pow(10, db / 20);
    }

    @Test
    void pointsAreLinearOrHeldToTheFrame() throws Exception {
        List<Point> points = List.of(
                new Point(0.01, 0), new Point(0.02, -12, CurveShape.HOLD), new Point(0.05, -3), new Point(0.06, -6));
        Track track = Track.of("t", "source").withBus("b").withAutomation(Automation.of(points, List.of()));
        assertGains(
                session(track),
                i -> linear(
                        i < 480
                                ? 0
                                : i < 960
                                        ? -12.0 * (i - 480) / 480
                                        : i < 2400 ? -12 : i < 2880 ? -3 - 3.0 * (i - 2400) / 480 : -6),
                FLOAT);
    }

    @Test
    void aMuteOpensAndClosesInFiveMilliseconds() throws Exception {
        Automation mute = new Automation(
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(
                        new Switch(0, false),
                        new Switch(0.02, true),
                        new Switch(0.022, false),
                        new Switch(0.06, true)));
        Track track = Track.of("t", "source").withBus("b").withAutomation(mute);
        // A ramp is 240 frames; the second turns round 96 frames into the first, at 0.6, and takes 240 frames from
        // there.
        assertGains(
                session(track),
                i -> i < 960
                        ? 1
                        : i < 1056
                                ? 1 - (i - 960) / 240.0
                                : i < 1296
                                        ? 0.6 + 0.4 * (i - 1056) / 240
                                        : i < 2880 ? 1 : i < 3120 ? 1 - (i - 2880) / 240.0 : 0,
                FLOAT);
    }

    @Test
    void sendsMoveWithTheFaderAndByThemselves() throws Exception {
        List<Point> fader = List.of(new Point(0, 0), new Point(0.1, -10));
        List<Point> level = List.of(new Point(0.02, -6), new Point(0.05, 0, CurveShape.HOLD), new Point(0.08, -20));
        SendAutomation moves =
                new SendAutomation(level, List.of(), List.of(new Switch(0, false), new Switch(0.09, true)));
        Track track = Track.of("t", "source")
                .withBus("a")
                .withAutomation(Automation.of(fader, List.of()))
                .withSends(List.of(Send.of("b", 0).withAutomation(moves)));
        assertGains(
                session(track, BusConfig.of("a"), BusConfig.of("b")),
                i -> {
                    double send = i < 960 ? -6 : i < 2400 ? -6 + 6.0 * (i - 960) / 1440 : i < 3840 ? 0 : -20;
                    double open = i < 4320 ? 1 : i < 4560 ? 1 - (i - 4320) / 240.0 : 0;
                    return open * linear(send - 10.0 * i / 4800);
                },
                FLOAT);
    }

    @Test
    void theMastersFaderMoves() throws Exception {
        List<Point> fade = List.of(new Point(0.05, 0), new Point(0.1, -60));
        Session session = session(Track.of("t", "source").withBus("b"))
                .withMaster(Master.EMPTY.withLimiter(LimiterConfig.OFF).withAutomation(new MasterAutomation(fade)));
        double[] master = render(session, constant(0.5, 0.5), 700).file("master")[0];
        for (int i = 0; i < FRAMES; i++) {
            double db = i < 2400 ? 0 : -60.0 * (i - 2400) / 2400;
            assertThat(master[i]).isCloseTo(0.5 * linear(db), within(FLOAT));
        }
    }

    @Test
    void aClipsEnvelopeCountsFromItsStart() throws Exception {
        Clip clip = Clip.of("source").withStartS(0.02).withGainEnvelope(List.of(new Point(0, -20), new Point(0.01, 0)));
        Track track = Track.of("t", List.of(clip)).withBus("b");
        assertGains(session(track), i -> i < 960 ? 0 : i < 1440 ? linear(-20 + 20.0 * (i - 960) / 480) : 1, FLOAT);
    }

    // Effects in their place.

    @Test
    void aParameterOfAnEffectMovesToTheFrame() throws Exception {
        Insert gain = Insert.of(new Gain(0, false))
                .withAutomation(Map.of(
                        "gain_db",
                        List.of(new Point(0.0101, 0), new Point(0.03, -12, CurveShape.HOLD), new Point(0.0503, -1))));
        Track track = Track.of("t", "source").withBus("b").withInserts(List.of(gain));
        // Between points the gain goes in straight lines of at most 16 frames: within Δ²/8 of the curve, here −83 dB.
        assertGains(
                session(track),
                i -> {
                    double from = Math.rint(0.0101 * RATE);
                    return linear(i < from ? 0 : i < 1440 ? -12 * (i - from) / (1440 - from) : i < 2414 ? -12 : -1);
                },
                4e-5);
    }

    @Test
    void anEffectBehindALatencyMovesOnTheTimeline() throws Exception {
        Insert gain = Insert.of(new Gain(0, false))
                .withAutomation(Map.of("gain_db", List.of(new Point(0, 0, CurveShape.HOLD), new Point(0.05, -6))));
        Track track = Track.of("t", "source")
                .withBus("b")
                .withInserts(List.of(Insert.of(Limiter.at(0)), gain, Insert.of(Limiter.at(0))));
        assertGains(session(track), i -> i < 2400 ? 1 : linear(-6), FLOAT);
    }

    @Test
    void aFilterThatMovesSoundsTheSameInAnyBlocks() throws Exception {
        Effect peak = EffectCatalogue.create("peak", Map.of("frequency_hz", 1000, "gain_db", 6));
        Insert moving = Insert.of(peak)
                .withAutomation(Map.of(
                        "frequency_hz", List.of(new Point(0, 200), new Point(0.1, 8000)),
                        "gain_db", List.of(new Point(0.03, 12), new Point(0.04, -12))));
        Track track = Track.of("t", "source").withBus("b").withInserts(List.of(moving));
        MemorySource noise = MemorySource.noise("source", RATE, 2, FRAMES, 0.1, 5);
        double[][] expected = render(session(track), noise, 1024).file("b");
        for (int blockFrames : new int[] {1, 13, 333}) {
            assertThat(render(session(track), noise, blockFrames).file("b")).isDeepEqualTo(expected);
        }
    }

    @Test
    void mixIsWetAndDryInStep() throws Exception {
        // All of the gain's −12 dB is a quarter; half of it is ½ + ½·¼ and so on. The limiter only delays.
        double quarter = linear(-12);
        Insert gain = Insert.of(new Gain(-12, false))
                .withMix(0.5)
                .withAutomation(Map.of(Insert.MIX, List.of(new Point(0, 0), new Point(0.1, 1))));
        Track track = Track.of("t", "source").withBus("b").withInserts(List.of(gain));
        assertGains(session(track), i -> 1 + i / 4800.0 * (quarter - 1), FLOAT);

        double[] quiet = new double[FRAMES];
        quiet[1000] = 0.5;
        MemorySource impulse = new MemorySource("source", RATE, quiet);
        Track delayed = track.withInserts(List.of(Insert.of(Limiter.at(0)).withMix(0.3)));
        double[] heard = render(session(delayed.withPan(-1)), impulse, 100).file("b")[0];
        assertThat(onset(heard)).isEqualTo(1000);
        assertThat(heard[1000]).isCloseTo(0.5, within(FLOAT));
        assertThat(heard[1001]).isZero();
    }

    @ParameterizedTest
    @CsvSource({"MID,0.5625,-0.0625", "SIDE,0.6875,-0.3125", "LEFT,1,-0.125", "RIGHT,0.5,-0.25", "STEREO,1,-0.25"})
    void anEffectMayHearAPartOfTheSignal(InsertChannels channels, double left, double right) throws Exception {
        Insert doubled = Insert.of(new Gain(20 * Math.log10(channels == InsertChannels.MID ? 4.0 / 3 : 2), false))
                .withChannels(channels);
        // Mid of (0.5, −0.125) is 0.1875, side 0.3125; mid goes up by a third, anything else is doubled.
        double expectedLeft = channels == InsertChannels.SIDE ? 0.1875 + 0.625 : left;
        double expectedRight = channels == InsertChannels.SIDE ? 0.1875 - 0.625 : right;
        assertConstant(
                heard(constant(0.5, -0.125), s -> s.withInserts(new Inserts(List.of(doubled), null, null))),
                expectedLeft,
                expectedRight);
    }

    @Test
    void whatPassesBesideAnEffectIsAsLateAsIt() throws Exception {
        MemorySource impulse = MemorySource.impulse("source", RATE, 2, FRAMES, 500);
        Insert limiter = Insert.of(Limiter.at(0)).withChannels(InsertChannels.SIDE);
        double[][] heard = heard(impulse, s -> s.withInserts(new Inserts(List.of(limiter), null, null)));
        assertThat(onset(heard[0])).isEqualTo(500);
        assertThat(onset(heard[1])).isEqualTo(500);
        assertThat(heard[0][501]).isZero();
    }

    @Test
    void aBypassedEffectIsNotThere() throws Exception {
        Insert loud = Insert.of(new Gain(20, true)).withBypass(true);
        assertConstant(
                heard(constant(0.5, 0.25), s -> s.withInserts(new Inserts(List.of(loud), null, null))), 0.5, 0.25);
    }

    @Test
    void aKeyIsHeardThroughItsFilterAndItsTap() throws Exception {
        // A key of 50 Hz at −6 dBFS, compressed 20:1 from −40 dB; a highpass at 2 kHz leaves nothing of it to hear.
        MemorySource low = MemorySource.sine("source", RATE, FRAMES, 50, 0.5);
        Effect squash = new Compressor(-40, 20, 1, 50, 0, 0);
        double pressed = keyed(low, squash, new Key("key", Tap.PRE_FADER, null, null), 0);
        double filtered = keyed(low, squash, new Key("key", Tap.PRE_FADER, 2000.0, null), 0);
        double faded = keyed(low, squash, new Key("key", Tap.POST_FADER, null, null), -60);
        double unfaded = keyed(low, squash, new Key("key", Tap.PRE_FADER, null, null), -60);
        assertThat(pressed).isLessThan(0.05);
        assertThat(filtered).isGreaterThan(0.4);
        assertThat(faded).isEqualTo(0.5);
        assertThat(unfaded).isEqualTo(pressed);
    }

    /** The lowest of a constant of 0.5 that is compressed by a key whose fader is at {@code keyGainDb}. */
    private static double keyed(MemorySource key, Effect effect, Key from, double keyGainDb) throws Exception {
        Session session = Session.of(
                        "s",
                        List.of(
                                Track.of("key", "key")
                                        .withBus("k")
                                        .withMute(true)
                                        .withGainDb(keyGainDb),
                                Track.of("t", "constant")
                                        .withBus("b")
                                        .withPan(-1)
                                        .withInserts(List.of(Insert.of(effect).withKey(from)))))
                .withBusPreset("none")
                .withBuses(List.of(BusConfig.of("k"), BusConfig.of("b")))
                .withMaster(Master.EMPTY.withLimiter(LimiterConfig.OFF))
                .withOutput(EXACT);
        MixEngine engine = new MixEngine(1, 480);
        MemoryTarget target = new MemoryTarget();
        MemorySource constant = constant(0.5);
        engine.render(engine.plan(session, name -> name.equals("key") ? key : constant), target, RenderMonitor.SILENT);
        return Arrays.stream(target.file("b")[0]).min().orElseThrow();
    }
}
