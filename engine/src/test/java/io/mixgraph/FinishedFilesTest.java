package io.mixgraph;

import static org.assertj.core.api.Assertions.assertThat;

import io.mixgraph.audio.SourceOpener;
import io.mixgraph.model.FileFormat;
import io.mixgraph.model.Output;
import io.mixgraph.model.Session;
import io.mixgraph.model.Tail;
import io.mixgraph.render.PlannedFile;
import io.mixgraph.render.RenderMonitor;
import io.mixgraph.render.RenderPlan;
import io.mixgraph.render.RenderReport;
import io.mixgraph.render.RenderReport.FileReport;
import io.mixgraph.render.SignalCache;
import io.mixgraph.testing.MemoryCache;
import io.mixgraph.testing.RandomEdit;
import io.mixgraph.testing.RandomMix;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stems that stay where they are, render after render into one folder, are those that would be written. */
@Tag("law")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FinishedFilesTest {
    private static final int VERSIONS = 6;

    private int stayed;
    private int written;

    /** Believes that a file is as it was when it is there: nobody else writes here. */
    private final class Remembered implements FinishedFiles {
        private final Map<String, FileReport> reports = new LinkedHashMap<>();

        /** What is in the folder now, by its path. */
        private final Map<String, String> there = new LinkedHashMap<>();

        @Override
        public @Nullable FileReport find(String content, Path file) {
            FileReport report = reports.get(content);
            boolean stays = report != null && content.equals(there.get(report.path())) && Files.exists(file);
            stayed += stays ? 1 : 0;
            written += stays ? 0 : 1;
            return stays ? report : null;
        }

        @Override
        public void made(String content, FileReport report) {
            reports.put(content, report);
            there.put(report.path(), content);
        }
    }

    /** As it is drawn, but with nothing that needs an encoder, and long enough for every bus to be kept. */
    private static Session session(RandomEdit work) {
        Session drawn = work.session();
        Output output = drawn.output();
        return drawn.withOutput(output.withTail(Tail.AUTO)
                .withMaster(FileFormat.DEFAULT)
                .withStems(output.stems().withFile(FileFormat.DEFAULT))
                .withDeliverables(output.deliverables().stream()
                        .filter(one -> one.file().format().wave())
                        .toList()));
    }

    private static RenderReport render(
            Session session, SourceOpener sources, Path folder, SignalCache cache, FinishedFiles finished)
            throws Exception {
        MixEngine engine = new MixEngine(2, 1024);
        RenderPlan plan = engine.plan(session, sources);
        try (OutputFolder output = OutputFolder.open(folder, plan, FileEncoder.NONE, finished)) {
            RenderReport report = engine.render(plan, output, RenderMonitor.SILENT, cache);
            output.publish();
            return report;
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whatStaysIsWhatWouldBeWritten(long seed, @TempDir Path folder) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        RandomEdit work = new RandomEdit(new RandomMix(seed), seed + 2000);
        MemoryCache cache = new MemoryCache();
        Remembered finished = new Remembered();
        for (int version = 0; version < VERSIONS; version++) {
            Session session = session(work);
            Path plain = folder.resolve("plain-" + version);
            Path kept = folder.resolve("kept");
            RenderReport expected = render(session, work.sources(), plain, SignalCache.NONE, FinishedFiles.NONE);
            RenderReport actual = render(session, work.sources(), kept, cache, finished);
            assertThat(actual).as("version " + version).isEqualTo(expected);
            for (PlannedFile file :
                    new MixEngine().plan(session, work.sources()).files()) {
                assertThat(kept.resolve(file.path())).hasSameBinaryContentAs(plain.resolve(file.path()));
            }
            if (random.nextInt(4) > 0) {
                work.edit();
            }
            if (random.nextInt(4) == 0) {
                delete(kept, session, work.sources(), random);
            }
        }
    }

    private static void delete(Path folder, Session session, SourceOpener sources, SplittableRandom random)
            throws Exception {
        for (PlannedFile file : new MixEngine().plan(session, sources).files()) {
            if (random.nextInt(3) == 0) {
                Files.deleteIfExists(folder.resolve(file.path()));
            }
        }
    }

    /** Writing all of them would pass, too. */
    @AfterAll
    void someStayed() {
        assertThat(stayed).as(written + " were written").isGreaterThan(20);
    }
}
