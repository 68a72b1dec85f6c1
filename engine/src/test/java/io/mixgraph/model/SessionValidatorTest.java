package io.mixgraph.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.mixgraph.fx.Gain;
import io.mixgraph.fx.Highpass;
import io.mixgraph.fx.RecordShape;
import io.mixgraph.model.Problem.Code;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionValidatorTest {
    private static final Track KICK = Track.of("kick", "kick.wav");

    @Test
    void nothingIsWrongWithAPlainSession() {
        assertThat(found(Session.of("plain", List.of(KICK)))).isEmpty();
    }

    @Test
    void anotherVersionIsAllThatIsSaid() {
        Session session =
                new Session(2, "v2", 5, "default", List.of(), Map.of(), List.of(), Master.EMPTY, Output.DEFAULT, -3);
        assertThat(found(session)).containsExactly("UNSUPPORTED_VERSION /mixgraph");
    }

    @Test
    void aSessionNeedsSomethingToPlay() {
        assertThat(found(Session.of("empty", List.of()))).containsExactly("EMPTY_SESSION /tracks");
        assertThat(found(Session.of("silent", List.of(Track.of("a", List.of())))))
                .containsExactly("EMPTY_SESSION /tracks");
        assertThat(found(Session.of("one", List.of(Track.of("a", List.of()), KICK))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "-a", "_a", "ä", "a/b", "a.b", "../a", "a\n", " "})
    void idsAreWords(String id) {
        assertThat(found(Session.of("ids", List.of(Track.of(id, "a.wav"))))).containsExactly("BAD_ID /tracks/0/id");
        assertThat(found(withBuses(BusConfig.of(id)))).containsExactly("BAD_ID /buses/0/id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "0", "A_b-9", "master"})
    void theseAreIdsOfTracks(String id) {
        assertThat(found(Session.of("ids", List.of(Track.of(id, "a.wav"))))).isEmpty();
    }

    @Test
    void idsHaveALongest() {
        String longest = "x".repeat(SessionValidator.MAX_ID_LENGTH);
        assertThat(found(Session.of("ids", List.of(Track.of(longest, "a.wav")))))
                .isEmpty();
        assertThat(found(Session.of("ids", List.of(Track.of(longest + "x", "a.wav")))))
                .containsExactly("BAD_ID /tracks/0/id");
    }

    @Test
    void idsAreNeeded() {
        assertThat(found(withTrack(Track.of("", "a.wav")))).containsExactly("MISSING_FIELD /tracks/0/id");
        assertThat(found(withTrack(Track.of("a", "")))).containsExactly("MISSING_FIELD /tracks/0/clips/0/source");
    }

    @Test
    void noBusIsCalledMaster() {
        assertThat(found(withBuses(BusConfig.of("master")))).containsExactly("BAD_ID /buses/0/id");
    }

    @Test
    void tracksAndBusesShareTheirNames() {
        Session session = Session.of("twice", List.of(KICK, KICK))
                .withBuses(List.of(BusConfig.of("kick"), BusConfig.of("b"), BusConfig.of("b")));
        assertThat(found(session))
                .containsExactly("DUPLICATE_ID /tracks/1/id", "DUPLICATE_ID /buses/0/id", "DUPLICATE_ID /buses/2/id");
    }

    @Test
    void chainsHaveIdsAndCanBeNamed() {
        Session session = new Session(
                1,
                "chains",
                null,
                "default",
                List.of(withChain("a b"), withChain("nope")),
                Map.of("a b", List.of(Insert.of(new Gain(61, false)))),
                List.of(),
                Master.EMPTY,
                Output.DEFAULT,
                -3);
        assertThat(found(session))
                .containsExactly(
                        "DUPLICATE_ID /tracks/1/id",
                        "UNKNOWN_CHAIN /tracks/1/fx_chain_id",
                        "BAD_ID /fx_chains/a b",
                        "OUT_OF_RANGE /fx_chains/a b/0/gain_db");
    }

    @Test
    void aStripTakesOneKindOfEffects() {
        Master master = Master.EMPTY.withInserts(new Inserts(List.of(), "master_gentle@1", null));
        assertThat(found(withMaster(master))).containsExactly("CONFLICTING_FX /master/fx_preset");
        assertThat(found(withBuses(
                        BusConfig.of("b").withChannel(Channel.EMPTY.withInserts(new Inserts(null, "p", "c"))))))
                .containsExactly("CONFLICTING_FX /buses/0/fx_chain_id", "UNKNOWN_CHAIN /buses/0/fx_chain_id");
    }

    static List<Double> notInAnyRange() {
        return List.of(Double.NaN, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, 1e300, -1e300);
    }

    @ParameterizedTest
    @MethodSource("notInAnyRange")
    void numbersAreInTheirRanges(double number) {
        Clip clip = new Clip("a.wav", number, number, number, number, number, number, FadeShape.LINEAR, List.of());
        List<Automation.Point> points = List.of(new Automation.Point(number, number));
        Track track = Track.of("a", List.of(clip))
                .withFx(List.of(new Gain(number, false), new Highpass(number, 13)))
                .withGainDb(number)
                .withPan(number)
                .withSends(List.of(Send.of("b", number, number, Tap.INPUT)))
                .withAutomation(Automation.of(points, points));
        Session session = Session.of("ranges", List.of(track))
                .withSampleRate(7999)
                .withMaster(Master.EMPTY
                        .withGainDb(number)
                        .withLimiter(LimiterConfig.at(number))
                        .withLoudness(LoudnessConfig.of(number, number)))
                .withOutput(Output.DEFAULT.withTail(Tail.seconds(number)).withChannels(0));

        assertThat(found(session).stream().filter(problem -> problem.startsWith("OUT_OF_RANGE")))
                .containsExactly(
                        "OUT_OF_RANGE /sample_rate",
                        "OUT_OF_RANGE /tracks/0/clips/0/start_s",
                        "OUT_OF_RANGE /tracks/0/clips/0/offset_s",
                        "OUT_OF_RANGE /tracks/0/clips/0/duration_s",
                        "OUT_OF_RANGE /tracks/0/clips/0/gain_db",
                        "OUT_OF_RANGE /tracks/0/clips/0/fade_in_s",
                        "OUT_OF_RANGE /tracks/0/clips/0/fade_out_s",
                        "OUT_OF_RANGE /tracks/0/fx/0/gain_db",
                        "OUT_OF_RANGE /tracks/0/fx/1/frequency_hz",
                        "OUT_OF_RANGE /tracks/0/fx/1/slope_db_per_octave",
                        "OUT_OF_RANGE /tracks/0/gain_db",
                        "OUT_OF_RANGE /tracks/0/pan",
                        "OUT_OF_RANGE /tracks/0/sends/0/gain_db",
                        "OUT_OF_RANGE /tracks/0/sends/0/pan",
                        "OUT_OF_RANGE /tracks/0/automation/gain_db/0/0",
                        "OUT_OF_RANGE /tracks/0/automation/gain_db/0/1",
                        "OUT_OF_RANGE /tracks/0/automation/pan/0/0",
                        "OUT_OF_RANGE /tracks/0/automation/pan/0/1",
                        "OUT_OF_RANGE /master/gain_db",
                        "OUT_OF_RANGE /master/limiter/true_peak_db",
                        "OUT_OF_RANGE /master/loudness/target_lufs",
                        "OUT_OF_RANGE /master/loudness/true_peak_db",
                        "OUT_OF_RANGE /output/tail",
                        "OUT_OF_RANGE /output/channels");
    }

    /** Each end of the range of every number of a track is allowed, and the next double is not. */
    @Test
    void rangesAreClosed() {
        RecordShape<Track> shape = RecordShape.of(Track.class);
        for (RecordShape.Field field : shape.fields()) {
            if (field.rawType() == double.class) {
                double min = field.parameter().min();
                double max = field.parameter().max();
                String problem = "OUT_OF_RANGE /tracks/0/" + field.name();
                assertThat(found(withTrack(set(shape, field, min)))).isEmpty();
                assertThat(found(withTrack(set(shape, field, max)))).isEmpty();
                assertThat(found(withTrack(set(shape, field, Math.nextDown(min)))))
                        .containsExactly(problem);
                assertThat(found(withTrack(set(shape, field, Math.nextUp(max)))))
                        .containsExactly(problem);
            }
        }
    }

    private static Track set(RecordShape<Track> shape, RecordShape.Field changed, double value) {
        List<Object> values = new ArrayList<>();
        for (RecordShape.Field field : shape.fields()) {
            values.add(field.equals(changed) ? (Object) value : field.get(KICK));
        }
        return shape.create(values);
    }

    @Test
    void whatIsNotThereIsSaid() {
        Session session = Session.of("nulls", Arrays.asList(null, KICK.withInserts(Arrays.asList((Insert) null))));
        assertThat(found(session)).containsExactly("MISSING_FIELD /tracks/0", "MISSING_FIELD /tracks/1/fx/0");
    }

    @Test
    void curvesGoForwardInTime() {
        List<Automation.Point> points = List.of(
                new Automation.Point(0, 0),
                new Automation.Point(1, 0),
                new Automation.Point(1, 0.5),
                new Automation.Point(0.5, 0),
                new Automation.Point(2, 0));
        assertThat(found(withTrack(KICK.withAutomation(Automation.of(points, List.of())))))
                .containsExactly(
                        "UNORDERED_POINTS /tracks/0/automation/gain_db/2",
                        "UNORDERED_POINTS /tracks/0/automation/gain_db/3");
    }

    @Test
    void fadesFitIntoTheirClip() {
        assertThat(found(withTrack(faded(0.3, 0.1, 0.2)))).isEmpty();
        assertThat(found(withTrack(faded(0.3, 0.1, 0.200001))))
                .containsExactly("FADE_TOO_LONG /tracks/0/clips/0/fade_out_s");
        assertThat(found(withTrack(faded(0.3, 0.4, 0)))).containsExactly("FADE_TOO_LONG /tracks/0/clips/0/fade_in_s");
    }

    private static Track faded(double durationS, double fadeInS, double fadeOutS) {
        return Track.of(
                "a", List.of(new Clip("a.wav", 0, 0, durationS, 0, fadeInS, fadeOutS, FadeShape.LINEAR, List.of())));
    }

    @Test
    void oneBusClaimsARole() {
        assertThat(found(withBuses(
                        BusConfig.of("a").withTrackRoles(List.of("lead vocal", "kick")),
                        BusConfig.of("b")
                                .withTrackRoles(List.of("snare", "Lead-Vocal", "SNARE", "lead_vocal", "-kick_")))))
                .containsExactly(
                        "CONFLICTING_ROLE /buses/1/track_roles/1",
                        "CONFLICTING_ROLE /buses/1/track_roles/2",
                        "CONFLICTING_ROLE /buses/1/track_roles/3",
                        "CONFLICTING_ROLE /buses/1/track_roles/4");
    }

    @Test
    void onlyBusesGoToTheMaster() {
        Track track = KICK.withBus("master").withSends(List.of(Send.of("plate", 0), Send.of("master", 0)));
        assertThat(found(withTrack(track)))
                .containsExactly("DIRECT_TO_MASTER /tracks/0/bus", "DIRECT_TO_MASTER /tracks/0/sends/1/to");
        assertThat(found(withBuses(BusConfig.of("b").withOutput("master")))).isEmpty();
    }

    @Test
    void loudnessHasOneTarget() {
        LoudnessConfig both = new LoudnessConfig("spotify", -14.0, null, LoudnessMode.LIMIT, null);
        LoudnessConfig neither = new LoudnessConfig(null, null, -1.0, LoudnessMode.LIMIT, null);
        assertThat(found(withMaster(Master.EMPTY.withLoudness(both))))
                .containsExactly("CONFLICTING_TARGET /master/loudness/target_lufs");
        assertThat(found(withMaster(Master.EMPTY.withLoudness(neither))))
                .containsExactly("CONFLICTING_TARGET /master/loudness");
    }

    @Test
    void thereIsOneCeiling() {
        Master master = Master.EMPTY.withLoudness(LoudnessConfig.of(-14, -1));
        assertThat(found(withMaster(master.withLimiter(LimiterConfig.at(-1))))).isEmpty();
        assertThat(found(withMaster(master.withLimiter(LimiterConfig.at(-2)))))
                .containsExactly("CONFLICTING_CEILING /master/loudness/true_peak_db");
    }

    @Test
    void limitingNeedsTheLimiter() {
        Master master = Master.EMPTY.withLimiter(LimiterConfig.OFF);
        assertThat(found(withMaster(master))).isEmpty();
        assertThat(found(withMaster(master.withLoudness(LoudnessConfig.of(-14, -1)))))
                .containsExactly("LIMIT_WITHOUT_LIMITER /master/loudness/mode");
        assertThat(found(withMaster(
                        master.withLoudness(new LoudnessConfig(null, -14.0, null, LoudnessMode.HOLD_BACK, null)))))
                .isEmpty();
    }

    @Test
    void noTargetNeedsNoLimiter() {
        Master master = Master.EMPTY
                .withLimiter(LimiterConfig.OFF)
                .withLoudness(new LoudnessConfig("None@1", null, null, LoudnessMode.LIMIT, null));
        assertThat(found(withMaster(master))).isEmpty();
    }

    @Test
    void onlyLimitingHasAMostReduction() {
        for (LoudnessMode mode : LoudnessMode.values()) {
            LoudnessConfig loudness = new LoudnessConfig(null, -14.0, null, mode, 3.0);
            List<String> expected = mode == LoudnessMode.LIMIT
                    ? List.of()
                    : List.of("REDUCTION_WITHOUT_LIMIT /master/loudness/max_reduction_db");
            assertThat(found(withMaster(Master.EMPTY.withLoudness(loudness)))).isEqualTo(expected);
        }
        LoudnessConfig tooMuch = new LoudnessConfig(null, -14.0, null, LoudnessMode.LIMIT, 61.0);
        assertThat(found(withMaster(Master.EMPTY.withLoudness(tooMuch))))
                .containsExactly("OUT_OF_RANGE /master/loudness/max_reduction_db");
    }

    @Test
    void messagesSayWhatIsAllowed() {
        assertThat(SessionValidator.validate(withTrack(KICK.withPan(1.5))))
                .containsExactly(new Problem(Code.OUT_OF_RANGE, "/tracks/0/pan", "1.5 is out of range: -1 to 1"));
        assertThat(SessionValidator.validate(withTrack(KICK.withFx(List.of(new Highpass(30, 20))))))
                .containsExactly(new Problem(
                        Code.OUT_OF_RANGE,
                        "/tracks/0/fx/0/slope_db_per_octave",
                        "20 is none of 6, 12, 18, 24, 30, 36, 42, 48"));
    }

    private static Track withChain(String chain) {
        return Track.of("chained", "a.wav").withChannel(Channel.EMPTY.withInserts(new Inserts(null, null, chain)));
    }

    private static Session withTrack(Track track) {
        return Session.of("test", List.of(track));
    }

    private static Session withBuses(BusConfig... buses) {
        return withTrack(KICK).withBuses(List.of(buses));
    }

    private static Session withMaster(Master master) {
        return withTrack(KICK).withMaster(master);
    }

    private static List<String> found(Session session) {
        return SessionValidator.validate(session).stream()
                .map(problem -> problem.code() + " " + problem.pointer())
                .toList();
    }
}
