package io.mixgraph.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mixgraph.MixEngine;
import io.mixgraph.dsp.BiquadDesign;
import io.mixgraph.fx.EffectCatalogue;
import io.mixgraph.model.BusConfig;
import io.mixgraph.model.LimiterConfig;
import io.mixgraph.model.Master;
import io.mixgraph.model.Session;
import io.mixgraph.model.Track;
import io.mixgraph.testing.MemorySource;
import io.mixgraph.testing.MemoryTarget;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A bus's fader and equaliser, heard through a whole render and held to their formulas. */
class BusStripTest {
    private static final int RATE = 48_000;

    @Test
    void faderAndEqualiserDoWhatTheySay() throws Exception {
        double amplitude = 0.1;
        MemorySource sine = MemorySource.sine("sine", RATE, RATE, 1000, amplitude);
        BusConfig bus = BusConfig.of("b")
                .withGainDb(-6)
                .withFx(List.of(EffectCatalogue.create("peak", Map.of("frequency_hz", 800, "gain_db", 5, "q", 1.2))));
        Session session = Session.of("one", List.of(Track.of("a", "sine").withBus("b")))
                .withBusPreset("none")
                .withBuses(List.of(bus))
                .withMaster(Master.EMPTY.withLimiter(LimiterConfig.OFF));
        MixEngine engine = new MixEngine(1, 512);
        MemoryTarget target = new MemoryTarget();
        engine.render(engine.plan(session, name -> sine), target, RenderMonitor.SILENT);

        double expected = amplitude
                * StrictMath.sqrt(0.5)
                * StrictMath.pow(10, -6 / 20.0)
                * BiquadDesign.peak(800, 5, 1.2, RATE).magnitude(1000, RATE);
        // Half a second of settled sound is a whole number of periods, so its mean square is half the squared
        // amplitude.
        double[] left = target.file("b")[0];
        double energy = 0;
        for (int i = RATE / 2; i < RATE; i++) {
            energy += left[i] * left[i];
        }
        assertThat(StrictMath.sqrt(2 * energy / (RATE / 2))).isCloseTo(expected, within(1e-7));
        assertThat(target.file("b")[1]).isEqualTo(left);
    }
}
