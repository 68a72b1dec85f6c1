package io.mixgraph.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.mixgraph.MixEngine;
import io.mixgraph.model.Session;
import io.mixgraph.testing.MemoryTarget;
import io.mixgraph.testing.RandomMix;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every session, shown on sessions drawn at random. */
@Tag("law")
class RenderLawsTest {
    /** The system property {@code mixgraph.seeds} takes fewer, for JVMs that are slow. */
    private static LongStream seeds() {
        return LongStream.rangeClosed(1, Math.min(40, Long.getLong("mixgraph.seeds", 40)));
    }

    private record Rendered(MemoryTarget files, RenderReport report) {}

    private static Rendered render(RandomMix mix, Session session, int threads, int blockFrames) throws Exception {
        MixEngine engine = new MixEngine(threads, blockFrames);
        MemoryTarget target = new MemoryTarget();
        RenderReport report = engine.render(engine.plan(session, mix.sources()), target, RenderMonitor.SILENT);
        return new Rendered(target, report);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void blocksAndThreadsChangeNoBit(long seed) throws Exception {
        RandomMix mix = new RandomMix(seed);
        Rendered expected = render(mix, mix.session(), 1, 512);
        int[] blocks = seed % 8 == 0 ? new int[] {1, 7, 64, 4096} : new int[] {7 + (int) seed, 64, 4096};
        for (int block : blocks) {
            Rendered actual = render(mix, mix.session(), 1, block);
            assertThat(actual.files.digest()).as("block of %d frames", block).isEqualTo(expected.files.digest());
            assertThat(actual.report).as("block of %d frames", block).isEqualTo(expected.report);
        }
        for (int threads : new int[] {2, 8}) {
            Rendered actual = render(mix, mix.session(), threads, 256);
            assertThat(actual.files.digest()).as("%d threads", threads).isEqualTo(expected.files.digest());
            assertThat(actual.report).as("%d threads", threads).isEqualTo(expected.report);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void stemsSumToTheMastersInputBitForBit(long seed) throws Exception {
        RandomMix mix = new RandomMix(seed);
        Rendered rendered = render(mix, mix.session(), 2, 256);
        double[][] preMaster = rendered.files.file("pre_master");
        for (int c = 0; c < preMaster.length; c++) {
            double[] sum = new double[preMaster[c].length];
            for (RenderReport.FileReport file : rendered.report.files()) {
                if (file.inSum()) {
                    double[] stem = rendered.files.file(file.id())[c];
                    for (int i = 0; i < sum.length; i++) {
                        sum[i] += stem[i];
                    }
                }
            }
            for (int i = 0; i < sum.length; i++) {
                sum[i] = (float) sum[i];
            }
            assertThat(sum).isEqualTo(preMaster[c]);
        }
        assertThat(rendered.report.certificate().nullResidualDbfs()).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(rendered.report.certificate().nullBoundDbfs()).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyFileIsEquallyLongAndFinite(long seed) throws Exception {
        RandomMix mix = new RandomMix(seed);
        Rendered rendered = render(mix, mix.session(), 1, 300);
        assertThat(rendered.report.certificate().aligned()).isTrue();
        rendered.files.files().forEach((id, channels) -> {
            for (double[] channel : channels) {
                assertThat(channel).as(id).hasSize((int) rendered.report.frames());
                for (double x : channel) {
                    assertThat(Double.isFinite(x)).as(id).isTrue();
                }
            }
        });
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theLimiterHoldsItsCeiling(long seed) throws Exception {
        RandomMix mix = new RandomMix(seed);
        RenderReport report = render(mix, mix.session(), 1, 512).report;
        Double ceiling = report.loudnormMetrics().targetTp();
        if (ceiling != null) {
            assertThat(report.loudnormMetrics().outputTp()).isLessThanOrEqualTo(ceiling);
        }
    }
}
