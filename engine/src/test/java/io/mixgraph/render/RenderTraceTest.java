package io.mixgraph.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mixgraph.MixEngine;
import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.Dither;
import io.mixgraph.audio.SampleEncoding;
import io.mixgraph.loudness.LoudnessMeter;
import io.mixgraph.model.FileFormat;
import io.mixgraph.model.LimiterConfig;
import io.mixgraph.model.LoudnessConfig;
import io.mixgraph.model.Master;
import io.mixgraph.model.Session;
import io.mixgraph.model.StemTap;
import io.mixgraph.testing.MemorySource;
import io.mixgraph.testing.MemoryTarget;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is drawn of a render is what the files hold. */
@Tag("law")
class RenderTraceTest {
    private static final int RATE = 48_000;

    private record Drawn(MemoryTarget files, RenderPlan plan, RenderReport report, RenderTrace trace) {}

    private static Drawn draw(Session session, double[][] parts) throws Exception {
        MixEngine engine = new MixEngine(2, 700);
        MemoryTarget target = new MemoryTarget();
        RenderPlan plan = engine.plan(session, Rendered.sources(RATE, parts));
        MixEngine.Traced traced = engine.renderTraced(plan, target, RenderMonitor.SILENT);
        return new Drawn(target, plan, traced.report(), traced.trace());
    }

    /** Noise in bursts, and noise that swells. */
    private static double[][] parts(double seconds) {
        int frames = (int) (seconds * RATE);
        double[][] parts = new double[2][frames];
        SplittableRandom random = new SplittableRandom(41);
        for (int i = 0; i < frames; i++) {
            parts[0][i] = i / 9_000 % 2 * 0.9 * (2 * random.nextDouble() - 1);
            parts[1][i] = 0.5 * i / frames * (2 * random.nextDouble() - 1);
        }
        return parts;
    }

    private static Session session(String tap, @Nullable Double lufs, int outputRate) {
        Session session = Rendered.console(RATE, 2);
        session = session.withMaster(
                lufs == null
                        ? Master.EMPTY.withLimiter(LimiterConfig.at(-3))
                        : Master.EMPTY.withLoudness(LoudnessConfig.of(lufs, -1)));
        var output = session.output()
                .withStems(session.output().stems().withTap(StemTap.valueOf(tap)))
                .withMaster(new FileFormat(FileFormat.Container.WAV, SampleEncoding.PCM16, Dither.TPDF, null));
        return session.withOutput(outputRate == RATE ? output : output.withSampleRate(outputRate));
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "3.5, PRE_MASTER, -12, 48000",
                "3.5, MASTERED, null, 48000",
                "0.7, SOLOED, -9, 44100",
                "3.2, MASTERED, -9, 44100",
                "0.03, MASTERED, null, 48000",
                "0.0404, PRE_MASTER, -9, 96000"
            },
            nullValues = "null")
    void itIsWhatTheFilesHold(double seconds, String tap, @Nullable Double lufs, int outputRate) throws Exception {
        Drawn drawn = draw(session(tap, lufs, outputRate), parts(seconds));
        RenderTrace trace = drawn.trace;
        long frames = drawn.plan.masterFile().frames();
        assertThat(trace.sampleRate()).isEqualTo(outputRate);
        assertThat(trace.frames()).isEqualTo(frames);
        assertThat(trace.hopFrames()).isEqualTo(outputRate / 10);
        assertThat(trace.files()).extracting(RenderTrace.FileTrace::id).containsExactly("b0", "b1", "master");
        for (RenderTrace.FileTrace file : trace.files()) {
            double[][] stored = drawn.files.file(file.id());
            int bins = (int) Math.min(frames, RenderTrace.BINS);
            assertThat(file.low()).hasSize(bins);
            assertThat(file.high()).hasSize(bins);
            for (int bin = 0; bin < bins; bin++) {
                double low = 0.0;
                double high = 0.0;
                for (double[] channel : stored) {
                    for (int i = (int) (bin * frames / bins); i < (bin + 1) * frames / bins; i++) {
                        low = Math.min(low, channel[i]);
                        high = Math.max(high, channel[i]);
                    }
                }
                if (file.low().get(bin) != low || file.high().get(bin) != high) {
                    throw new AssertionError(file.id() + " bin " + bin + ": " + low + " to " + high);
                }
            }
            LoudnessMeter meter = meter(stored, outputRate);
            List<Double> energies = new ArrayList<>();
            for (double energy : meter.hopEnergies()) {
                energies.add(energy);
            }
            assertThat(file.energy()).as(file.id()).isEqualTo(energies);
        }
        checkSeries(drawn, outputRate);
        checkReductions(drawn);
        if (seconds > 0.5 && (lufs == null || lufs > -10)) {
            assertThat(Collections.max(trace.reductionDb())).isPositive();
        }
    }

    private static LoudnessMeter meter(double[][] channels, int rate) {
        AudioBlock block = new AudioBlock(channels.length, channels[0].length);
        for (int c = 0; c < channels.length; c++) {
            System.arraycopy(channels[c], 0, block.channel(c), 0, channels[c].length);
        }
        LoudnessMeter meter = new LoudnessMeter(new MemorySource("x", rate, channels).format());
        meter.process(block, block.capacity());
        return meter;
    }

    /** From the energies by the standard's formula; a meter that looks more often finds as much or a little more. */
    private static void checkSeries(Drawn drawn, int rate) {
        List<Double> energy = drawn.trace.files().get(2).energy();
        for (int hops : new int[] {4, 30}) {
            List<Double> series = hops == 4 ? drawn.trace.momentaryLufs() : drawn.trace.shortTermLufs();
            assertThat(series).hasSameSizeAs(energy);
            for (int end = 1; end <= energy.size(); end++) {
                double mean = 0.0;
                for (int i = Math.max(0, end - hops); i < end; i++) {
                    mean += energy.get(i) / hops;
                }
                double lufs = end < hops ? Double.NEGATIVE_INFINITY : -0.691 + 10.0 * Math.log10(mean);
                assertThat(series.get(end - 1)).isCloseTo(lufs, within(1e-9));
            }
            var loudness = Rendered.loudness(drawn.files.file("master"), rate);
            double most = hops == 4 ? loudness.maxMomentaryLufs() : loudness.maxShortTermLufs();
            double drawnMost = series.stream().mapToDouble(x -> x).max().orElse(Double.NEGATIVE_INFINITY);
            assertThat(drawnMost).isLessThanOrEqualTo(most + 1e-9);
            if (energy.size() >= hops) {
                assertThat(drawnMost).isCloseTo(most, within(1.5));
            }
        }
    }

    private static void checkReductions(Drawn drawn) {
        List<Double> reductions = drawn.trace.reductionDb();
        assertThat(reductions).hasSize((int) Math.min(drawn.report.frames(), RenderTrace.BINS));
        assertThat(Collections.min(reductions)).isNotNegative();
        assertThat(Collections.max(reductions))
                .isEqualTo(drawn.report.loudnormMetrics().limiterMaxReductionDb());
    }

    /** Third-octave bands from 18 Hz to 22.6 kHz hold all but a fifteenth of white noise at 48 kHz. */
    @ParameterizedTest
    @CsvSource({"0.4, 0", "1.0, 0", "1.03, 1", "2.5, 2", "0.1, 0", "0.12, 1"})
    void spectraHoldThePowerOfTheFiles(double seconds, int shape) throws Exception {
        int frames = (int) (seconds * RATE);
        double[][] parts = new double[2][frames];
        SplittableRandom random = new SplittableRandom(42);
        for (int i = 0; i < frames; i++) {
            // Level, rising, or falling.
            double level = shape == 0 ? 0.5 : shape == 1 ? (double) i / frames : 1.0 - (double) i / frames;
            parts[0][i] = level * (2 * random.nextDouble() - 1);
            parts[1][i] = 0.5 * level * (2 * random.nextDouble() - 1);
        }
        Session session = session("PRE_MASTER", null, RATE);
        session = session.withOutput(session.output().withPreMaster(true));
        Drawn drawn = draw(session, parts);
        check(drawn.trace.before(), drawn.files.file("pre_master"));
        check(drawn.trace.after(), drawn.files.file("master"));
    }

    private static void check(RenderTrace.Spectrum spectrum, double[][] file) {
        double power = 0.0;
        for (double level : spectrum.levelDb()) {
            power += Math.pow(10.0, level / 10.0);
        }
        double meanSquare = 0.0;
        for (double[] channel : file) {
            for (double x : channel) {
                meanSquare += x * x / channel.length;
            }
        }
        double top = 0.0;
        for (double centre : spectrum.centreHz()) {
            top = Math.max(top, centre * Math.pow(2.0, 1.0 / 6.0));
        }
        double held = 10.0 * Math.log10(top / (RATE / 2.0));
        assertThat(10.0 * Math.log10(power / meanSquare)).isCloseTo(held, within(0.5));
    }

    @ParameterizedTest
    @CsvSource(
            value = {"PRE_MASTER, -12, 48000", "MASTERED, -9, 44100", "SOLOED, null, 48000", "MASTERED, null, 44100"},
            nullValues = "null")
    void drawingChangesNoBit(String tap, @Nullable Double lufs, int outputRate) throws Exception {
        Session session = session(tap, lufs, outputRate);
        double[][] parts = parts(0.6);
        Drawn drawn = draw(session, parts);
        MemoryTarget files = new MemoryTarget();
        RenderReport report = new MixEngine(1, 2_048).render(drawn.plan, files, RenderMonitor.SILENT);
        assertThat(drawn.files.digest()).isEqualTo(files.digest());
        assertThat(drawn.report).isEqualTo(report);
    }

    @Test
    void oneFrameAndSilenceCanBeDrawn() throws Exception {
        Drawn one = draw(session("MASTERED", -14.0, RATE), new double[][] {{0.5}, {0.25}});
        assertThat(one.trace.files().get(2).high()).hasSize(1);
        assertThat(one.trace.momentaryLufs()).isEmpty();
        Drawn silence = draw(session("MASTERED", -14.0, RATE), new double[2][RATE]);
        assertThat(silence.trace.after().levelDb().get(10)).isLessThan(-90.0);
        assertThat(silence.trace.before().levelDb()).containsOnly(Double.NEGATIVE_INFINITY);
        assertThat(silence.trace.reductionDb()).containsOnly(0.0);
        assertThat(silence.trace.momentaryLufs()).hasSize(10);
    }
}
