package io.mixgraph.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.mixgraph.MixEngine;
import io.mixgraph.model.Deliverable;
import io.mixgraph.model.Session;
import io.mixgraph.model.StemOutput;
import io.mixgraph.model.StemTap;
import io.mixgraph.routing.Edge;
import io.mixgraph.routing.MixGraph;
import io.mixgraph.testing.RandomMix;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SelfTestTest {
    private static LongStream seeds() {
        return LongStream.rangeClosed(1, 40);
    }

    private static RenderPlan plan(long seed) throws Exception {
        RandomMix mix = new RandomMix(seed);
        Session session = mix.session();
        session = session.withOutput(session.output()
                .withStems(StemOutput.DEFAULT.withTap(StemTap.values()[(int) (seed % 3)]))
                .withDeliverables(List.of(
                        Deliverable.except("all", List.of()).withTap(StemTap.PRE_MASTER),
                        Deliverable.master("copy", session.output().master()).withSampleRate(44_100))));
        return new MixEngine().plan(session, mix.sources());
    }

    private static List<SelfTest.FileCheck> run(RenderPlan plan) throws Exception {
        return SelfTest.run(plan, 2, 256, RenderMonitor.SILENT);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    @Tag("law")
    void everyConsoleLinesUp(long seed) throws Exception {
        RenderPlan plan = plan(seed);
        List<SelfTest.FileCheck> checks = run(plan);
        assertThat(checks).hasSizeGreaterThanOrEqualTo(4).allMatch(SelfTest.FileCheck::holds);
        assertThat(checks.get(checks.size() - 1).impulses()).isPositive();
    }

    /** Every edge in turn is one frame late: then a file has to show it. */
    @ParameterizedTest
    @MethodSource("seeds")
    void oneFrameOfDelayTooMuchIsFound(long seed) throws Exception {
        RenderPlan plan = plan(seed);
        MixGraph graph = plan.graph();
        for (int e = 0; e < graph.edges().size(); e++) {
            Edge edge = graph.edges().get(e);
            if (edge.port() == Edge.Port.MAIN) {
                List<Edge> edges = new ArrayList<>(graph.edges());
                edges.set(
                        e,
                        new Edge(
                                edge.from(),
                                edge.tap(),
                                edge.to(),
                                edge.port(),
                                edge.effect(),
                                edge.role(),
                                edge.gainDb(),
                                edge.gate(),
                                edge.panning(),
                                edge.silent(),
                                edge.delayFrames() + 1));
                MixGraph late = new MixGraph(
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
                List<SelfTest.FileCheck> checks = run(RenderPlanner.plan("late", late, plan.output()));
                assertThat(checks).as("edge %d", e).anyMatch(check -> !check.holds());
            }
        }
    }
}
