package io.mixgraph.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mixgraph.audio.AudioSource;
import io.mixgraph.audio.SourceOpener;
import io.mixgraph.fx.Compressor;
import io.mixgraph.fx.Effect;
import io.mixgraph.fx.EffectCatalogue;
import io.mixgraph.fx.Gain;
import io.mixgraph.fx.Limiter;
import io.mixgraph.fx.Peak;
import io.mixgraph.model.Automation;
import io.mixgraph.model.BusConfig;
import io.mixgraph.model.Channel;
import io.mixgraph.model.Clip;
import io.mixgraph.model.FadeShape;
import io.mixgraph.model.Insert;
import io.mixgraph.model.Inserts;
import io.mixgraph.model.InvalidSessionException;
import io.mixgraph.model.Key;
import io.mixgraph.model.LimiterConfig;
import io.mixgraph.model.LoudnessConfig;
import io.mixgraph.model.LoudnessMode;
import io.mixgraph.model.Master;
import io.mixgraph.model.Output;
import io.mixgraph.model.Problem;
import io.mixgraph.model.Problem.Code;
import io.mixgraph.model.Send;
import io.mixgraph.model.SendAutomation;
import io.mixgraph.model.Session;
import io.mixgraph.model.Tail;
import io.mixgraph.model.Tap;
import io.mixgraph.model.Track;
import io.mixgraph.testing.MemorySource;
import java.io.FileNotFoundException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GraphCompilerTest {
    private static final int RATE = 48_000;
    private static final int SECOND = RATE;

    /** {@code gone} is not there, {@code surround} has six channels, {@code wide} two, and all last one second. */
    private static final SourceOpener SOURCES = name -> {
        if (name.startsWith("gone")) {
            throw new FileNotFoundException(name + ": there is no such file");
        }
        int channels = name.startsWith("surround") ? 6 : name.startsWith("wide") ? 2 : 1;
        return new MemorySource(name, RATE, new double[channels][SECOND]);
    };

    private static Session session(Track... tracks) {
        return Session.of("s", List.of(tracks));
    }

    private static Session bare(List<BusConfig> buses, Track... tracks) {
        return session(tracks).withBusPreset("none").withBuses(buses);
    }

    private static Track track(String id) {
        return Track.of(id, id + ".wav");
    }

    private static MixGraph compile(Session session) throws Exception {
        return GraphCompiler.compile(session, SOURCES);
    }

    private static List<Problem> problems(Session session) {
        InvalidSessionException refused =
                catchThrowableOfType(InvalidSessionException.class, () -> GraphCompiler.compile(session, SOURCES));
        assertThat(refused).as("the session was accepted").isNotNull();
        return refused.problems();
    }

    private static List<String> places(Session session) {
        return problems(session).stream()
                .map(problem -> problem.code() + " " + problem.pointer())
                .toList();
    }

    private static Node node(MixGraph graph, String id) {
        return graph.nodes().stream()
                .filter(node -> node.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static Edge edge(MixGraph graph, String from, String to, Edge.Role role) {
        return graph.edges().stream()
                .filter(edge -> graph.nodes().get(edge.from()).id().equals(from)
                        && graph.nodes().get(edge.to()).id().equals(to)
                        && edge.role() == role)
                .findFirst()
                .orElseThrow();
    }

    private static String bus(MixGraph graph, String track) {
        return Objects.requireNonNull(graph.busMap().get(track)).bus();
    }

    private static Insert keyed(String key) {
        return Insert.of(new Compressor(-20, 4, 5, 100, 6, 0)).withKey(Key.of(key));
    }

    // Which bus a track goes to.

    @Test
    void anExplicitBusWinsOverTheRole() throws Exception {
        MixGraph graph = compile(session(track("kick").withRole("kick").withBus("vocals")));
        assertThat(bus(graph, "kick")).isEqualTo("vocals");
        assertThat(edge(graph, "kick", "vocals", Edge.Role.OUTPUT).port()).isEqualTo(Edge.Port.MAIN);
    }

    @ParameterizedTest
    @CsvSource({"kick, drums", "Lead Vocal, vocals", "808, bass", "ROOM-TONE, fx", "piano, other", "theremin, other"})
    void theRoleChoosesTheBus(String role, String bus) throws Exception {
        assertThat(bus(compile(session(track("t").withRole(role))), "t")).isEqualTo(bus);
    }

    @Test
    void aTrackOfNoRoleGoesToTheBusThatTakesTheRest() throws Exception {
        assertThat(bus(compile(session(track("t"))), "t")).isEqualTo("other");
        assertThat(bus(
                        compile(bare(
                                List.of(
                                        BusConfig.of("a").withTrackRoles(List.of("kick")),
                                        BusConfig.of("b").withTrackRoles(List.of("*"))),
                                track("t"))),
                        "t"))
                .isEqualTo("b");
    }

    @Test
    void aRoleThatTheDocumentClaimsIsTakenFromThePreset() throws Exception {
        Session session = session(track("t").withRole("kick"))
                .withBuses(List.of(BusConfig.of("kicks").withTrackRoles(List.of("Kick"))));
        MixGraph graph = compile(session);
        assertThat(bus(graph, "t")).isEqualTo("kicks");
        assertThat(graph.notes()).anyMatch(note -> note.contains("'kicks'") && note.contains("'drums'"));
    }

    @Test
    void aBusOfThePresetsIdOverridesOnlyWhatItWrites() throws Exception {
        Session session = session(track("t").withRole("kick"))
                .withBuses(List.of(BusConfig.of("drums").withGainDb(-3)));
        MixGraph plain = compile(session.withBuses(List.of()));
        MixGraph merged = compile(session);
        assertThat(node(merged, "drums").effects())
                .isEqualTo(node(plain, "drums").effects())
                .isNotEmpty();
        assertThat(merged.nodes()).hasSameSizeAs(plain.nodes());
        assertThat(edge(merged, "drums", "master", Edge.Role.OUTPUT).gainDb()).isEqualTo(Curve.constant(-3));

        MixGraph replaced =
                compile(session.withBuses(List.of(BusConfig.of("drums").withFx(List.of(new Gain(1, false))))));
        assertThat(node(replaced, "drums").effects()).containsExactly(EffectSlot.of(new Gain(1, false)));
        assertThat(replaced.fxPresets()).doesNotContainKey("drums").containsEntry("master", "master_gentle@1");
    }

    // What is refused, and where.

    @Test
    void aBusThatIsNotThere() {
        assertThat(places(session(track("t").withBus("nowhere")))).containsExactly("UNKNOWN_BUS /tracks/0/bus");
        assertThat(places(session(track("t").withSends(List.of(Send.of("fx", 0), Send.of("nowhere", 0))))))
                .containsExactly("UNKNOWN_BUS /tracks/0/sends/1/to");
        assertThat(places(bare(
                        List.of(
                                BusConfig.of("a").withTrackRoles(List.of("*")),
                                BusConfig.of("b").withOutput("nowhere")),
                        track("t"))))
                .containsExactly("UNKNOWN_BUS /buses/1/output");
        assertThat(places(bare(List.of(BusConfig.of("a")), track("t").withRole("kick"))))
                .containsExactly("UNKNOWN_BUS /tracks/0");
    }

    @Test
    void aTrackNamedLikeABusOfThePreset() {
        assertThat(places(session(track("drums").withRole("kick")))).containsExactly("DUPLICATE_ID /tracks/0/id");
    }

    @Test
    void aTrackIsNoBus() {
        assertThat(places(session(track("a"), track("b").withBus("a")))).containsExactly("UNKNOWN_BUS /tracks/1/bus");
    }

    @Test
    void aKeyThatIsNotThere() {
        assertThat(places(session(track("t").withInserts(List.of(Insert.of(new Gain(0, false)), keyed("nobody"))))))
                .containsExactly("UNKNOWN_KEY /tracks/0/fx/1/key");
        assertThat(places(session(track("t"))
                        .withMaster(Master.EMPTY.withInserts(new Inserts(List.of(keyed("nobody")), null, null)))))
                .containsExactly("UNKNOWN_KEY /master/fx/0/key");
    }

    @Test
    void aFaultOfASharedChainIsSaidOnce() {
        Session session = new Session(
                1,
                "s",
                null,
                "default",
                List.of(track("a"), track("b")),
                Map.of("shared", List.of(keyed("nobody"))),
                List.of(chained("drums"), chained("bass")),
                Master.EMPTY,
                Output.DEFAULT,
                -3);
        assertThat(places(session)).containsExactly("UNKNOWN_KEY /fx_chains/shared/0/key");
    }

    private static BusConfig chained(String id) {
        return BusConfig.of(id).withChannel(Channel.EMPTY.withInserts(new Inserts(null, null, "shared")));
    }

    @Test
    void aPresetThatIsNotThere() {
        assertThat(places(session(track("t").withBus("drums")).withBusPreset("nothing")))
                .contains("UNKNOWN_PRESET /bus_preset");
        assertThat(places(session(track("t"))
                        .withBuses(List.of(BusConfig.of("drums").withFxPreset("nothing")))))
                .containsExactly("UNKNOWN_PRESET /buses/0/fx_preset");
        LoudnessConfig loudness = new LoudnessConfig("nothing", null, null, LoudnessMode.LIMIT, null);
        assertThat(places(session(track("t")).withMaster(Master.EMPTY.withLoudness(loudness))))
                .containsExactly("UNKNOWN_PRESET /master/loudness/preset");
    }

    @Test
    void aChainThatIsNotThere() {
        Master master = Master.EMPTY.withInserts(new Inserts(null, null, "nothing"));
        assertThat(places(session(track("t")).withMaster(master))).containsExactly("UNKNOWN_CHAIN /master/fx_chain_id");
    }

    @Test
    void oneRoleForTwoBusesOfTheDocument() {
        assertThat(places(session(track("t"))
                        .withBuses(List.of(
                                BusConfig.of("a").withTrackRoles(List.of("x", "lead vocal")),
                                BusConfig.of("b").withTrackRoles(List.of("Lead-Vocal"))))))
                .containsExactly("CONFLICTING_ROLE /buses/1/track_roles/0");
    }

    @Test
    void aPublishedTargetIsCompiledWithItsVersion() throws Exception {
        LoudnessConfig loudness = new LoudnessConfig("EBU R128-s1", null, null, LoudnessMode.LIMIT, 4.0);
        MasterFinish finish = compile(session(track("t")).withMaster(Master.EMPTY.withLoudness(loudness)))
                .finish();
        assertThat(finish.target())
                .isEqualTo(new MasterFinish.Target(-23, -1, LoudnessMode.LIMIT, 4.0, "ebu_r128_s1@1", -18.0));
        LoudnessConfig versioned = new LoudnessConfig("netflix@1", null, null, LoudnessMode.HOLD_BACK, null);
        assertThat(compile(session(track("t")).withMaster(Master.EMPTY.withLoudness(versioned)))
                        .finish()
                        .target())
                .isEqualTo(new MasterFinish.Target(-27, -2, LoudnessMode.HOLD_BACK, null, "netflix@1", null));
        LoudnessConfig none = new LoudnessConfig("none", null, null, LoudnessMode.LIMIT, null);
        assertThat(compile(session(track("t")).withMaster(Master.EMPTY.withLoudness(none)))
                        .finish())
                .isEqualTo(compile(session(track("t"))).finish());
    }

    @Test
    void twoCeilings() {
        Master master = Master.EMPTY.withLimiter(LimiterConfig.at(-1)).withLoudness(LoudnessConfig.of(-14, -2));
        assertThat(places(session(track("t")).withMaster(master)))
                .containsExactly("CONFLICTING_CEILING /master/loudness/true_peak_db");
    }

    @Test
    void limitingWithoutALimiter() {
        Master master = Master.EMPTY.withLimiter(LimiterConfig.OFF).withLoudness(LoudnessConfig.of(-14, -2));
        assertThat(places(session(track("t")).withMaster(master)))
                .containsExactly("LIMIT_WITHOUT_LIMITER /master/loudness/mode");
    }

    @Test
    void nothingButABusGoesToTheMaster() {
        assertThat(places(session(track("t").withBus("master")))).containsExactly("DIRECT_TO_MASTER /tracks/0/bus");
        assertThat(places(session(track("t").withSends(List.of(Send.of("master", 0))))))
                .containsExactly("DIRECT_TO_MASTER /tracks/0/sends/0/to");
    }

    @Test
    void aCycleOfOutputs() {
        Session session = bare(
                List.of(
                        BusConfig.of("drums").withOutput("parallel"),
                        BusConfig.of("parallel").withOutput("drums")),
                track("t").withBus("drums"));
        assertThat(problems(session))
                .containsExactly(new Problem(Code.CYCLE, "/buses/1/output", "drums → parallel → drums"));
    }

    @Test
    void aCycleOfASend() {
        BusConfig drums = BusConfig.of("drums");
        BusConfig parallel = BusConfig.of("parallel").withSends(List.of(Send.of("other", 0), Send.of("drums", -6)));
        Session session = bare(
                List.of(drums.withOutput("parallel"), parallel, BusConfig.of("other")),
                track("t").withBus("drums"));
        assertThat(problems(session))
                .containsExactly(new Problem(Code.CYCLE, "/buses/1/sends/1/to", "drums → parallel → drums"));
    }

    @Test
    void aMutedSendIsNoWayRound() throws Exception {
        Send back = Send.of("b", 0).withMute(true);
        assertThat(compile(bare(
                                List.of(BusConfig.of("b").withSends(List.of(back, Send.of("c", 0))), BusConfig.of("c")),
                                track("t").withBus("b")))
                        .edges())
                .noneMatch(edge -> edge.from() == edge.to());
        SendAutomation opens = new SendAutomation(
                List.of(), List.of(), List.of(new Automation.Switch(1, true), new Automation.Switch(2, false)));
        assertThat(problems(bare(
                        List.of(BusConfig.of("b").withSends(List.of(back.withAutomation(opens)))),
                        track("t").withBus("b"))))
                .containsExactly(new Problem(Code.CYCLE, "/buses/0/sends/0/to", "b → b"));
    }

    @Test
    void aWayRoundThroughSendAndKeyIsNamedInFull() {
        Session session = bare(
                List.of(
                        BusConfig.of("drums").withSends(List.of(Send.of("room", -6))),
                        BusConfig.of("room").withOutput("group"),
                        BusConfig.of("group").withInserts(List.of()),
                        BusConfig.of("synths")
                                .withInserts(List.of(keyed("group")))
                                .withSends(List.of(Send.of("drums", 0)))),
                track("kick").withBus("drums"),
                track("pad").withBus("synths"));
        assertThat(problems(session))
                .containsExactly(
                        new Problem(Code.CYCLE, "/buses/3/sends/0/to", "drums → room → group → (key) synths → drums"));
    }

    @Test
    void aRecordingOfAnEffectIsOpenedConvertedAndCounted() throws Exception {
        Effect convolution = EffectCatalogue.create("convolution", Map.of("impulse", "hall.wav"));
        MemorySource hall = MemorySource.noise("hall.wav", 2 * RATE, 2, 1000, 0.1, 1);
        SourceOpener sources = name -> name.equals("hall.wav") ? hall : MemorySource.noise(name, RATE, 1, 100, 0.1, 2);
        MixGraph graph = GraphCompiler.compile(session(track("t").withFx(List.of(convolution))), sources);
        // At half its rate it is half as long, and rings for all but its first frame.
        assertThat(graph.sampleRate()).isEqualTo(RATE);
        assertThat(graph.tailFrames()).isGreaterThanOrEqualTo(499);
        assertThat(graph.sources()).extracting(AudioSource::name).contains("hall.wav");
        assertThat(GraphText.canonical(graph)).contains("impulse=recording(channels=2,frames=500)");
        assertThat(places(session(track("t")
                        .withFx(List.of(EffectCatalogue.create("convolution", Map.of("impulse", "gone.wav")))))))
                .containsExactly("UNREADABLE_SOURCE /tracks/0/fx/0/impulse");
    }

    @Test
    void curvesThatLeadWhereAnEffectCannotGoAreRefused() {
        Insert tilted = Insert.of(EffectCatalogue.create("tilt", Map.of("gain_db", 1)))
                .withAutomation(Map.of("gain_db", List.of(new Automation.Point(0, 99))));
        assertThat(places(session(track("t").withInserts(List.of(tilted)))))
                .containsExactly("OUT_OF_RANGE /tracks/0/fx/0/automation/gain_db/0/1");
    }

    @Test
    void aCycleOfKeys() {
        Session session = session(
                track("kick").withInserts(List.of(keyed("snare"))),
                track("snare").withInserts(List.of(keyed("kick"))));
        assertThat(problems(session)).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(Code.CYCLE);
            assertThat(problem.pointer()).isEqualTo("/tracks/0/fx/0/key");
            assertThat(problem.message()).isEqualTo("kick → (key) snare → (key) kick");
        });
    }

    @Test
    void aBusThatIsItsOwnKeyIsACycle() {
        Session session = bare(
                List.of(BusConfig.of("drums").withInserts(List.of(keyed("drums")))),
                track("t").withBus("drums"));
        assertThat(problems(session))
                .containsExactly(new Problem(Code.CYCLE, "/buses/0/fx/0/key", "drums → (key) drums"));
    }

    @Test
    void everyCycleIsNamed() {
        Session session = bare(
                List.of(
                        BusConfig.of("a").withOutput("b"),
                        BusConfig.of("b").withOutput("a"),
                        BusConfig.of("c").withOutput("d"),
                        BusConfig.of("d").withOutput("e"),
                        BusConfig.of("e").withOutput("c")),
                track("t").withBus("a"));
        assertThat(problems(session).stream().map(Problem::message)).containsExactly("a → b → a", "c → d → e → c");
    }

    @Test
    void aSourceThatCannotBeRead() {
        Session session = session(track("a"), track("gone"), Track.of("b", List.of(Clip.of("x"), Clip.of("gone.wav"))));
        assertThat(problems(session))
                .containsExactly(
                        new Problem(
                                Code.UNREADABLE_SOURCE, "/tracks/1/clips/0/source", "gone.wav: there is no such file"),
                        new Problem(
                                Code.UNREADABLE_SOURCE, "/tracks/2/clips/1/source", "gone.wav: there is no such file"));
    }

    /** The recording is at fault, not the clip. */
    @Test
    void aSourceThatHoldsNothing() {
        SourceOpener empty = name -> new MemorySource(name, RATE, new double[1][name.startsWith("empty") ? 0 : SECOND]);
        InvalidSessionException refused = catchThrowableOfType(
                InvalidSessionException.class, () -> GraphCompiler.compile(session(track("a"), track("empty")), empty));
        assertThat(refused.problems())
                .containsExactly(new Problem(
                        Code.UNREADABLE_SOURCE,
                        "/tracks/1/clips/0/source",
                        "empty.wav: holds not one frame; export it again"));
    }

    @Test
    void eachSourceIsOpenedOnce() throws Exception {
        List<String> opened = new ArrayList<>();
        Session session = session(
                track("a"), Track.of("b", List.of(Clip.of("a.wav"), Clip.of("x").withStartS(1))));
        MixGraph graph = GraphCompiler.compile(session, name -> {
            opened.add(name);
            return SOURCES.open(name);
        });
        assertThat(opened).containsExactly("a.wav", "x");
        assertThat(graph.sources().stream().map(AudioSource::name)).containsExactly("a.wav", "x");
    }

    @Test
    void moreThanTwoChannels() {
        assertThat(places(session(track("a"), track("surround"))))
                .containsExactly("TOO_MANY_CHANNELS /tracks/1/clips/0/source");
    }

    private static Clip clip(double offsetS, @Nullable Double durationS, double fadeInS, double fadeOutS) {
        return new Clip("a.wav", 0, offsetS, durationS, 0, fadeInS, fadeOutS, FadeShape.LINEAR, List.of());
    }

    @Test
    void aClipThatPlaysNothing() {
        assertThat(places(session(Track.of("t", List.of(Clip.of("x"), clip(1, null, 0, 0))))))
                .containsExactly("EMPTY_CLIP /tracks/0/clips/1");
        assertThat(places(session(Track.of("t", List.of(clip(0, 0.4 / RATE, 0, 0))))))
                .containsExactly("EMPTY_CLIP /tracks/0/clips/0");
    }

    @Test
    void fadesLongerThanWhatIsThereToPlay() throws Exception {
        assertThat(compile(session(Track.of("t", List.of(clip(0.5, null, 0.25, 0.25)))))
                        .clipEndFrames())
                .isEqualTo(SECOND / 2);
        assertThat(places(session(Track.of("t", List.of(clip(0.5, null, 0.25, 0.251))))))
                .containsExactly("FADE_TOO_LONG /tracks/0/clips/0");
    }

    @Test
    void everythingWrongIsSaidAtOnce() {
        Session session = session(
                        track("gone").withBus("nowhere"),
                        track("surround").withSends(List.of(Send.of("master", 0))),
                        track("t").withInserts(List.of(keyed("nobody"))))
                .withBuses(List.of(
                        BusConfig.of("a").withOutput("b"),
                        BusConfig.of("b").withOutput("a").withFxPreset("nothing")));
        assertThat(places(session))
                .containsExactlyInAnyOrder(
                        "UNKNOWN_BUS /tracks/0/bus",
                        "UNREADABLE_SOURCE /tracks/0/clips/0/source",
                        "TOO_MANY_CHANNELS /tracks/1/clips/0/source",
                        "DIRECT_TO_MASTER /tracks/1/sends/0/to",
                        "UNKNOWN_KEY /tracks/2/fx/0/key",
                        "UNKNOWN_PRESET /buses/1/fx_preset",
                        "CYCLE /buses/1/output");
    }

    // What is left out.

    @Test
    void busesThatNothingFeedsAreLeftOutWithANote() throws Exception {
        MixGraph graph = compile(session(track("t").withRole("kick")));
        assertThat(graph.nodes().stream().map(Node::id)).containsExactly("t", "drums", "master");
        assertThat(graph.notes()).hasSize(4).allMatch(note -> note.endsWith("is left out: nothing feeds it"));
    }

    @Test
    void leavingOneOutMayLeaveOutTheNextAndSilencesItsKey() throws Exception {
        Session session = bare(
                List.of(
                        BusConfig.of("used").withInserts(List.of(keyed("inner"))),
                        BusConfig.of("inner").withOutput("outer"),
                        BusConfig.of("outer")),
                track("t").withBus("used"));
        MixGraph graph = compile(session);
        assertThat(graph.nodes().stream().map(Node::id)).containsExactly("t", "used", "master");
        assertThat(graph.edges()).noneMatch(edge -> edge.port() == Edge.Port.KEY);
        assertThat(graph.notes())
                .containsExactly(
                        "nothing feeds the bus 'inner', so what it keys in 'used' hears silence",
                        "the bus 'inner' is left out: nothing feeds it",
                        "the bus 'outer' is left out: nothing feeds it");
    }

    // Latency, length and tail.

    @Test
    void everyEdgeWaitsForTheLatest() throws Exception {
        Limiter limiter = Limiter.at(-3);
        int late = limiter.latencyFrames(RATE);
        assertThat(late).isPositive();
        Session session = bare(
                List.of(
                        BusConfig.of("slow").withFx(List.of(limiter, limiter)),
                        BusConfig.of("quick"),
                        BusConfig.of("middle").withFx(List.of(limiter)).withOutput("slow")),
                track("a").withBus("slow").withSends(List.of(Send.of("quick", 0, 0, Tap.INPUT))),
                track("b").withBus("quick"),
                track("c").withBus("middle").withFx(List.of(limiter)));
        MixGraph graph = compile(session);
        assertThat(node(graph, "c").outputLatencyFrames()).isEqualTo(late);
        assertThat(node(graph, "middle").arrivalLatencyFrames()).isEqualTo(late);
        assertThat(node(graph, "slow").arrivalLatencyFrames()).isEqualTo(2 * late);
        assertThat(node(graph, "slow").outputLatencyFrames()).isEqualTo(4 * late);
        assertThat(graph.master().arrivalLatencyFrames()).isEqualTo(4 * late);
        assertThat(edge(graph, "a", "slow", Edge.Role.OUTPUT).delayFrames()).isEqualTo(2 * late);
        assertThat(edge(graph, "middle", "slow", Edge.Role.OUTPUT).delayFrames())
                .isZero();
        assertThat(edge(graph, "quick", "master", Edge.Role.OUTPUT).delayFrames())
                .isEqualTo(4 * late);
        assertThat(edge(graph, "slow", "master", Edge.Role.OUTPUT).delayFrames())
                .isZero();
    }

    @Test
    void aKeyArrivesWhereItsEffectStands() throws Exception {
        Limiter limiter = Limiter.at(-3);
        int late = limiter.latencyFrames(RATE);
        MixGraph early = compile(session(
                track("key"), track("t").withInserts(List.of(Insert.of(limiter), Insert.of(limiter), keyed("key")))));
        assertThat(node(early, "t").arrivalLatencyFrames()).isZero();
        assertThat(edge(early, "key", "t", Edge.Role.KEY).delayFrames()).isEqualTo(2 * late);
        assertThat(edge(early, "key", "t", Edge.Role.KEY).effect()).isEqualTo(2);

        MixGraph tardy = compile(session(
                track("key").withFx(List.of(limiter, limiter)),
                track("t").withInserts(List.of(Insert.of(limiter), keyed("key")))));
        assertThat(node(tardy, "t").arrivalLatencyFrames()).isEqualTo(late);
        assertThat(edge(tardy, "key", "t", Edge.Role.KEY).delayFrames()).isZero();
    }

    @Test
    void theEndOfTheLastClipAndTheLongestPathOfTails() throws Exception {
        Effect bell = new Peak(60, 12, 8);
        Effect shortBell = new Peak(6000, 12, 1);
        long ring = bell.tailFrames(RATE);
        long shortRing = shortBell.tailFrames(RATE);
        assertThat(ring).isGreaterThan(shortRing).isPositive();
        Session session = bare(
                List.of(
                        BusConfig.of("a").withFx(List.of(bell)),
                        BusConfig.of("b").withFx(List.of(shortBell, shortBell))),
                Track.of("t", List.of(Clip.of("x").withStartS(2.5)))
                        .withBus("a")
                        .withFx(List.of(shortBell)),
                track("u").withBus("b").withFx(List.of(shortBell)));
        MixGraph graph = compile(session);
        assertThat(graph.clipEndFrames()).isEqualTo(7L * SECOND / 2);
        assertThat(graph.tailFrames()).isEqualTo(shortRing + ring);
    }

    // The hash.

    private static Session hashed() {
        return session(
                track("kick").withRole("kick").withGainDb(-2), track("wide").withRole("piano"));
    }

    @Test
    void theHashForgetsNamesPathsAndTheOutputSection() throws Exception {
        String hash = compile(hashed()).hash();
        Session named = Session.of("another name", hashed().tracks());
        assertThat(compile(named).hash()).isEqualTo(hash);
        Output output = Output.DEFAULT.withTail(Tail.NONE).withChannels(1).withPreMaster(true);
        assertThat(compile(hashed().withOutput(output)).hash()).isEqualTo(hash);
        Session moved = session(
                Track.of("kick", "elsewhere/k.wav")
                        .withRole("bass drum")
                        .withBus("drums")
                        .withGainDb(-2),
                track("wide").withRole("piano"));
        assertThat(compile(moved).hash()).isEqualTo(hash);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
    void theHashKnowsWhatIsHeard(int change) throws Exception {
        Session before = hashed();
        Track kick = before.tracks().get(0);
        Track wide = before.tracks().get(1);
        Session after = switch (change) {
            case 0 -> session(kick.withGainDb(-2.000001), wide);
            case 1 -> session(kick.withPan(0.1), wide);
            case 2 -> session(kick.withMute(true), wide);
            case 3 -> session(kick, wide.withFx(List.of(new Gain(0, false))));
            case 4 -> session(wide, kick);
            case 5 -> before.withMaster(Master.EMPTY.withGainDb(-1));
            case 6 -> before.withBuses(List.of(BusConfig.of("drums").withGainDb(0.5)));
            default -> before.withSampleRate(44_100);
        };
        assertThat(compile(after).hash()).isNotEqualTo(compile(before).hash());
    }

    /**
     * Recorded, not derived: they guard against a change of a preset, a revision or the canonical text that nobody
     * meant.
     */
    @Test
    void theHashOfEachBusPresetIsTheRecordedOne() throws Exception {
        Map<String, String> recorded = Map.of(
                "default", "445c8853eebfab86c5c30c5b3ae5e8f48b2bd41dca5215a4e942f4202cd0f4d7",
                "stems4", "582978775cca8bf5e0f9d8af7ef26cceae18d85a58c8172a35b647cc77f02365",
                "dme", "358cfd1614a4b841fc00cfc0895a53cafbc9e6d6e2fbe30d8a119d8e26381844",
                "none", "5004eda94c1f7d30ae7a5c2e2ac31c8d3f34a73d6aada1563678944fb880589f");
        Session session = session(
                track("kick").withRole("kick"),
                track("bassline").withRole("bass").withGainDb(-3),
                track("wide").withRole("piano").withPan(-0.25),
                track("voice").withRole("vocals"),
                track("rain").withRole("ambience"));
        Map<String, String> actual = new TreeMap<>();
        for (String preset : recorded.keySet()) {
            Session chosen = session.withBusPreset(preset);
            if (preset.equals("none")) {
                chosen = chosen.withBuses(List.of(BusConfig.of("all").withTrackRoles(List.of("*"))));
            }
            actual.put(preset, compile(chosen).hash());
        }
        assertThat(actual).containsExactlyInAnyOrderEntriesOf(recorded);
    }
}
