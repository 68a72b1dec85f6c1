package io.mixgraph.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mixgraph.MixEngine;
import io.mixgraph.audio.SourceOpener;
import io.mixgraph.fx.Convolution;
import io.mixgraph.fx.Nature;
import io.mixgraph.model.BusConfig;
import io.mixgraph.model.Channel;
import io.mixgraph.model.Inserts;
import io.mixgraph.model.LimiterConfig;
import io.mixgraph.model.Master;
import io.mixgraph.model.Session;
import io.mixgraph.model.Tail;
import io.mixgraph.model.Track;
import io.mixgraph.testing.MemorySource;
import io.mixgraph.testing.MemoryTarget;
import io.mixgraph.testing.RandomMix;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Consoles drawn at random, of which only the LINEAR effects are kept: with all their sends, groups, curves and pans
 * they are linear too, and what rings after the last clip is over when the plan says so.
 */
class LinearConsoleTest {
    private static LongStream seeds() {
        return LongStream.rangeClosed(1, 30);
    }

    /** A convolution is made of a recording of the session, which the test changes. */
    private static Inserts linear(Inserts drawn) {
        return drawn.fx() == null
                ? drawn
                : new Inserts(
                        drawn.fx().stream()
                                .filter(insert -> insert.effect().nature() == Nature.LINEAR)
                                .filter(insert -> !(insert.effect() instanceof Convolution))
                                .toList(),
                        null,
                        null);
    }

    private static Channel linear(Channel drawn) {
        return drawn.withInserts(linear(drawn.inserts()));
    }

    private static Session linear(Session drawn) {
        List<Track> tracks = drawn.tracks().stream()
                .map(track -> track.withChannel(linear(track.channel())))
                .toList();
        List<BusConfig> buses = drawn.buses().stream()
                .map(bus -> bus.withChannel(linear(bus.channel())))
                .toList();
        return Session.of(drawn.name(), tracks)
                .withSampleRate(48_000)
                .withBusPreset("none")
                .withBuses(buses)
                .withMaster(Master.EMPTY
                        .withInserts(linear(drawn.master().inserts()))
                        .withLimiter(LimiterConfig.OFF))
                .withOutput(drawn.output());
    }

    private static MemoryTarget render(Session session, SourceOpener sources) throws Exception {
        MixEngine engine = new MixEngine(1, 512);
        MemoryTarget target = new MemoryTarget();
        engine.render(engine.plan(session, sources), target, RenderMonitor.SILENT);
        return target;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theMixOfASumIsTheSumOfTheMixes(long seed) throws Exception {
        RandomMix mix = new RandomMix(seed);
        Session session = linear(mix.session());
        SourceOpener others = name -> {
            MemorySource first = (MemorySource) mix.sources().open(name);
            int channels = first.format().channels();
            return MemorySource.noise(
                    name, first.format().sampleRate(), channels, (int) first.frames(), 0.3, seed + name.hashCode());
        };
        SourceOpener sums = name -> {
            MemorySource first = (MemorySource) mix.sources().open(name);
            MemorySource second = (MemorySource) others.open(name);
            double[][] sum = new double[first.format().channels()][(int) first.frames()];
            for (int c = 0; c < sum.length; c++) {
                for (int i = 0; i < sum[c].length; i++) {
                    sum[c][i] = first.channel(c)[i] + second.channel(c)[i];
                }
            }
            return new MemorySource(name, first.format().sampleRate(), sum);
        };
        MemoryTarget a = render(session, mix.sources());
        MemoryTarget b = render(session, others);
        for (Map.Entry<String, double[][]> file : render(session, sums).files().entrySet()) {
            double scale = peak(file.getValue());
            for (int c = 0; c < file.getValue().length; c++) {
                double[] x = a.file(file.getKey())[c];
                double[] y = b.file(file.getKey())[c];
                for (int i = 0; i < x.length; i++) {
                    // Every bus rounds to 32-bit float, at most five on the way.
                    assertThat(file.getValue()[c][i]).isCloseTo(x[i] + y[i], within(2e-6 * scale + 1e-9));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatIsCutOffIsBelowMinus120Decibels(long seed) throws Exception {
        RandomMix mix = new RandomMix(seed);
        Session session = linear(mix.session());
        MixEngine engine = new MixEngine(1, 512);
        RenderPlan plan = engine.plan(session.withOutput(session.output().withTail(Tail.AUTO)), mix.sources());
        double longer = 0.5 + plan.graph().tailFrames() / 48_000.0;
        MemoryTarget heard = render(session.withOutput(session.output().withTail(Tail.seconds(longer))), mix.sources());
        double[][] master = heard.file("master");
        double peak = peak(master);
        List<Double> left = new ArrayList<>();
        for (double[] channel : master) {
            for (int i = (int) plan.frames(); i < channel.length; i++) {
                left.add(Math.abs(channel[i]));
            }
        }
        assertThat(left).isNotEmpty().allMatch(x -> x <= 1e-6 * peak);
    }

    private static double peak(double[][] file) {
        double peak = 0;
        for (double[] channel : file) {
            for (double x : channel) {
                peak = Math.max(peak, Math.abs(x));
            }
        }
        return peak;
    }
}
