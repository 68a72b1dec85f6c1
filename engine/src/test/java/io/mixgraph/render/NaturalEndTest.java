package io.mixgraph.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.mixgraph.MixEngine;
import io.mixgraph.audio.SampleEncoding;
import io.mixgraph.audio.SourceOpener;
import io.mixgraph.fx.EffectCatalogue;
import io.mixgraph.fx.Limiter;
import io.mixgraph.model.BusConfig;
import io.mixgraph.model.Channel;
import io.mixgraph.model.Clip;
import io.mixgraph.model.Deliverable;
import io.mixgraph.model.FileFormat;
import io.mixgraph.model.LimiterConfig;
import io.mixgraph.model.Master;
import io.mixgraph.model.Output;
import io.mixgraph.model.Session;
import io.mixgraph.model.StemOutput;
import io.mixgraph.model.Tail;
import io.mixgraph.model.Track;
import io.mixgraph.routing.Node;
import io.mixgraph.testing.MemorySource;
import io.mixgraph.testing.MemoryTarget;
import io.mixgraph.testing.RandomMix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A bus ends where it ends by itself, wherever the mix does, and nothing is cut off before. */
class NaturalEndTest {
    private static final int RATE = 48_000;
    private static final int FRAMES = 4_000;

    private static final SourceOpener NOISE = NaturalEndTest::noise;

    private static MemorySource noise(String name) {
        return MemorySource.noise(name, RATE, 2, FRAMES, 0.2, name.hashCode());
    }

    private static MemoryTarget render(Session session, SourceOpener sources, int blockFrames) throws Exception {
        MixEngine engine = new MixEngine(2, blockFrames);
        MemoryTarget target = new MemoryTarget();
        engine.render(engine.plan(session, sources), target, RenderMonitor.SILENT);
        return target;
    }

    private static Session session(List<Track> tracks, List<BusConfig> buses, Output output) {
        return Session.of("s", tracks)
                .withSampleRate(RATE)
                .withBusPreset("none")
                .withBuses(buses)
                .withMaster(Master.EMPTY.withLimiter(LimiterConfig.OFF))
                .withOutput(output.withMaster(FileFormat.wav(SampleEncoding.FLOAT32)));
    }

    private static Channel trimmed(int frames) {
        return Channel.EMPTY.withTrimDelayFrames(frames);
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 500, 4096})
    void whatIsLateBeforeATrimDelayIsRenderedToItsEnd(int blockFrames) throws Exception {
        Limiter idle = new Limiter(0, 10, 80, 400);
        Session session = session(
                List.of(
                        Track.of("t", "noise").withBus("inner"),
                        Track.of("u", "other").withBus("outer")),
                List.of(
                        BusConfig.of("inner").withFx(List.of(idle)).withOutput("outer"),
                        BusConfig.of("outer").withChannel(trimmed(idle.latencyFrames(RATE)))),
                Output.DEFAULT
                        .withTail(Tail.NONE)
                        .withPreMaster(true)
                        .withStems(new StemOutput(
                                true, StemOutput.DEFAULT.tap(), FileFormat.wav(SampleEncoding.FLOAT32), 0, true))
                        .withDeliverables(List.of(new Deliverable(
                                "copy",
                                List.of("outer"),
                                null,
                                null,
                                FileFormat.wav(SampleEncoding.FLOAT32),
                                null,
                                null))));
        MemoryTarget files = render(session, NOISE, blockFrames);
        double[] noise = noise("noise").channel(0);
        for (int i = 0; i < FRAMES; i++) {
            assertThat(files.file("inner")[0][i]).isEqualTo((float) noise[i]);
        }
        assertThat(files.file("copy")[0]).isEqualTo(files.file("outer")[0]);
    }

    @Test
    void theEndIsThatOfTheClipAndTheTailsAndTrimsOnTheWay() throws Exception {
        Session session = session(
                List.of(
                        Track.of("t", List.of(Clip.of("noise").withStartS(1))).withBus("inner"),
                        Track.of("u", "other").withBus("outer")),
                List.of(
                        BusConfig.of("inner").withOutput("outer").withChannel(trimmed(300)),
                        BusConfig.of("outer")
                                .withFx(List.of(EffectCatalogue.create(
                                        "delay", Map.of("time_ms", 100, "feedback_percent", 0))))),
                Output.DEFAULT);
        RenderPlan plan = new MixEngine().plan(session, NOISE);
        assertThat(plan.graph().nodes())
                .extracting(Node::id, Node::endFrames)
                .containsExactlyInAnyOrder(
                        tuple("t", 52_000L),
                        tuple("u", 4_000L),
                        tuple("inner", 52_000L),
                        tuple("outer", 57_100L),
                        tuple("master", 57_100L));
        assertThat(plan.frames()).isEqualTo(57_100);
    }

    /** Another bus that plays on for long makes the mix longer, and what a bus hands on no different. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    @Tag("law")
    void howLongTheMixIsDoesNotChangeABus(long seed) throws Exception {
        RandomMix mix = new RandomMix(seed);
        Session drawn = mix.session();
        Output output = drawn.output().withTail(Tail.AUTO).withStems(StemOutput.DEFAULT);
        List<Track> tracks = new ArrayList<>(drawn.tracks());
        tracks.add(
                Track.of("late", List.of(Clip.of("recording0").withStartS(5))).withBus("beside"));
        List<BusConfig> buses = new ArrayList<>(drawn.buses());
        buses.add(BusConfig.of("beside"));
        Session longer = Session.of("longer", tracks)
                .withSampleRate(RATE)
                .withBusPreset("none")
                .withBuses(buses)
                .withMaster(drawn.master())
                .withOutput(output);
        MemoryTarget alone = render(drawn.withOutput(output), mix.sources(), 500);
        MemoryTarget beside = render(longer, mix.sources(), 777);
        alone.files().forEach((id, channels) -> {
            if (id.startsWith("b")) {
                double[][] other = beside.file(id);
                for (int c = 0; c < channels.length; c++) {
                    int end = channels[c].length;
                    assertThat(Arrays.copyOf(other[c], end)).as(id).isEqualTo(channels[c]);
                    assertThat(Arrays.copyOfRange(other[c], end, other[c].length))
                            .as("%s, later", id)
                            .containsOnly(0.0);
                }
            }
        });
    }
}
