package io.mixgraph.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.mixgraph.MixEngine;
import io.mixgraph.model.BusConfig;
import io.mixgraph.model.LimiterConfig;
import io.mixgraph.model.Master;
import io.mixgraph.model.Output;
import io.mixgraph.model.Session;
import io.mixgraph.model.Track;
import io.mixgraph.testing.MemorySource;
import io.mixgraph.testing.MemoryTarget;
import java.util.List;
import org.junit.jupiter.api.Test;

class FirstRenderTest {
    @Test
    void trackAtUnity() throws Exception {
        MemorySource noise = MemorySource.noise("noise", 48_000, 1, 10_000, 0.25, 1);
        Session session = Session.of("one", List.of(Track.of("a", "noise").withBus("b")))
                .withBusPreset("none")
                .withBuses(List.of(BusConfig.of("b")))
                .withMaster(Master.EMPTY.withLimiter(LimiterConfig.OFF))
                .withOutput(Output.DEFAULT.withPreMaster(true));
        MixEngine engine = new MixEngine(2, 512);
        MemoryTarget target = new MemoryTarget();
        RenderReport report = engine.render(engine.plan(session, name -> noise), target, RenderMonitor.SILENT);
        double half = StrictMath.sqrt(0.5);
        for (int i = 0; i < 10_000; i++) {
            assertThat(target.file("b")[0][i]).isEqualTo((double) (float) (half * noise.channel(0)[i]));
        }
        assertThat(report.certificate().nullResidualDbfs()).isEqualTo(Double.NEGATIVE_INFINITY);
        System.out.println(report);
    }
}
