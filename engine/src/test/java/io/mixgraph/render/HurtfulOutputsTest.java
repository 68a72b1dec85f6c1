package io.mixgraph.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mixgraph.audio.Dither;
import io.mixgraph.audio.SampleEncoding;
import io.mixgraph.dsp.ResamplerDesign;
import io.mixgraph.model.Deliverable;
import io.mixgraph.model.FileFormat;
import io.mixgraph.model.LimiterConfig;
import io.mixgraph.model.LoudnessConfig;
import io.mixgraph.model.LoudnessMode;
import io.mixgraph.model.Master;
import io.mixgraph.model.Output;
import io.mixgraph.model.Session;
import io.mixgraph.model.StemOutput;
import io.mixgraph.model.StemTap;
import io.mixgraph.testing.HurtfulSignals;
import io.mixgraph.testing.RandomMix;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes after the limiter, another rate, dither, rounding, breaks none of what was promised of the file. */
@Tag("law")
class HurtfulOutputsTest {
    private static final List<String> SIGNALS = List.of(
            "a quarter of the rate at 45 degrees",
            "clicks",
            "square waves",
            "20 Hz",
            "exactly one block of loudness",
            "12 dB over full scale",
            "bursts of noise",
            "DC",
            "one frame",
            "silence");

    private static final Map<String, double[][]> AT_48 = HurtfulSignals.at(48_000);

    private static double worstSum;
    private static double worstTargetLu;
    private static double worstOwnDb = Double.NEGATIVE_INFINITY;
    private static double worstShift;

    private static double[][] parts(String name, int rate) {
        Map<String, double[][]> signals = rate == 48_000 ? AT_48 : HurtfulSignals.at(rate);
        return Objects.requireNonNull(signals.get(name));
    }

    private static FileFormat format(SampleEncoding encoding, Dither dither) {
        return new FileFormat(FileFormat.Container.WAV, encoding, dither, null);
    }

    private static Session session(int rate, int outputRate, int parts, FileFormat file) {
        Session session = Rendered.console(rate, parts);
        Output output = session.output().withMaster(file);
        return session.withOutput(outputRate == rate ? output : output.withSampleRate(outputRate));
    }

    private static void checkCeiling(Rendered rendered, String id, double ceilingDb, String what) {
        double peak = rendered.loudness(id).truePeakDbtp();
        worstOwnDb = Math.max(worstOwnDb, peak - ceilingDb);
        assertThat(peak).as("%s of %s: %s", id, what, rendered.metrics()).isLessThanOrEqualTo(ceilingDb);
    }

    private static void checkTarget(Rendered rendered, double lufs, String what) {
        double got = rendered.loudness("master").integratedLufs();
        assertThat(rendered.metrics().outputI()).isEqualTo(got);
        if (rendered.metrics().binding() == Binding.TARGET) {
            worstTargetLu = Math.max(worstTargetLu, Math.abs(got - lufs));
            assertThat(got).as(what).isCloseTo(lufs, within(0.05));
        } else if (rendered.metrics().binding() != Binding.NONE) {
            assertThat(got).as("%s: %s", what, rendered.metrics()).isLessThan(lufs);
        }
    }

    private static void checkSum(Rendered rendered, String what) {
        Rendered.Sum sum = rendered.sumAgainstMaster();
        worstSum = Math.max(worstSum, sum.worst());
        assertThat(sum.above()).as("%s: %s", what, sum).isZero();
        assertThat(rendered.report().certificate().holds()).as(what).isTrue();
    }

    private static void checkFiles(Rendered rendered, int rate, int outputRate, String what) {
        assertThat(rendered.notFinite()).as(what).isZero();
        for (PlannedFile planned : rendered.plan().files()) {
            RenderReport.FileReport file = rendered.fileReport(planned.id());
            int fileRate = planned.kind() == PlannedFile.Kind.AUDIO_DELIVERABLE ? file.sampleRate() : outputRate;
            long frames = Math.round((double) rendered.report().frames() * fileRate / rate);
            assertThat(planned.frames()).as(what).isEqualTo(frames);
            assertThat(file.frames()).as(what).isEqualTo(frames);
            assertThat(file.sampleRate()).as(what).isEqualTo(fileRate);
            assertThat(planned.format().sampleRate()).as(what).isEqualTo(fileRate);
            assertThat(rendered.file(planned.id())[0]).as(what).hasSize((int) frames);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "48000, 48000, PCM16, TPDF",
        "48000, 48000, PCM16, SHAPED",
        "48000, 48000, PCM24, NONE",
        "48000, 44100, PCM16, TPDF",
        "48000, 44100, PCM16, SHAPED",
        "48000, 44100, FLOAT32, NONE",
        "48000, 96000, PCM16, SHAPED",
        "48000, 96000, PCM24, TPDF",
        "44100, 48000, PCM24, NONE",
        "44100, 48000, FLOAT32, NONE"
    })
    void everythingHoldsBehindAnotherRateAndRounding(int rate, int outputRate, SampleEncoding encoding, Dither dither)
            throws Exception {
        FileFormat file = format(encoding, dither);
        int turn = outputRate / 100 + dither.ordinal() + encoding.ordinal();
        for (int i = turn % 2; i < SIGNALS.size(); i += 2) {
            String name = SIGNALS.get(i);
            double[][] parts = parts(name, rate);
            double lufs = List.of(-8.0, -14.0, -11.0).get(turn % 3);
            double ceilingDb = List.of(-1.0, -3.0, 0.0).get(turn / 2 % 3);
            turn++;
            Session session = session(rate, outputRate, parts.length, file)
                    .withMaster(Master.EMPTY.withLoudness(LoudnessConfig.of(lufs, ceilingDb)));
            String what = name + " to " + lufs + " under " + ceilingDb;
            Rendered rendered = Rendered.of(session, Rendered.sources(rate, parts));
            checkFiles(rendered, rate, outputRate, what);
            checkCeiling(rendered, "master", ceilingDb, what);
            checkTarget(rendered, lufs, what);
            checkSum(rendered, what);
        }
    }

    @ParameterizedTest
    @CsvSource({"48000, 44100", "44100, 96000", "48000, 48000"})
    void stemsOfEveryFormatAddUp(int rate, int outputRate) throws Exception {
        int turn = 0;
        for (FileFormat file : List.of(
                format(SampleEncoding.PCM16, Dither.TPDF),
                format(SampleEncoding.PCM16, Dither.SHAPED),
                format(SampleEncoding.PCM24, Dither.NONE),
                FileFormat.wav(SampleEncoding.FLOAT32))) {
            for (String name : List.of(
                    "clicks", "bursts of noise", "20 Hz that comes softly", "opposites that cancel", "silence")) {
                double[][] parts = parts(name, rate);
                Session session = session(rate, outputRate, parts.length, file);
                StemTap tap = turn++ % 2 == 0 ? StemTap.MASTERED : StemTap.PRE_MASTER;
                session = session.withOutput(session.output()
                                .withPreMaster(true)
                                .withStems(new StemOutput(true, tap, file, -9.0, false)))
                        .withMaster(Master.EMPTY.withLoudness(LoudnessConfig.of(-14, -1)));
                Rendered rendered = Rendered.of(session, Rendered.sources(rate, parts));
                String what = name + " " + tap + " in " + file;
                checkFiles(rendered, rate, outputRate, what);
                checkCeiling(rendered, "master", -1.0, what);
                assertThat(rendered.report().certificate().holds())
                        .as("%s: %s", what, rendered.report().certificate())
                        .isTrue();
                if (tap == StemTap.MASTERED) {
                    checkSum(rendered, what);
                }
            }
        }
    }

    /** Nothing but the limiter, whether or not there is a target: the ceiling holds at whatever rate and depth. */
    @ParameterizedTest
    @CsvSource({"48000, 44100", "48000, 96000", "44100, 48000", "96000, 44100"})
    void theCeilingHoldsWithoutATarget(int rate, int outputRate) throws Exception {
        boolean off = outputRate == 48_000;
        for (String name : SIGNALS) {
            double[][] parts = parts(name, rate);
            off = !off;
            Master master = off
                    ? Master.EMPTY.withLoudness(new LoudnessConfig(null, -14.0, -1.0, LoudnessMode.OFF, null))
                    : Master.EMPTY.withLimiter(LimiterConfig.at(-1));
            Session session = session(rate, outputRate, parts.length, format(SampleEncoding.PCM16, Dither.TPDF))
                    .withMaster(master);
            Rendered rendered = Rendered.of(session, Rendered.sources(rate, parts));
            checkFiles(rendered, rate, outputRate, name);
            checkCeiling(rendered, "master", -1.0, name);
            checkSum(rendered, name);
            assertThat(rendered.metrics().gainDb()).as(name).isZero();
            assertThat(rendered.metrics().binding()).as(name).isEqualTo(Binding.NONE);
        }
    }

    /** What was promised of the limiter is promised of the file at its own rate, and at full scale it does not clip. */
    @ParameterizedTest
    @CsvSource({"48000, 44100", "44100, 48000"})
    void theLimiterKeepsItsWordAtAnotherRate(int rate, int outputRate) throws Exception {
        for (String name : List.of("bursts of noise", "square waves", "clicks", "12 dB over full scale")) {
            for (Double most : new Double[] {null, 0.0, 2.0}) {
                double[][] parts = parts(name, rate);
                LoudnessMode mode = most == null ? LoudnessMode.HOLD_BACK : LoudnessMode.LIMIT;
                Session session = session(rate, outputRate, parts.length, format(SampleEncoding.PCM24, Dither.NONE))
                        .withMaster(Master.EMPTY.withLoudness(new LoudnessConfig(null, -6.0, 0.0, mode, most)));
                Rendered rendered = Rendered.of(session, Rendered.sources(rate, parts));
                String what = name + " with at most " + most;
                checkCeiling(rendered, "master", 0.0, what);
                checkTarget(rendered, -6.0, what);
                checkSum(rendered, what);
                assertThat(rendered.metrics().limiterMaxReductionDb())
                        .as("%s: %s", what, rendered.metrics())
                        .isLessThanOrEqualTo(most == null ? 0.0 : most);
            }
        }
    }

    /** The master once more at other rates and depths, beside one at the session's own. */
    @ParameterizedTest
    @CsvSource({"limit", "none"})
    void copiesOfTheMasterHoldTheCeilingToo(String target) throws Exception {
        int rate = 48_000;
        List<Deliverable> copies = new ArrayList<>();
        for (int copyRate : new int[] {44_100, 96_000, 48_000}) {
            copies.add(Deliverable.master("c" + copyRate, format(SampleEncoding.PCM16, Dither.SHAPED))
                    .withSampleRate(copyRate));
        }
        for (String name : SIGNALS.subList(1, 7)) {
            double[][] parts = parts(name, rate);
            Session session = session(rate, rate, parts.length, format(SampleEncoding.PCM24, Dither.NONE));
            session = session.withOutput(session.output().withDeliverables(copies))
                    .withMaster(
                            target.equals("none")
                                    ? Master.EMPTY.withLimiter(LimiterConfig.at(-1))
                                    : Master.EMPTY.withLoudness(LoudnessConfig.of(-9, -1)));
            Rendered rendered = Rendered.of(session, Rendered.sources(rate, parts));
            checkFiles(rendered, rate, rate, name);
            checkCeiling(rendered, "master", -1.0, name);
            for (Deliverable copy : copies) {
                checkCeiling(rendered, copy.id(), -1.0, name);
            }
            if (!target.equals("none")) {
                checkTarget(rendered, -9.0, name);
            }
            checkSum(rendered, name);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {201, 202, 203, 204, 205, 206, 207, 208, 209, 210, 211, 212})
    void consolesDrawnAtRandomHoldAtOtherRates(long seed) throws Exception {
        RandomMix mix = new RandomMix(seed);
        int outputRate = List.of(44_100, 96_000, 32_000).get((int) (seed % 3));
        Session session = mix.session()
                .withMaster(mix.session()
                        .master()
                        .withLimiter(LimiterConfig.at(-1))
                        .withLoudness(new LoudnessConfig(
                                null, -12.0, -1.0, seed % 4 == 0 ? LoudnessMode.OFF : LoudnessMode.LIMIT, null)))
                .withOutput(mix.session()
                        .output()
                        .withSampleRate(outputRate)
                        .withMaster(format(SampleEncoding.PCM16, Dither.SHAPED))
                        .withStems(StemOutput.DEFAULT.withTap(StemTap.MASTERED)));
        Rendered rendered = Rendered.of(session, mix.sources());
        String what = "seed " + seed;
        checkFiles(rendered, 48_000, outputRate, what);
        checkCeiling(rendered, "master", -1.0, what);
        checkTarget(rendered, -12, what);
        checkSum(rendered, what);
    }

    /** A file that does not fit is named, at its own rate too. */
    @ParameterizedTest
    @CsvSource({"48000, 44100", "48000, 48000", "44100, 96000"})
    void whatDoesNotFitIsNamedAtEveryRate(int rate, int outputRate) {
        double[][] parts = parts("12 dB over full scale", rate);
        Session session = session(rate, outputRate, parts.length, FileFormat.wav(SampleEncoding.FLOAT32))
                .withMaster(Master.EMPTY.withLimiter(LimiterConfig.OFF));
        FileFormat integers = format(SampleEncoding.PCM16, Dither.TPDF);
        for (StemTap tap : StemTap.values()) {
            Session stems = session.withOutput(
                    session.output().withStems(StemOutput.DEFAULT.withTap(tap).withFile(integers)));
            assertThatThrownBy(() -> Rendered.of(stems, Rendered.sources(rate, parts)))
                    .isInstanceOf(ClippedException.class)
                    .hasMessageStartingWith("stems/b0.wav: ");
        }
        Session master =
                session.withOutput(session.output().withMaster(integers).withStems(StemOutput.NONE));
        assertThatThrownBy(() -> Rendered.of(master, Rendered.sources(rate, parts)))
                .isInstanceOf(ClippedException.class)
                .hasMessageStartingWith("master.wav: ");
    }

    /** An impulse's energy stays about frame·outputRate/rate in every file, through latency that is made up for. */
    @ParameterizedTest
    @CsvSource({"48000, 44100", "48000, 96000", "44100, 48000", "48000, 48000"})
    void filesLineUpAtEveryRate(int rate, int outputRate) throws Exception {
        int[] at = {rate / 4 + 11, rate / 2 + 3};
        double[][] parts = new double[2][rate * 3 / 4];
        parts[0][at[0]] = 0.5;
        parts[1][at[1]] = 0.25;
        Session session = session(rate, outputRate, 2, FileFormat.wav(SampleEncoding.FLOAT32))
                .withMaster(Master.EMPTY.withFx(
                        List.of(Rendered.insert("compressor", Map.of("threshold_db", -1.0, "lookahead_ms", 7.0))
                                .effect())));
        for (StemTap tap : StemTap.values()) {
            session =
                    session.withOutput(session.output().withPreMaster(true).withStems(StemOutput.DEFAULT.withTap(tap)));
            Rendered rendered = Rendered.of(session, Rendered.sources(rate, parts));
            checkFiles(rendered, rate, outputRate, tap.toString());
            for (String id : List.of("master", "pre_master", "b0", "b1")) {
                double[] x = rendered.file(id)[0];
                int middle = (int) ((long) (at[0] + at[1]) / 2 * outputRate / rate);
                for (int k = 0; k < 2; k++) {
                    if (!id.equals("b" + (1 - k))) {
                        double shift = centre(x, k == 0 ? 0 : middle, k == 0 ? middle : x.length)
                                - (double) at[k] * outputRate / rate;
                        worstShift = Math.max(worstShift, Math.abs(shift));
                        assertThat(shift).as("%s %s", tap, id).isCloseTo(0.0, within(0.5));
                    }
                }
            }
        }
    }

    private static double centre(double[] x, int from, int to) {
        double energy = 0.0;
        double moment = 0.0;
        for (int i = from; i < to; i++) {
            energy += x[i] * x[i];
            moment += i * x[i] * x[i];
        }
        return moment / energy;
    }

    @AfterAll
    static void tell() {
        System.out.printf(
                Locale.ROOT,
                "other rates and depths: sums at most %.3f of their bound, targets missed by %.4f LU, own meter %+.4f dB"
                        + " about the ceiling, an impulse off by %.4f frames; the resampler from 48000 to 44100 has %d"
                        + " taps%n",
                worstSum,
                worstTargetLu,
                worstOwnDb,
                worstShift,
                ResamplerDesign.between(48_000, 44_100).taps());
    }
}
