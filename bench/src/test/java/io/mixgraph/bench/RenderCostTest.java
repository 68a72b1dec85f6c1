package io.mixgraph.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.mixgraph.MixEngine;
import io.mixgraph.OutputFolder;
import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.AudioSource;
import io.mixgraph.audio.ChannelLayout;
import io.mixgraph.audio.ForwardingSource;
import io.mixgraph.audio.FrameSource;
import io.mixgraph.audio.SampleEncoding;
import io.mixgraph.audio.SourceOpener;
import io.mixgraph.fx.Effect;
import io.mixgraph.fx.EffectCatalogue;
import io.mixgraph.model.BusConfig;
import io.mixgraph.model.FileFormat;
import io.mixgraph.model.LoudnessConfig;
import io.mixgraph.model.Master;
import io.mixgraph.model.Output;
import io.mixgraph.model.Send;
import io.mixgraph.model.Session;
import io.mixgraph.model.StemOutput;
import io.mixgraph.model.StemTap;
import io.mixgraph.model.Tail;
import io.mixgraph.model.Track;
import io.mixgraph.render.PlannedFile;
import io.mixgraph.render.RenderMonitor;
import io.mixgraph.render.RenderPlan;
import io.mixgraph.render.RenderTarget;
import io.mixgraph.wav.BroadcastOrigin;
import io.mixgraph.wav.WavFile;
import io.mixgraph.wav.WavWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a render costs, in counts that are the same on every machine: blocks, passes over each recording and each spool,
 * frames read and written, and bytes that a block allocates, which are none. A render that got slower by doing more
 * fails here, whatever the clock says.
 */
class RenderCostTest {
    private static final int RATE = 48_000;
    private static final int BLOCK = 512;

    /** Shorter than 64 hops of 100 ms: until then the meters have room for what they keep of each. */
    private static final int FRAMES = 6 * RATE + 123;

    /** After so many blocks everything has been used once, and grown to its size: also what is behind the buffers. */
    private static final int SETTLED = 100;

    /**
     * Of so many blocks one may allocate: the machine itself does, now and then, when it replaces code by better code.
     * What allocates in every block is far above that.
     */
    private static final int MAY_ALLOCATE_ONE_IN = 20;

    private static final int BYTES_PER_SAMPLE = 3;

    @TempDir
    static Path folder;

    /** What was asked of one recording or spool. */
    private static final class Count {
        int passes;
        long frames;
    }

    /** Counts what is asked of another source. */
    private static final class Counted extends ForwardingSource {
        private final Count count;

        Counted(AudioSource source, Count count) {
            super(source);
            this.count = count;
        }

        @Override
        public FrameSource open(long firstFrame) throws IOException {
            count.passes++;
            return new Stream(super.open(firstFrame)) {
                @Override
                public int read(AudioBlock block, int frames) throws IOException {
                    int read = super.read(block, frames);
                    count.frames += read;
                    return read;
                }
            };
        }
    }

    /** Counts what is written and spooled. */
    private static final class Target implements RenderTarget {
        private final OutputFolder files;
        final Map<String, Count> written = new TreeMap<>();
        final List<Count> spooled = new ArrayList<>();

        Target(OutputFolder files) {
            this.files = files;
        }

        @Override
        public FileSink open(PlannedFile file) throws IOException {
            FileSink sink = files.open(file);
            Count count = written.computeIfAbsent(file.path(), path -> new Count());
            count.passes++;
            return new FileSink() {
                @Override
                public void write(AudioBlock block, int frames) throws IOException {
                    count.frames += frames;
                    sink.write(block, frames);
                }

                @Override
                public long settle() throws IOException {
                    return sink.settle();
                }

                @Override
                public @Nullable String sha256() {
                    return sink.sha256();
                }

                @Override
                public void close() throws IOException {
                    sink.close();
                }
            };
        }

        @Override
        public Spool spool(AudioFormat format, long frames) throws IOException {
            Spool spool = files.spool(format, frames);
            Count count = new Count();
            spooled.add(count);
            return new Spool() {
                @Override
                public io.mixgraph.audio.FrameSink sink() {
                    return spool.sink();
                }

                @Override
                public AudioSource source() {
                    return new Counted(spool.source(), count);
                }

                @Override
                public void close() throws IOException {
                    spool.close();
                }
            };
        }
    }

    /** Counts blocks, and what the thread that renders them allocates in each. */
    private static final class Watch implements RenderMonitor {
        private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

        final Map<Stage, Integer> blocks = new TreeMap<>();
        private final List<String> allocations = new ArrayList<>();
        private final long thread = Thread.currentThread().getId();
        private long before = -1;

        @Override
        public void progress(Stage stage, long done, long total) {
            long now = THREADS.getThreadAllocatedBytes(thread);
            int block = blocks.merge(stage, 1, Integer::sum);
            if (block > SETTLED && done < total && before >= 0 && now != before) {
                allocations.add(stage + " block " + block + ": " + (now - before) + " bytes");
            }
            before = done < total ? THREADS.getThreadAllocatedBytes(thread) : -1;
        }

        void assertNothingAllocated() {
            int all = blocks.values().stream().mapToInt(Integer::intValue).sum();
            assertThat(all).isGreaterThan(4 * SETTLED);
            assertThat(allocations).hasSizeLessThan(all / MAY_ALLOCATE_ONE_IN);
        }
    }

    private final Map<String, Count> read = new TreeMap<>();

    private final SourceOpener sources = name -> {
        Count count = read.computeIfAbsent(name, each -> new Count());
        return new Counted(WavFile.of(folder.resolve(name)), count);
    };

    @BeforeAll
    static void recordings() throws IOException {
        write("mono.wav", ChannelLayout.MONO, 1);
        write("stereo.wav", ChannelLayout.STEREO, 2);
    }

    private static void write(String name, ChannelLayout layout, long seed) throws IOException {
        Random random = new Random(seed);
        AudioFormat format = new AudioFormat(RATE, layout);
        AudioBlock block = new AudioBlock(layout.channels(), FRAMES);
        for (int c = 0; c < layout.channels(); c++) {
            for (int i = 0; i < FRAMES; i++) {
                block.channel(c)[i] = Math.rint(random.nextGaussian() * 0x1p19) * 0x1p-23;
            }
        }
        try (WavWriter writer = WavWriter.create(
                folder.resolve(name), format, SampleEncoding.PCM24, FRAMES, new BroadcastOrigin("test", 0))) {
            writer.write(block, FRAMES);
        }
    }

    /** Several tracks on two buses and a return, with effects; a loudness target far above what is there. */
    private static Session session(StemTap tap, double targetLufs) {
        Effect highpass = EffectCatalogue.create("highpass", Map.of("frequency_hz", 30.0));
        Effect bell = EffectCatalogue.create("peak", Map.of("frequency_hz", 1000.0, "gain_db", 2.0, "q", 1.0));
        Effect compressor = EffectCatalogue.create("compressor", Map.of("threshold_db", -30.0, "ratio", 3.0));
        Effect reverb = EffectCatalogue.create("reverb", Map.of("decay_s", 0.3));
        return Session.of(
                        "cost",
                        List.of(
                                Track.of("a", "mono.wav").withBus("one").withPan(-0.3),
                                Track.of("b", "stereo.wav").withBus("one").withFx(List.of(bell)),
                                Track.of("c", "mono.wav").withBus("two").withSends(List.of(Send.of("room", -6))),
                                Track.of("d", "stereo.wav").withBus("two").withGainDb(-3)))
                .withSampleRate(RATE)
                .withBusPreset("none")
                .withBuses(List.of(
                        BusConfig.of("one").withFx(List.of(highpass, bell, compressor)),
                        BusConfig.of("two").withFx(List.of(highpass, compressor)),
                        BusConfig.of("room").withFx(List.of(reverb))))
                .withMaster(Master.EMPTY.withLoudness(LoudnessConfig.of(targetLufs, -1)))
                .withOutput(Output.DEFAULT
                        .withMaster(FileFormat.wav(SampleEncoding.PCM24))
                        .withStems(StemOutput.DEFAULT
                                .withEncoding(SampleEncoding.PCM24)
                                .withTap(tap))
                        .withTail(Tail.NONE));
    }

    private record Cost(Watch watch, Target target, RenderPlan plan) {}

    private Cost render(Session session, int threads) throws Exception {
        MixEngine engine = new MixEngine(threads, BLOCK);
        RenderPlan plan = engine.plan(session, sources);
        Watch watch = new Watch();
        try (OutputFolder output = OutputFolder.open(folder.resolve("out"), plan)) {
            Target target = new Target(output);
            engine.render(plan, target, watch);
            return new Cost(watch, target, plan);
        }
    }

    private static int blocks(long frames) {
        return Math.toIntExact((frames + BLOCK - 1) / BLOCK);
    }

    /**
     * Every recording is read once by each clip, every file written once, and the spool read once when no peak is near.
     */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void nothingIsReadOrWrittenTwice(int threads) throws Exception {
        Cost cost = render(session(StemTap.PRE_MASTER, -40), threads);
        assertThat(read.keySet()).containsExactly("mono.wav", "stereo.wav");
        for (Count count : read.values()) {
            assertThat(count.passes).isEqualTo(2);
            assertThat(count.frames).isEqualTo(2L * FRAMES);
        }
        assertThat(cost.target.written.keySet())
                .containsExactly("master.wav", "stems/one.wav", "stems/room.wav", "stems/two.wav");
        for (Count count : cost.target.written.values()) {
            assertThat(count.passes).isEqualTo(1);
            assertThat(count.frames).isEqualTo(cost.plan.frames());
        }
        assertThat(cost.target.spooled).hasSize(1);
        assertThat(cost.target.spooled.get(0).passes).isEqualTo(1);
        assertThat(cost.target.spooled.get(0).frames).isEqualTo(cost.plan.frames());
        assertThat(cost.watch.blocks).containsEntry(RenderMonitor.Stage.MIXING, blocks(cost.plan.renderedFrames()) + 1);
    }

    /** Stems through the master cost a spool each, and a pass over it; the recordings are still read once. */
    @Test
    void stemsThroughTheMasterCostOneSpoolEach() throws Exception {
        Cost cost = render(session(StemTap.MASTERED, -40), 1);
        assertThat(cost.target.spooled).hasSize(4);
        for (Count count : cost.target.spooled) {
            assertThat(count.passes).isEqualTo(1);
            assertThat(count.frames).isEqualTo(cost.plan.frames());
        }
        assertThat(read.values()).allMatch(count -> count.frames == 2L * FRAMES);
    }

    /** As many bytes go to the disk as were planned, and as little as that needs. */
    @Test
    void filesAreAsLargeAsTheirSamples() throws Exception {
        Cost cost = render(session(StemTap.PRE_MASTER, -40), 1);
        for (PlannedFile file : cost.plan.files()) {
            assertThat(file.frames() * file.format().channels() * BYTES_PER_SAMPLE)
                    .isLessThanOrEqualTo(file.bytes())
                    .isGreaterThan(file.bytes() - 2048);
        }
    }

    /** Once everything has been used, a block allocates nothing: in the graph, in files and meters, behind the gain. */
    @ParameterizedTest
    @EnumSource(StemTap.class)
    void aBlockAllocatesNothing(StemTap tap) throws Exception {
        render(session(tap, -14), 1).watch.assertNothingAllocated();
    }

    /** The same for every effect of which a block could depend on what it holds. */
    @Test
    void noEffectAllocates() throws Exception {
        List<Effect> effects = List.of(
                EffectCatalogue.create("gain", Map.of("gain_db", -1.0)),
                EffectCatalogue.create("tilt", Map.of("gain_db", 1.0)),
                EffectCatalogue.create("high_shelf", Map.of("frequency_hz", 5000.0, "gain_db", 1.0)),
                EffectCatalogue.create("gate", Map.of("threshold_db", -50.0, "lookahead_ms", 1.0)),
                EffectCatalogue.create("expander", Map.of("threshold_db", -50.0)),
                EffectCatalogue.create(
                        "compressor", Map.of("threshold_db", -40.0, "detector", "rms", "stereo_link_percent", 40.0)),
                EffectCatalogue.create(
                        "multiband_compressor",
                        Map.of(
                                "bands",
                                List.of(
                                        Map.of("up_to_hz", 500.0, "threshold_db", -40.0),
                                        Map.of("threshold_db", -40.0)))),
                EffectCatalogue.create("de_esser", Map.of("threshold_db", -40.0)),
                EffectCatalogue.create(
                        "dynamic_eq",
                        Map.of(
                                "bands",
                                List.of(Map.of("frequency_hz", 900.0, "threshold_db", -40.0, "range_db", -6.0)))),
                EffectCatalogue.create("transient_shaper", Map.of("attack_percent", 30.0)),
                EffectCatalogue.create("leveller", Map.of("target_lufs", -30.0)),
                EffectCatalogue.create("saturation", Map.of("drive_db", 6.0)),
                EffectCatalogue.create("bit_crush", Map.of("bits", 12.0, "downsample", 2, "dither", "tpdf")),
                EffectCatalogue.create("stereo_width", Map.of("width", 1.2, "mono_below_hz", 100.0)),
                EffectCatalogue.create("delay", Map.of("time_ms", 30.0, "feedback_percent", 30.0)),
                EffectCatalogue.create("reverb", Map.of("decay_s", 0.3)),
                EffectCatalogue.create("limiter", Map.of("true_peak_db", -30.0)));
        Session session = session(StemTap.PRE_MASTER, -14);
        List<BusConfig> buses = new ArrayList<>(session.buses());
        buses.set(0, BusConfig.of("one").withFx(effects));
        render(session.withBuses(buses), 1).watch.assertNothingAllocated();
    }
}
