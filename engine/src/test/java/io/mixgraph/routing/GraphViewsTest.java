package io.mixgraph.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.AudioSource;
import io.mixgraph.audio.ChannelLayout;
import io.mixgraph.audio.FrameSource;
import io.mixgraph.fx.Effect;
import io.mixgraph.fx.EffectCatalogue;
import io.mixgraph.fx.Gain;
import io.mixgraph.fx.Peak;
import io.mixgraph.model.Automation;
import io.mixgraph.model.BusConfig;
import io.mixgraph.model.Channel;
import io.mixgraph.model.Clip;
import io.mixgraph.model.FadeShape;
import io.mixgraph.model.Insert;
import io.mixgraph.model.InsertChannels;
import io.mixgraph.model.LimiterConfig;
import io.mixgraph.model.LoudnessConfig;
import io.mixgraph.model.LoudnessMode;
import io.mixgraph.model.Master;
import io.mixgraph.model.Send;
import io.mixgraph.model.Session;
import io.mixgraph.model.Tap;
import io.mixgraph.model.Track;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GraphViewsTest {
    /** A recording of silence: the graph knows only its shape. */
    private record Silence(String name, AudioFormat format, long frames) implements AudioSource {
        @Override
        public FrameSource open(long firstFrame) {
            AudioFormat shape = format;
            return new FrameSource() {
                @Override
                public AudioFormat format() {
                    return shape;
                }

                @Override
                public int read(AudioBlock block, int count) {
                    return 0;
                }

                @Override
                public void close() throws IOException {}
            };
        }
    }

    private static final List<BusConfig> BUSES = List.of(
            BusConfig.of("drums").withFx(List.of(new Gain(-6, false), new Peak(100, 3, 1), new Peak(4000, -2, 1))),
            BusConfig.of("fx"),
            BusConfig.of("plate").withFx(List.of(new Gain(0, true))));

    private static Session session(Track... tracks) {
        return Session.of("s", List.of(tracks)).withBusPreset("none").withBuses(BUSES);
    }

    private static Track track(String id) {
        return Track.of(id, id + ".wav").withBus("drums");
    }

    private static MixGraph graph(Session session) throws Exception {
        return GraphCompiler.compile(
                session,
                name -> new Silence(
                        name,
                        new AudioFormat(48_000, name.startsWith("wide") ? ChannelLayout.STEREO : ChannelLayout.MONO),
                        480_000));
    }

    private static List<String> diff(Session a, Session b) throws Exception {
        return GraphDiff.between(graph(a), graph(b));
    }

    private static Session withBus(Session session, int index, BusConfig bus) {
        List<BusConfig> buses = new ArrayList<>(session.buses());
        buses.set(index, bus);
        return session.withBuses(buses);
    }

    @Test
    void aSessionDoesNotDifferFromItself() throws Exception {
        Session session = session(track("kick"), track("snare").withSends(List.of(Send.of("plate", -12))));
        assertThat(diff(session, session)).isEmpty();
    }

    @Test
    void parametersAreNamedAsDocumentsNameThem() throws Exception {
        Session a = session(track("kick"));
        List<Effect> fx = List.of(new Gain(-6, false), new Peak(100, 3, 1), new Peak(4000, -4.5, 2));
        assertThat(diff(a, withBus(a, 0, BUSES.get(0).withFx(fx))))
                .containsExactly("bus drums: peak 2 gain_db -2 → -4.5", "bus drums: peak 2 q 1 → 2");
    }

    @Test
    void effectsAreLinedUpByTheirType() throws Exception {
        Session a = session(track("kick"));
        List<Effect> fx = List.of(new Peak(50, 1, 1), new Peak(100, 3, 1), new Peak(4000, -2, 1));
        assertThat(diff(a, withBus(a, 0, BUSES.get(0).withFx(fx))))
                .containsExactly("bus drums: removed gain", "bus drums: added peak: frequency 50 Hz, gain 1 dB, q 1");
    }

    @Test
    void aTrackThatMovesFaderPanAndBus() throws Exception {
        assertThat(diff(
                        session(track("kick"), track("hat")),
                        session(
                                track("kick"),
                                track("hat").withBus("fx").withGainDb(-3).withPan(0.25))))
                .containsExactly(
                        "bus fx added, to master",
                        "track hat: moved from bus drums to bus fx",
                        "track hat: gain_db 0 → -3",
                        "track hat: pan 0 → 0.25");
    }

    @Test
    void aFaderDoesNotCountAgainForTheSendsBehindIt() throws Exception {
        Track vox = track("vox").withSends(List.of(Send.of("plate", -12)));
        assertThat(diff(session(vox), session(vox.withGainDb(-4.1)))).containsExactly("track vox: gain_db 0 → -4.1");
        assertThat(diff(session(vox.withGainDb(-4.1)), session(vox.withGainDb(2.3))))
                .containsExactly("track vox: gain_db -4.1 → 2.3");
    }

    @Test
    void sendsThatComeGoAndChange() throws Exception {
        Track vox = track("vox");
        Session dry = session(vox);
        Session wet = session(vox.withSends(List.of(Send.of("plate", -12))));
        assertThat(diff(dry, wet))
                .containsExactly("bus plate added, to master, with gain", "send vox → plate added at -12 dB");
        assertThat(diff(wet, dry)).containsExactly("bus plate removed", "send vox → plate removed");
        Send other = Send.of("plate", -9, 0.5, Tap.PRE_FADER);
        assertThat(diff(wet, session(vox.withSends(List.of(other)))))
                .containsExactly(
                        "send vox → plate: gain_db -12 → -9",
                        "send vox → plate: pan 0 → 0.5",
                        "send vox → plate: tap post_fader → pre_fader");
    }

    @Test
    void whatAnEffectsPlaceAndItsBandsSayIsTold() throws Exception {
        Effect eq = EffectCatalogue.create("eq", Map.of("bands", List.of(Map.of("frequency_hz", 500, "gain_db", 3))));
        Effect other =
                EffectCatalogue.create("eq", Map.of("bands", List.of(Map.of("frequency_hz", 500, "gain_db", 4))));
        Track vox = track("vox");
        Session a = session(vox.withInserts(List.of(Insert.of(eq))));
        Session b =
                session(vox.withInserts(List.of(Insert.of(other).withMix(0.5).withChannels(InsertChannels.SIDE))));
        assertThat(diff(a, b))
                .containsExactly(
                        "track vox: eq bands/0/gain_db 3 → 4",
                        "track vox: eq mix 1 → 0.5",
                        "track vox: eq channels stereo → side");
        Session early = session(vox.withChannel(Channel.EMPTY.withTrimDelayFrames(-400)));
        Session earlier = session(vox.withChannel(Channel.EMPTY.withTrimDelayFrames(-500)));
        assertThat(diff(early, earlier)).containsExactly("track vox: trim_delay_frames -400 → -500");
        assertThat(graph(early).hash()).isNotEqualTo(graph(earlier).hash());
    }

    @Test
    void clipsAreLinedUpByTheirSource() throws Exception {
        List<Clip> clips = List.of(
                Clip.of("a.wav"),
                Clip.of("loop.wav").withStartS(2),
                Clip.of("loop.wav").withStartS(4));
        List<Clip> more = new ArrayList<>(clips);
        more.add(1, Clip.of("loop.wav").withStartS(1));
        Session a = session(Track.of("t", clips).withBus("fx"));
        assertThat(diff(a, session(Track.of("t", more).withBus("fx"))))
                .containsExactly("track t: clip loop.wav added at 1 s");
        List<Clip> changed = List.of(
                Clip.of("a.wav").withStartS(0.5),
                new Clip("loop.wav", 2, 0, 1.5, -3, 0.01, 0, FadeShape.LINEAR, List.of()),
                Clip.of("loop.wav").withStartS(4));
        assertThat(diff(a, session(Track.of("t", changed).withBus("fx"))))
                .containsExactly(
                        "track t: clip a.wav moved: 0 s → 0.5 s",
                        "track t: clip loop.wav: length 10 s → 1.5 s",
                        "track t: clip loop.wav: gain_db 0 → -3",
                        "track t: clip loop.wav: fade in 0 s → 0.01 s",
                        "track t: clip loop.wav: fade shape equal_power → linear");
    }

    @Test
    void automationIsShownAsDocumentsWriteIt() throws Exception {
        Automation ride = Automation.of(List.of(new Automation.Point(0, 0), new Automation.Point(2.5, -6)), List.of());
        assertThat(diff(session(track("vox")), session(track("vox").withAutomation(ride))))
                .containsExactly("track vox: gain_db 0 → [[0, 0], [2.5, -6]]");
    }

    @Test
    void muteOrderAndChannels() throws Exception {
        assertThat(diff(
                        session(
                                track("kick"),
                                track("snare"),
                                Track.of("t", "mono.wav").withBus("fx")),
                        session(
                                track("snare").withMute(true),
                                track("kick"),
                                Track.of("t", "wide.wav").withBus("fx"))))
                .containsExactly(
                        "tracks in another order: kick, snare, t → snare, kick, t",
                        "track snare: silenced by mute or solo",
                        "track t: mono → stereo",
                        "track t: clip mono.wav at 0 s removed",
                        "track t: clip wide.wav added at 0 s");
    }

    @Test
    void theMastersTargetAndLimiter() throws Exception {
        Session a = session(track("kick")).withMaster(Master.EMPTY.withLoudness(LoudnessConfig.of(-14, -1)));
        Session b = session(track("kick"))
                .withMaster(
                        Master.EMPTY.withLoudness(LoudnessConfig.of(-16, -2)).withGainDb(1));
        assertThat(diff(a, b))
                .contains(
                        "master: gain_db 0 → 1",
                        "master: loudness target_lufs -14 → -16",
                        "master: loudness true_peak_db -1 → -2");
        LoudnessConfig gentle = new LoudnessConfig(null, -14.0, -1.0, LoudnessMode.LIMIT, 3.0);
        assertThat(diff(a, session(track("kick")).withMaster(Master.EMPTY.withLoudness(gentle))))
                .containsExactly("master: loudness max_reduction_db any → 3");
        assertThat(diff(a, session(track("kick")).withMaster(Master.EMPTY.withLimiter(LimiterConfig.OFF))))
                .containsExactly("master: loudness target_lufs -14 → none", "master: removed limiter");
    }

    @Test
    void anotherRateAloneIsOneDifferenceAndItsConversion() throws Exception {
        Session a = session(track("kick"));
        assertThat(diff(a, a.withSampleRate(44_100))).containsExactly("sample rate 48000 Hz → 44100 Hz");
    }

    /** Whatever is changed, the words and the hash agree on whether anything is. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void wordsAndHashAgree(long seed) throws Exception {
        Random random = new Random(seed);
        Session before = random(random, List.of());
        for (int i = 0; i < 25; i++) {
            Session after = random(random, before.tracks());
            boolean same = graph(before).hash().equals(graph(after).hash());
            assertThat(diff(before, after).isEmpty()).isEqualTo(same);
            before = after;
        }
    }

    private static Session random(Random random, List<Track> kept) {
        List<Track> tracks = new ArrayList<>(kept);
        if (tracks.size() < 4) {
            tracks.add(track("t" + tracks.size() + "x" + random.nextInt(1000)));
        }
        int index = random.nextInt(tracks.size());
        Track track = tracks.get(index);
        tracks.set(
                index,
                switch (random.nextInt(7)) {
                    case 0 -> track.withGainDb(random.nextInt(9) - 4);
                    case 1 -> track.withPan(random.nextInt(3) - 1);
                    case 2 -> track.withBus(BUSES.get(random.nextInt(3)).id());
                    case 3 -> track.withMute(random.nextBoolean());
                    case 4 -> track.withFx(List.of(new Gain(random.nextInt(3), false)));
                    case 5 -> track.withSends(List.of(Send.of("plate", random.nextInt(3))));
                    default -> track;
                });
        if (random.nextInt(4) == 0) {
            Collections.shuffle(tracks, random);
        }
        return session(tracks.toArray(Track[]::new));
    }

    @Test
    void theDrawingNamesEveryNodeAndMarksKeysAndSilence() throws Exception {
        Track odd = new Track(
                "odd",
                "a \"quoted\" \\N & <b>",
                null,
                "fx",
                List.of(Clip.of("odd.wav")),
                null,
                Channel.EMPTY
                        .withGainDb(-3)
                        .withPan(0.5)
                        .withMute(true)
                        .withSends(List.of(Send.of("plate", -12, 0, Tap.PRE_FADER))));
        MixGraph graph = graph(session(track("kick"), odd));
        int kick = 0;
        int drums = graph.nodes().stream().map(Node::id).toList().indexOf("drums");
        Edge key = new Edge(
                kick,
                Tap.PRE_FADER,
                drums,
                Edge.Port.KEY,
                1,
                Edge.Role.KEY,
                Curve.constant(0),
                Curve.constant(1),
                Panning.of(Curve.constant(0), -3),
                false,
                7);
        List<Edge> edges = new ArrayList<>(graph.edges());
        edges.add(key);
        MixGraph keyed = new MixGraph(
                graph.sampleRate(),
                graph.nodes(),
                edges,
                graph.finish(),
                graph.sources(),
                graph.busMap(),
                graph.fxPresets(),
                graph.clipEndFrames(),
                graph.tailFrames(),
                graph.notes());
        String dot = GraphDot.of(keyed);
        assertThat(dot)
                .contains("odd\\na \\\"quoted\\\" \\\\N &amp; <b>\\nmono, 1 clip")
                .contains("[label=\"-3 dB\\npan 0.5\\nsilent\", color=gray, fontcolor=gray]")
                .contains("[label=\"-12 dB\\npre_fader\"]")
                .contains("n" + kick + " -> n" + drums + " [label=\"key of peak\\ndelay 7\", style=dashed]")
                .contains("drums\\ngain: gain -6 dB\\npeak: frequency 100 Hz, gain 3 dB, q 1");
        for (int i = 0; i < keyed.nodes().size(); i++) {
            assertThat(dot)
                    .contains("  n" + i + " [label=\"" + keyed.nodes().get(i).id());
        }
    }

    @Test
    void graphvizReadsTheDrawing(@TempDir Path folder) throws Exception {
        assumeThat(Files.isExecutable(Path.of("/usr/bin/dot")))
                .as("no Graphviz here, so nobody reads the drawing")
                .isTrue();
        Track odd = track("odd").withSends(List.of(Send.of("plate", -12)));
        Path drawing = folder.resolve("mix.dot");
        Files.writeString(drawing, GraphDot.of(graph(session(track("kick"), odd))));
        Process dot = new ProcessBuilder("/usr/bin/dot", "-Tplain", drawing.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(dot.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(dot.waitFor()).as(said).isZero();
        assertThat(said.lines().filter(line -> line.startsWith("node "))).hasSize(5);
        assertThat(said.lines().filter(line -> line.startsWith("edge "))).hasSize(5);
    }
}
