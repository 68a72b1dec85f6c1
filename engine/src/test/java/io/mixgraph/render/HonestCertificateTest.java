package io.mixgraph.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.Decibels;
import io.mixgraph.audio.Dither;
import io.mixgraph.audio.SampleEncoding;
import io.mixgraph.fx.Limiter;
import io.mixgraph.model.Deliverable;
import io.mixgraph.model.FileFormat;
import io.mixgraph.model.LimiterConfig;
import io.mixgraph.model.LoudnessConfig;
import io.mixgraph.model.Output;
import io.mixgraph.model.Session;
import io.mixgraph.model.StemOutput;
import io.mixgraph.model.StemTap;
import io.mixgraph.testing.MemorySource;
import io.mixgraph.testing.RandomMix;
import io.mixgraph.wav.BroadcastOrigin;
import io.mixgraph.wav.WavFile;
import io.mixgraph.wav.WavWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The certificate says what somebody finds who has the files and the master before it was rounded, to the last bit, on
 * consoles drawn at random.
 */
@Tag("law")
class HonestCertificateTest {
    private static final int BLOCK = 512;

    private static LongStream seeds() {
        return LongStream.rangeClosed(101, 100 + Math.min(40, Long.getLong("mixgraph.seeds", 40)));
    }

    private static Session session(RandomMix mix, long seed, StemTap tap, SampleEncoding stems) {
        double lufs = List.of(-8.0, -16.0, -23.0, -11.0).get((int) (seed % 4));
        // Stems of integers leave room for themselves; some of floats are louder than the master.
        double gainDb = stems.integer() ? -20.0 : tap == StemTap.MASTERED && seed % 3 == 0 ? 18.0 : 0.0;
        Output output = mix.session().output();
        return mix.session()
                .withMaster(mix.session()
                        .master()
                        .withLimiter(LimiterConfig.at(-1))
                        .withLoudness(LoudnessConfig.of(lufs, -1)))
                .withOutput(output.withStems(new StemOutput(true, tap, FileFormat.wav(stems), gainDb, false))
                        .withMaster(FileFormat.wav(SampleEncoding.FLOAT32))
                        .withPreMaster(true)
                        .withDeliverables(List.of(Deliverable.except("all", List.of()))));
    }

    /** The master before its final rounding: what was spooled, through gain and limiter. */
    private static double[][] exact(Rendered rendered) {
        MemorySource spool = rendered.spools().get(0);
        AudioFormat format = spool.format();
        int frames = (int) spool.frames();
        Limiter limiter = Limiter.at(-1.0);
        EffectRun run = new EffectRun(limiter, format, BLOCK);
        int lookahead = limiter.lookaheadFrames(format.sampleRate());
        double gain = Decibels.toGain(rendered.metrics().gainDb());
        double[][] exact = new double[format.channels()][frames];
        AudioBlock block = new AudioBlock(format.channels(), BLOCK);
        for (int at = 0; at < frames + lookahead; at += BLOCK) {
            for (int c = 0; c < exact.length; c++) {
                for (int i = 0; i < BLOCK; i++) {
                    block.channel(c)[i] = at + i < frames ? gain * spool.channel(c)[at + i] : 0.0;
                }
            }
            run.process(block, block, 0, BLOCK);
            for (int c = 0; c < exact.length; c++) {
                for (int i = 0; i < BLOCK; i++) {
                    int frame = at + i - lookahead;
                    if (frame >= 0 && frame < frames) {
                        exact[c][frame] = block.channel(c)[i];
                    }
                }
            }
        }
        return exact;
    }

    private static double[][] floats(double[][] x) {
        return Arrays.stream(x)
                .map(channel ->
                        Arrays.stream(channel).map(value -> (float) value).toArray())
                .toArray(double[][]::new);
    }

    private static SumCheck.Part part(Rendered rendered, String id, boolean exact) {
        RenderReport.FileReport file = rendered.fileReport(id);
        return new SumCheck.Part(
                new MemorySource(id, file.sampleRate(), rendered.file(id)), file.encoding(), file.dither(), exact);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void masteredStemsLeaveWhatItSays(long seed) throws Exception {
        RandomMix mix = new RandomMix(seed);
        SampleEncoding encoding = seed % 5 == 0 ? SampleEncoding.PCM24 : SampleEncoding.FLOAT32;
        Rendered rendered = Rendered.of(session(mix, seed, StemTap.MASTERED, encoding), mix.sources());
        RenderReport.Certificate certificate = rendered.report().certificate();
        double[][] exact = exact(rendered);
        assertThat(floats(exact)).isDeepEqualTo(rendered.file("master"));
        Rendered.Sum sum = rendered.sumAgainst(exact);
        assertThat(sum.above()).as("%s", sum).isZero();
        assertThat(certificate.nullWithinBound()).isTrue();
        assertThat(certificate.nullResidualDbfs()).isEqualTo(Decibels.fromGain(sum.residual()));
        assertThat(certificate.nullBoundDbfs()).isCloseTo(Decibels.fromGain(sum.bound()), within(1e-9));

        int rate = rendered.fileReport("master").sampleRate();
        SumCheck.Part whole =
                new SumCheck.Part(new MemorySource("exact", rate, exact), SampleEncoding.FLOAT32, Dither.NONE, true);
        List<SumCheck.Part> parts = rendered.summed().stream()
                .map(stem -> part(rendered, stem.id(), false))
                .toList();
        double masterGain = Decibels.toGain(rendered.metrics().gainDb());
        SumCheck.Result again = SumCheck.run(parts, whole, Decibels.toGain(certificate.stemsGainDb()), masterGain);
        assertThat(again.residualDbfs()).isEqualTo(certificate.nullResidualDbfs());
        assertThat(again.boundDbfs()).isEqualTo(certificate.nullBoundDbfs());
        assertThat(again.withinBound()).isTrue();

        double lufs = rendered.loudness("master").integratedLufs();
        assertThat(rendered.metrics().outputI()).isEqualTo(lufs);
        if (rendered.metrics().binding() == Binding.TARGET) {
            assertThat(lufs).isCloseTo(rendered.metrics().targetI(), within(0.05));
        } else if (rendered.metrics().binding() == Binding.SILENCE) {
            assertThat(lufs).isEqualTo(Double.NEGATIVE_INFINITY);
        } else {
            assertThat(lufs)
                    .as("%s", rendered.metrics())
                    .isLessThan(rendered.metrics().targetI());
        }
    }

    /** What the deliverable of all stems is compared with is in the files: every figure can be had from them. */
    @ParameterizedTest
    @MethodSource("seeds")
    void sumsOfStemsLeaveWhatItSays(long seed) throws Exception {
        RandomMix mix = new RandomMix(seed);
        StemTap tap = seed % 2 == 0 ? StemTap.MASTERED : StemTap.PRE_MASTER;
        Rendered rendered = Rendered.of(session(mix, seed, tap, SampleEncoding.FLOAT32), mix.sources());
        RenderReport.SumProof proof = rendered.report().certificate().sums().get(0);
        double[][] all = rendered.file("all");
        double residual = 0.0;
        double bound = 0.0;
        double[][] sums = new double[all.length][all[0].length];
        for (int c = 0; c < all.length; c++) {
            for (int i = 0; i < all[c].length; i++) {
                double sum = 0.0;
                for (String id : proof.sumOf()) {
                    sum += rendered.file(id)[c][i];
                }
                sums[c][i] = sum;
                residual = Math.max(residual, Math.abs(sum - all[c][i]));
                bound = Math.max(bound, Math.ulp((float) all[c][i]) / 2.0);
            }
        }
        assertThat(floats(sums)).isDeepEqualTo(all);
        assertThat(proof.residualDbfs()).isEqualTo(Decibels.fromGain(residual));
        assertThat(proof.boundDbfs()).isEqualTo(Decibels.fromGain(bound));
        assertThat(proof.withinBound()).isTrue();
        List<SumCheck.Part> parts =
                proof.sumOf().stream().map(id -> part(rendered, id, true)).toList();
        SumCheck.Result again = SumCheck.run(parts, part(rendered, "all", false), 1.0);
        assertThat(again.residualDbfs()).isEqualTo(proof.residualDbfs());
        assertThat(again.boundDbfs()).isEqualTo(proof.boundDbfs());
        assertThat(again.withinBound()).isTrue();
        if (tap == StemTap.PRE_MASTER) {
            assertThat(rendered.file("pre_master")).isDeepEqualTo(all);
            assertThat(rendered.report().certificate().nullResidualDbfs()).isEqualTo(Double.NEGATIVE_INFINITY);
            assertThat(rendered.report().certificate().nullBoundDbfs()).isEqualTo(Double.NEGATIVE_INFINITY);
        }
    }

    /** Stems of 24 bits against the master's input, which stems of floats hold exactly. */
    @ParameterizedTest
    @MethodSource("seeds")
    void roundedStemsLeaveWhatItSays(long seed) throws Exception {
        RandomMix mix = new RandomMix(seed);
        Rendered floats = Rendered.of(session(mix, seed, StemTap.PRE_MASTER, SampleEncoding.FLOAT32), mix.sources());
        Rendered rounded = Rendered.of(session(mix, seed, StemTap.PRE_MASTER, SampleEncoding.PCM24), mix.sources());
        double[][] exact = new double[floats.file("master").length][floats.file("master")[0].length];
        for (RenderReport.FileReport stem : floats.summed()) {
            for (int c = 0; c < exact.length; c++) {
                for (int i = 0; i < exact[c].length; i++) {
                    exact[c][i] += floats.file(stem.id())[c][i];
                }
            }
        }
        RenderReport.Certificate certificate = rounded.report().certificate();
        double gain = Decibels.toGain(-20.0);
        double residual = 0.0;
        for (int c = 0; c < exact.length; c++) {
            for (int i = 0; i < exact[c].length; i++) {
                double sum = 0.0;
                for (RenderReport.FileReport stem : rounded.summed()) {
                    sum += rounded.file(stem.id())[c][i];
                }
                residual = Math.max(residual, Math.abs(sum - gain * exact[c][i]));
            }
        }
        assertThat(certificate.nullResidualDbfs()).isEqualTo(Decibels.fromGain(residual));
        assertThat(certificate.nullWithinBound()).isTrue();
        assertThat(residual).isLessThanOrEqualTo(rounded.summed().size() * (0x1p-24 + 1e-11));
    }

    /** The same from the disk. */
    @ParameterizedTest
    @ValueSource(longs = {3, 8, 14, 21})
    void filesOnDiskLeaveWhatItSays(long seed, @TempDir Path folder) throws Exception {
        RandomMix mix = new RandomMix(seed);
        Rendered rendered = Rendered.of(session(mix, seed, StemTap.MASTERED, SampleEncoding.FLOAT32), mix.sources());
        List<SumCheck.Part> stems = new ArrayList<>();
        for (RenderReport.FileReport stem : rendered.summed()) {
            stems.add(onDisk(rendered, stem.id(), folder, true));
        }
        RenderReport.SumProof proof = rendered.report().certificate().sums().get(0);
        SumCheck.Result again = SumCheck.run(stems, onDisk(rendered, "all", folder, false), 1.0);
        assertThat(again).isEqualTo(new SumCheck.Result(proof.residualDbfs(), proof.boundDbfs(), proof.withinBound()));

        List<SumCheck.Part> rounded = stems.stream()
                .map(stem -> new SumCheck.Part(stem.source(), stem.encoding(), stem.dither(), false))
                .toList();
        SumCheck.Result master = SumCheck.run(
                rounded,
                onDisk(rendered, "master", folder, false),
                Decibels.toGain(rendered.report().certificate().stemsGainDb()),
                Decibels.toGain(rendered.metrics().gainDb()));
        assertThat(master.withinBound()).isTrue();
        Rendered.Sum sum = rendered.sumAgainstMaster();
        assertThat(master.residualDbfs()).isEqualTo(Decibels.fromGain(sum.residual()));
        assertThat(master.boundDbfs()).isCloseTo(Decibels.fromGain(sum.bound()), within(1e-9));
    }

    private static SumCheck.Part onDisk(Rendered rendered, String id, Path folder, boolean exact) throws Exception {
        RenderReport.FileReport file = rendered.fileReport(id);
        double[][] samples = rendered.file(id);
        Path path = folder.resolve(id + ".wav");
        AudioFormat format = new MemorySource(id, file.sampleRate(), samples).format();
        try (WavWriter writer =
                WavWriter.create(path, format, file.encoding(), samples[0].length, new BroadcastOrigin("a stem", 0))) {
            AudioBlock block = new AudioBlock(samples.length, samples[0].length);
            for (int c = 0; c < samples.length; c++) {
                System.arraycopy(samples[c], 0, block.channel(c), 0, samples[c].length);
            }
            writer.write(block, samples[0].length);
        }
        return new SumCheck.Part(WavFile.of(path), file.encoding(), file.dither(), exact);
    }
}
