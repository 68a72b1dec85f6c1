package io.mixgraph.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.mixgraph.MixEngine;
import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.AudioSource;
import io.mixgraph.audio.Findings;
import io.mixgraph.audio.FrameSource;
import io.mixgraph.audio.SampleEncoding;
import io.mixgraph.audio.SourceOpener;
import io.mixgraph.fx.EffectCatalogue;
import io.mixgraph.model.BusConfig;
import io.mixgraph.model.FileFormat;
import io.mixgraph.model.LimiterConfig;
import io.mixgraph.model.LoudnessConfig;
import io.mixgraph.model.Master;
import io.mixgraph.model.Output;
import io.mixgraph.model.Session;
import io.mixgraph.model.StemOutput;
import io.mixgraph.model.StemTap;
import io.mixgraph.model.Tail;
import io.mixgraph.model.Track;
import io.mixgraph.render.RenderScope.Use;
import io.mixgraph.testing.MemoryCache;
import io.mixgraph.testing.MemorySource;
import io.mixgraph.testing.MemoryTarget;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is read, what is rendered again, what is kept and what is not. */
class CachedRenderTest {
    private static final int RATE = 48_000;
    private static final int FRAMES = 3_000;
    private static final Output OUTPUT =
            Output.DEFAULT.withMaster(FileFormat.wav(SampleEncoding.FLOAT32)).withPreMaster(true);

    private final Map<String, AudioSource> recordings = new LinkedHashMap<>();
    private final MemoryCache cache = new MemoryCache();
    private final MixEngine engine = new MixEngine(2, 500);

    @BeforeEach
    void record() {
        for (String name : List.of("a", "b", "c")) {
            recordings.put(name, MemorySource.noise(name, RATE, 2, FRAMES, 0.1, name.hashCode()));
        }
    }

    private SourceOpener sources() {
        return name -> {
            AudioSource source = recordings.get(name);
            if (source == null) {
                throw new FileNotFoundException(name);
            }
            return source;
        };
    }

    /** a into inner, inner and b into outer, c beside them. */
    private static Session session(double innerDb, double besideDb, Output output) {
        return Session.of(
                        "s",
                        List.of(
                                Track.of("ta", "a").withBus("inner"),
                                Track.of("tb", "b").withBus("outer"),
                                Track.of("tc", "c").withBus("beside")))
                .withSampleRate(RATE)
                .withBusPreset("none")
                .withBuses(List.of(
                        BusConfig.of("inner").withOutput("outer").withGainDb(innerDb),
                        BusConfig.of("outer")
                                .withFx(List.of(EffectCatalogue.create(
                                        "delay", Map.of("time_ms", 20, "feedback_percent", 30)))),
                        BusConfig.of("beside").withGainDb(besideDb)))
                .withMaster(Master.EMPTY.withLimiter(LimiterConfig.OFF))
                .withOutput(output);
    }

    private static Session session() {
        return session(0, 0, OUTPUT);
    }

    private record Made(MemoryTarget files, RenderReport report) {}

    private Made render(Session session, SignalCache from) throws Exception {
        MemoryTarget target = new MemoryTarget();
        RenderReport report = engine.render(engine.plan(session, sources()), target, RenderMonitor.SILENT, from);
        return new Made(target, report);
    }

    /** Renders with the cache, and checks that it shows nowhere. */
    private void renderAndCompare(Session session) throws Exception {
        Made expected = render(session, SignalCache.NONE);
        Made actual = render(session, cache);
        assertThat(actual.files.digest()).isEqualTo(expected.files.digest());
        assertThat(actual.report).isEqualTo(expected.report);
        assertThat(cache.open()).isZero();
    }

    private Map<String, Use> scope(Session session) throws Exception {
        Map<String, Use> uses = new LinkedHashMap<>();
        engine.scope(engine.plan(session, sources()), cache).nodes().forEach(node -> uses.put(node.id(), node.use()));
        return uses;
    }

    private List<Long> opened(Session session) throws Exception {
        List<Long> before = openedSoFar();
        render(session, cache);
        List<Long> after = openedSoFar();
        return List.of(after.get(0) - before.get(0), after.get(1) - before.get(1), after.get(2) - before.get(2));
    }

    private List<Long> openedSoFar() {
        return recordings.values().stream()
                .map(source -> ((MemorySource) source).opened())
                .toList();
    }

    @Test
    void aSignalThatIsThereIsNotRendered() throws Exception {
        assertThat(opened(session())).containsExactly(1L, 1L, 1L);
        assertThat(cache.size()).isEqualTo(3);
        assertThat(opened(session())).containsExactly(0L, 0L, 0L);
        renderAndCompare(session());
    }

    @Test
    void aFaderRendersAgainOnlyWhatHearsIt() throws Exception {
        render(session(), cache);
        assertThat(opened(session(0, -3, OUTPUT))).containsExactly(0L, 0L, 1L);
        assertThat(opened(session(-3, -3, OUTPUT))).containsExactly(1L, 1L, 0L);
        // What was rendered once is there for good.
        assertThat(opened(session(-3, 0, OUTPUT))).containsExactly(0L, 0L, 0L);
        renderAndCompare(session(-3, 0, OUTPUT));
    }

    @Test
    void whatFeedsABusThatChangedIsReadWhereItCanBe() throws Exception {
        render(session(), cache);
        List<BusConfig> buses = session().buses();
        Session changed = session().withBuses(List.of(buses.get(0), buses.get(1).withGainDb(-1), buses.get(2)));
        assertThat(scope(changed))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "ta", Use.NOT_NEEDED,
                        "inner", Use.READ,
                        "tb", Use.RENDERED,
                        "outer", Use.RENDERED,
                        "tc", Use.NOT_NEEDED,
                        "beside", Use.READ,
                        "master", Use.RENDERED));
        assertThat(opened(changed)).containsExactly(0L, 1L, 0L);
        renderAndCompare(changed);
    }

    @Test
    void theScopeNamesEverySignalAndReadsNone() throws Exception {
        RenderScope before = engine.scope(engine.plan(session(), sources()), cache);
        assertThat(before.nodes()).allSatisfy(node -> {
            assertThat(node.use()).isEqualTo(Use.RENDERED);
            assertThat(node.digest()).matches("[0-9a-f]{64}");
        });
        render(session(), cache);
        RenderScope after = engine.scope(engine.plan(session(), sources()), cache);
        assertThat(cache.opened()).isZero();
        assertThat(after.edges())
                .filteredOn(edge -> edge.digest() != null)
                .extracting(RenderScope.EdgeUse::from, RenderScope.EdgeUse::to, RenderScope.EdgeUse::use)
                .containsExactlyInAnyOrder(
                        tuple("inner", "outer", Use.NOT_NEEDED),
                        tuple("outer", "master", Use.READ),
                        tuple("beside", "master", Use.READ));
        assertThat(cache.digests())
                .isEqualTo(after.edges().stream()
                        .map(RenderScope.EdgeUse::digest)
                        .filter(Objects::nonNull)
                        .collect(Collectors.toSet()));
    }

    @Test
    void aNestedStemIsReadByItself() throws Exception {
        render(session(), cache);
        Session nested = session(
                0,
                0,
                OUTPUT.withStems(
                        new StemOutput(true, StemTap.PRE_MASTER, FileFormat.wav(SampleEncoding.FLOAT32), 0, true)));
        assertThat(opened(nested)).containsExactly(0L, 0L, 0L);
        renderAndCompare(nested);
    }

    @Test
    void stemsThroughTheMasterFollowWhatIsRead() throws Exception {
        for (StemTap tap : StemTap.values()) {
            Session loud = session(0, 0, OUTPUT.withStems(StemOutput.DEFAULT.withTap(tap)))
                    .withMaster(Master.EMPTY
                            .withFx(List.of(
                                    EffectCatalogue.create("compressor", Map.of("threshold_db", -30)),
                                    EffectCatalogue.create("saturation", Map.of("drive_db", 6))))
                            .withLoudness(LoudnessConfig.of(-20, -1)));
            renderAndCompare(loud);
            renderAndCompare(loud);
        }
        assertThat(cache.opened()).isPositive();
    }

    @Test
    void aMonoMasterReadsWhatWasFolded() throws Exception {
        render(session(), cache);
        Session mono = session(0, 0, OUTPUT.withChannels(1));
        // The nested bus is heard in stereo as before; what goes into the master is not.
        assertThat(opened(mono)).containsExactly(0L, 1L, 1L);
        assertThat(opened(mono)).containsExactly(0L, 0L, 0L);
        renderAndCompare(mono);
    }

    @Test
    void aSignalThatIsDamagedIsRenderedAgain() throws Exception {
        for (String digest : List.copyOf(fill())) {
            cache.damage(digest);
            renderAndCompare(session());
            assertThat(cache.digests()).contains(digest);
        }
        cache.damage();
        assertThat(opened(session())).containsExactly(1L, 1L, 1L);
    }

    @Test
    void aSignalOfAnotherLengthIsNotRead() throws Exception {
        fill().forEach(digest -> cache.shorten(digest, 100));
        renderAndCompare(session());
    }

    private Set<String> fill() throws Exception {
        render(session(), cache);
        return cache.digests();
    }

    @Test
    void aRenderThatIsStoppedKeepsNothing() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        RenderMonitor stopping = new RenderMonitor() {
            @Override
            public boolean cancelled() {
                return asked.incrementAndGet() > 3;
            }
        };
        assertThatThrownBy(() -> engine.render(engine.plan(session(), sources()), new MemoryTarget(), stopping, cache))
                .isInstanceOf(CancellationException.class);
        assertThat(cache.size()).isZero();
        assertThat(cache.open()).isZero();
    }

    @Test
    void aRenderThatFailsKeepsNothing() throws Exception {
        recordings.put("c", new Odd("c", "c", 1_000, Findings.NONE));
        assertThatThrownBy(() -> render(session(), cache)).isInstanceOf(IOException.class);
        assertThat(cache.size()).isZero();
        assertThat(cache.open()).isZero();
    }

    @Test
    void whatAnExplicitTailCutsShortIsReadAndNotKept() throws Exception {
        Session cut = session(0, 0, OUTPUT.withTail(Tail.NONE));
        render(cut, cache);
        // The delay of outer rings on; the other two end with their clips.
        assertThat(cache.size()).isEqualTo(2);
        renderAndCompare(session());
        assertThat(cache.size()).isEqualTo(3);
        assertThat(opened(cut)).containsExactly(0L, 0L, 0L);
        renderAndCompare(cut);
    }

    @Test
    void aRecordingWithoutADigestIsHeardEveryTime() throws Exception {
        recordings.put("b", new Odd("b", null, Long.MAX_VALUE, new Findings("ab", List.of("odd"))));
        renderAndCompare(session());
        renderAndCompare(session());
        assertThat(scope(session())).containsEntry("outer", Use.RENDERED).containsEntry("inner", Use.READ);
    }

    @Test
    void whatRecordingsShowedIsReportedAsIfTheyHadBeenRead() throws Exception {
        Findings odd = new Findings("0123", List.of("ends early", "damaged at frame 7"));
        recordings.put("a", new Odd("a", "d", Long.MAX_VALUE, odd));
        render(session(), cache);
        RenderReport report = render(session(), cache).report;
        assertThat(report.warnings()).containsSubsequence("a: damaged at frame 7", "a: ends early");
        assertThat(report.sources().get(0).decodedSha256()).isEqualTo("0123");
        renderAndCompare(session());
        // The same recording under another name, and twice.
        recordings.put("a", new Odd("renamed", "d", Long.MAX_VALUE, odd));
        recordings.put("c", new Odd("copy", "d", Long.MAX_VALUE, odd));
        renderAndCompare(session());
        assertThat(render(session(), cache).report.warnings())
                .contains("renamed: ends early", "copy: ends early")
                .doesNotContain("a: ends early");
    }

    @Test
    void whatTheRecordingOfAnEffectShowedIsReported() throws Exception {
        recordings.put("hall", new Odd("hall", "h", Long.MAX_VALUE, new Findings("4567", List.of("ends early"))));
        List<BusConfig> buses = session().buses();
        Session session = session()
                .withBuses(List.of(
                        buses.get(0).withFx(List.of(EffectCatalogue.create("convolution", Map.of("impulse", "hall")))),
                        buses.get(1),
                        buses.get(2)));
        renderAndCompare(session);
        RenderReport report = render(session, cache).report;
        assertThat(report.warnings()).contains("hall: ends early");
        assertThat(report.sources()).anySatisfy(source -> {
            assertThat(source.name()).isEqualTo("hall");
            assertThat(source.decodedSha256()).isEqualTo("4567");
        });
        renderAndCompare(session);
    }

    @Test
    void whatIsDrawnIsTheSame() throws Exception {
        MixEngine.Traced before =
                engine.renderTraced(engine.plan(session(), sources()), new MemoryTarget(), RenderMonitor.SILENT, cache);
        MixEngine.Traced after =
                engine.renderTraced(engine.plan(session(), sources()), new MemoryTarget(), RenderMonitor.SILENT, cache);
        assertThat(cache.opened()).isEqualTo(2);
        assertThat(after).isEqualTo(before);
    }

    /** A recording that shows something when it is read, or breaks off. */
    private record Odd(String name, @Nullable String digest, long breaksAt, Findings found) implements AudioSource {
        @Override
        public AudioFormat format() {
            return noise().format();
        }

        @Override
        public long frames() {
            return FRAMES;
        }

        private MemorySource noise() {
            return MemorySource.noise(name, RATE, 1, FRAMES, 0.1, 4);
        }

        @Override
        public FrameSource open(long firstFrame) {
            FrameSource noise = noise().open(firstFrame);
            return new FrameSource() {
                private long at;

                @Override
                public AudioFormat format() {
                    return noise.format();
                }

                @Override
                public int read(AudioBlock block, int frames) throws IOException {
                    int read = noise.read(block, frames);
                    at += read;
                    if (at > breaksAt) {
                        throw new IOException(name + ": frame " + at + ": broken");
                    }
                    return read;
                }

                @Override
                public Findings findings() {
                    return at == FRAMES ? found : Findings.NONE;
                }

                @Override
                public void close() throws IOException {
                    noise.close();
                }
            };
        }
    }
}
