package io.mixgraph.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.mixgraph.MixEngine;
import io.mixgraph.audio.SourceOpener;
import io.mixgraph.model.Session;
import io.mixgraph.model.Tail;
import io.mixgraph.testing.MemoryCache;
import io.mixgraph.testing.MemoryTarget;
import io.mixgraph.testing.RandomEdit;
import io.mixgraph.testing.RandomMix;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever versions of a session were rendered before, and whatever was kept of them: the files and the report are
 * those of a render that knows nothing of it.
 */
@Tag("law")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CachedRenderLawsTest {
    private static final int VERSIONS = 5;

    private int read;
    private int rendered;

    private record Made(MemoryTarget files, RenderReport report) {}

    private static LongStream seeds() {
        return LongStream.rangeClosed(1, Math.min(16, Long.getLong("mixgraph.seeds", 16)));
    }

    private static Made render(Session session, SourceOpener sources, SignalCache cache, int threads, int blockFrames)
            throws Exception {
        MixEngine engine = new MixEngine(threads, blockFrames);
        MemoryTarget target = new MemoryTarget();
        RenderReport report = engine.render(engine.plan(session, sources), target, RenderMonitor.SILENT, cache);
        return new Made(target, report);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatWasRenderedBeforeChangesNoBit(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        RandomEdit work = new RandomEdit(new RandomMix(seed), seed + 1000);
        boolean whole = random.nextInt(4) > 0;
        MemoryCache cache = new MemoryCache();
        for (int version = 0; version < VERSIONS; version++) {
            Session drawn = work.session();
            Session session = whole ? drawn.withOutput(drawn.output().withTail(Tail.AUTO)) : drawn;
            count(session, work.sources(), version == 0 ? SignalCache.NONE : cache);
            Made expected = render(session, work.sources(), SignalCache.NONE, 2, 1024);
            int threads = 1 + random.nextInt(3);
            int blockFrames = random.nextInt(8) == 0 ? 1 + random.nextInt(60) : 100 + random.nextInt(4000);
            Made actual = render(session, work.sources(), cache, threads, blockFrames);
            assertThat(actual.files.digest())
                    .as("version %d, %d threads, blocks of %d", version, threads, blockFrames)
                    .isEqualTo(expected.files.digest());
            assertThat(actual.report).isEqualTo(expected.report);
            assertThat(cache.open()).as("signals left open").isZero();
            if (random.nextInt(6) == 0) {
                cache.damage();
            }
            work.edit();
        }
    }

    private void count(Session session, SourceOpener sources, SignalCache cache) throws Exception {
        MixEngine engine = new MixEngine();
        for (RenderScope.EdgeUse edge :
                engine.scope(engine.plan(session, sources), cache).edges()) {
            if (edge.digest() != null && cache != SignalCache.NONE) {
                read += edge.use() == RenderScope.Use.READ ? 1 : 0;
                rendered += edge.use() == RenderScope.Use.RENDERED ? 1 : 0;
            }
        }
    }

    /** A cache that gives nothing would pass, too. */
    @AfterAll
    void aGoodPartOfItWasRead() {
        assertThat(read)
                .as("%d signals were rendered, the first versions aside", rendered)
                .isGreaterThan(rendered / 5);
    }
}
