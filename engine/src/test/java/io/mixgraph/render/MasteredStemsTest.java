package io.mixgraph.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.mixgraph.MixEngine;
import io.mixgraph.audio.Decibels;
import io.mixgraph.model.BusConfig;
import io.mixgraph.model.Deliverable;
import io.mixgraph.model.FileFormat;
import io.mixgraph.model.LimiterConfig;
import io.mixgraph.model.LoudnessConfig;
import io.mixgraph.model.Output;
import io.mixgraph.model.Session;
import io.mixgraph.model.StemOutput;
import io.mixgraph.model.StemTap;
import io.mixgraph.testing.MemoryTarget;
import io.mixgraph.testing.RandomMix;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Stems that went through the master add up to it: on consoles drawn at random, effects of every nature included. */
@Tag("law")
class MasteredStemsTest {
    private static LongStream seeds() {
        return LongStream.rangeClosed(1, Math.min(60, Long.getLong("mixgraph.seeds", 60)));
    }

    private record Rendered(MemoryTarget files, RenderReport report, RenderPlan plan) {}

    private static Rendered render(RandomMix mix, Session session, int threads, int block) throws Exception {
        MixEngine engine = new MixEngine(threads, block);
        MemoryTarget target = new MemoryTarget();
        RenderPlan plan = engine.plan(session, mix.sources());
        return new Rendered(target, engine.render(plan, target, RenderMonitor.SILENT), plan);
    }

    /** A console whose limiter has something to do. */
    private static Session mastered(RandomMix mix, long seed, StemTap tap) {
        Session session = mix.session();
        Output output = session.output().withStems(StemOutput.DEFAULT.withTap(tap));
        return switch ((int) (seed % 3)) {
            case 0 ->
                session.withOutput(output)
                        .withMaster(session.master()
                                .withLimiter(LimiterConfig.at(-1))
                                .withLoudness(LoudnessConfig.of(-8, -1)));
            case 1 ->
                session.withOutput(output)
                        .withMaster(session.master().withGainDb(20).withLimiter(LimiterConfig.at(-1)));
            default -> session.withOutput(output);
        };
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theyAddUpToTheMasterAtEveryFrame(long seed) throws Exception {
        RandomMix mix = new RandomMix(seed);
        Rendered rendered = render(mix, mastered(mix, seed, StemTap.MASTERED), 2, 512);
        double[][] master = rendered.files.file("master");
        List<RenderReport.FileReport> stems = rendered.report.files().stream()
                .filter(RenderReport.FileReport::inSum)
                .toList();
        assertThat(stems).isNotEmpty();
        double worst = 0;
        for (int c = 0; c < master.length; c++) {
            double peaks = 0;
            for (int i = 0; i < master[c].length; i++) {
                double sum = 0;
                double bound = 0;
                double loudest = 0;
                for (RenderReport.FileReport stem : stems) {
                    float x = (float) rendered.files.file(stem.id())[c][i];
                    sum += x;
                    bound += Math.ulp(x) / 2;
                    loudest += Math.abs(x);
                }
                peaks = Math.max(peaks, loudest);
                // What the files hold: the master's own float is half a step from what it was before.
                bound += Math.ulp((float) master[c][i]) / 2 + 1e-12 * peaks * stems.size();
                assertThat(Math.abs(sum - master[c][i]))
                        .as("channel %d frame %d", c, i)
                        .isLessThanOrEqualTo(bound);
                worst = Math.max(worst, Math.abs(sum - master[c][i]));
            }
        }
        RenderReport.Certificate certificate = rendered.report.certificate();
        assertThat(certificate.stemsSumTo()).isEqualTo("master");
        assertThat(certificate.nullWithinBound()).isTrue();
        assertThat(certificate.aligned()).isTrue();
        assertThat(certificate.nullResidualDbfs()).isLessThanOrEqualTo(certificate.nullBoundDbfs());
        assertThat(Decibels.fromGain(worst)).isLessThanOrEqualTo(certificate.nullBoundDbfs() + 6.1);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theyChangeNoBitOfTheMaster(long seed) throws Exception {
        RandomMix mix = new RandomMix(seed);
        Rendered without = render(mix, mastered(mix, seed, StemTap.PRE_MASTER), 1, 512);
        Rendered with = render(mix, mastered(mix, seed, StemTap.MASTERED), 1, 512);
        Rendered alone = render(mix, mastered(mix, seed, StemTap.SOLOED), 1, 512);
        assertThat(with.files.file("master")).isDeepEqualTo(without.files.file("master"));
        assertThat(alone.files.file("master")).isDeepEqualTo(without.files.file("master"));
        assertThat(alone.report.certificate().stemsSumTo()).isNull();
        assertThat(alone.report.certificate().nullResidualDbfs()).isNotNaN();
    }

    private static List<Deliverable> deliverables(Session session) {
        String bus = session.buses().stream()
                .filter(one -> BusConfig.MASTER.equals(one.output()))
                .map(BusConfig::id)
                .findFirst()
                .orElseThrow();
        return List.of(
                Deliverable.except("rest", List.of(bus)).withTap(StemTap.MASTERED),
                Deliverable.sum("one", List.of(bus)).withTap(StemTap.MASTERED),
                Deliverable.except("all", List.of()).withTap(StemTap.PRE_MASTER),
                Deliverable.master("copy", FileFormat.DEFAULT));
    }

    /** What a deliverable holds is float32(Σ stems), added in their order, of the stems as they are stored. */
    @ParameterizedTest
    @MethodSource("seeds")
    void deliverablesAreSumsOfStemsBitForBit(long seed) throws Exception {
        RandomMix mix = new RandomMix(seed);
        Session session = mastered(mix, seed, StemTap.MASTERED);
        session = session.withOutput(session.output().withDeliverables(deliverables(session)));
        Rendered rendered = render(mix, session, 2, 300);
        for (PlannedSum sum : rendered.plan.sums()) {
            double[][] deliverable = rendered.files.file(sum.file().id());
            if (sum.tap() == StemTap.MASTERED) {
                for (int c = 0; c < deliverable.length; c++) {
                    for (int i = 0; i < deliverable[c].length; i++) {
                        double expected = 0;
                        for (String stem : sum.sumOf()) {
                            expected += rendered.files.file(stem)[c][i];
                        }
                        assertThat(deliverable[c][i]).isEqualTo((float) expected);
                    }
                }
            }
        }
        assertThat(rendered.files.file("all")).isDeepEqualTo(rendered.files.file("pre_master"));
        assertThat(rendered.report.certificate().sums())
                .hasSize(3)
                .allMatch(RenderReport.SumProof::withinBound)
                .allMatch(proof -> proof.residualDbfs() <= proof.boundDbfs());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void blocksAndThreadsChangeNoBitOfThem(long seed) throws Exception {
        RandomMix mix = new RandomMix(seed);
        Session session = mastered(mix, seed, seed % 4 == 3 ? StemTap.SOLOED : StemTap.MASTERED);
        session = session.withOutput(session.output().withDeliverables(deliverables(session)));
        Rendered expected = render(mix, session, 1, 512);
        for (int block : new int[] {7 + (int) seed, 64, 4096}) {
            Rendered actual = render(mix, session, block == 64 ? 1 : 3, block);
            assertThat(actual.files.digest()).as("block of %d frames", block).isEqualTo(expected.files.digest());
            assertThat(actual.report).as("block of %d frames", block).isEqualTo(expected.report);
        }
    }
}
