package io.mixgraph.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.mixgraph.MixEngine;
import io.mixgraph.audio.SourceOpener;
import io.mixgraph.fx.Compressor;
import io.mixgraph.fx.Gain;
import io.mixgraph.fx.Limiter;
import io.mixgraph.model.BusConfig;
import io.mixgraph.model.Channel;
import io.mixgraph.model.Clip;
import io.mixgraph.model.Insert;
import io.mixgraph.model.Inserts;
import io.mixgraph.model.LimiterConfig;
import io.mixgraph.model.Master;
import io.mixgraph.model.Output;
import io.mixgraph.model.Send;
import io.mixgraph.model.Session;
import io.mixgraph.model.Tail;
import io.mixgraph.model.Tap;
import io.mixgraph.model.Track;
import io.mixgraph.testing.MemorySource;
import io.mixgraph.testing.MemoryTarget;
import io.mixgraph.testing.RandomMix;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No effect's latency is heard. A limiter that meets nothing above its ceiling has a gain of exactly 1: it is a delay
 * of its look-ahead and nothing else, so what is sample-aligned can be told to the bit.
 */
class AlignmentTest {
    private static final int RATE = 48_000;
    private static final Output EXACT = Output.DEFAULT.withPreMaster(true).withTail(Tail.NONE);

    private static LongStream seeds() {
        return LongStream.rangeClosed(1, 25);
    }

    private static Limiter idle(double lookaheadMs) {
        return new Limiter(0, lookaheadMs, 80, 400);
    }

    private static MemoryTarget render(Session session, SourceOpener sources, int blockFrames) throws Exception {
        MixEngine engine = new MixEngine(2, blockFrames);
        MemoryTarget target = new MemoryTarget();
        engine.render(engine.plan(session, sources), target, RenderMonitor.SILENT);
        return target;
    }

    @ParameterizedTest
    @EnumSource(Tap.class)
    void aSignalAndItsInverseCancelWhateverTheirLatencies(Tap tap) throws Exception {
        MemorySource noise = MemorySource.noise("noise", RATE, 2, 5_000, 0.1, 1);
        Track track = Track.of("t", "noise")
                .withBus("slow")
                .withFx(List.of(idle(2)))
                .withSends(List.of(Send.of("quick", 0, 0, tap)));
        Session session = Session.of("s", List.of(track))
                .withBusPreset("none")
                .withBuses(List.of(
                        BusConfig.of("slow").withFx(List.of(idle(10), idle(3))),
                        BusConfig.of("quick").withFx(List.of(new Gain(0, true)))))
                .withMaster(Master.EMPTY.withLimiter(LimiterConfig.OFF))
                .withOutput(EXACT);
        MemoryTarget files = render(session, name -> noise, 333);
        for (int c = 0; c < 2; c++) {
            for (int i = 0; i < 5_000; i++) {
                assertThat(files.file("slow")[c][i]).isEqualTo((float) noise.channel(c)[i]);
                assertThat(files.file("pre_master")[c][i]).isZero();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    @Tag("law")
    void everyFrameLeavesEveryFileAtItsOwnTime(long seed) throws Exception {
        int at = 700;
        double[][] samples = new double[2][2_000];
        samples[0][at] = 0x1p-12;
        samples[1][at] = -0x1p-12;
        MemorySource impulse = new MemorySource("impulse", RATE, samples);
        MemoryTarget files = render(delaysOnly(new RandomMix(seed).session(), seed), name -> impulse, 256);
        for (Map.Entry<String, double[][]> file : files.files().entrySet()) {
            boolean heard = false;
            for (double[] channel : file.getValue()) {
                for (int i = 0; i < channel.length; i++) {
                    if (i == at) {
                        heard |= channel[i] != 0;
                    } else {
                        assertThat(channel[i])
                                .as("%s, frame %d", file.getKey(), i)
                                .isZero();
                    }
                }
            }
            assertThat(heard).as(file.getKey()).isTrue();
        }
    }

    /** The same console with every effect replaced by a delay, keys kept, and nothing muted. */
    private static Session delaysOnly(Session drawn, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Track> tracks = new ArrayList<>();
        for (Track track : drawn.tracks()) {
            tracks.add(Track.of(track.id(), List.of(Clip.of("impulse")))
                    .withBus(Objects.requireNonNull(track.bus()))
                    .withChannel(delaysOnly(track.channel(), 0.25, random)));
        }
        List<BusConfig> buses = new ArrayList<>();
        for (BusConfig bus : drawn.buses()) {
            buses.add(BusConfig.of(bus.id())
                    .withOutput(Objects.requireNonNull(bus.output()))
                    .withChannel(delaysOnly(bus.channel(), 0.5, random)));
        }
        return Session.of("delays", tracks)
                .withSampleRate(RATE)
                .withBusPreset("none")
                .withBuses(buses)
                .withMaster(Master.EMPTY
                        .withInserts(delays(drawn.master().inserts(), random))
                        .withLimiter(seed % 2 == 0 ? LimiterConfig.OFF : LimiterConfig.at(0)))
                .withOutput(EXACT.withMaster(drawn.output().master()));
    }

    private static Channel delaysOnly(Channel drawn, double pan, SplittableRandom random) {
        return Channel.EMPTY
                .withInserts(delays(drawn.inserts(), random))
                .withGainDb(Objects.requireNonNull(drawn.gainDb()))
                .withPan(pan)
                .withSends(Objects.requireNonNull(drawn.sends()).stream()
                        .map(send -> Send.of(send.to(), send.gainDb(), send.pan(), send.tap()))
                        .toList());
    }

    private static Inserts delays(Inserts drawn, SplittableRandom random) {
        List<Insert> delays = new ArrayList<>();
        if (drawn.fx() != null) {
            for (Insert insert : drawn.fx()) {
                delays.add(Insert.of(idle(0.1 + random.nextInt(90) / 10.0)));
                if (insert.key() != null) {
                    delays.add(Insert.of(new Compressor(20, 4, 5, 100, 0, 0)).withKey(insert.key()));
                }
            }
        }
        return new Inserts(delays, null, null);
    }

    @Test
    void theDelaysAreNotAllOneLength() {
        assertThat(idle(10).latencyFrames(RATE))
                .isGreaterThan(idle(3).latencyFrames(RATE))
                .isPositive();
    }
}
