package io.mixgraph.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mixgraph.audio.Decibels;
import io.mixgraph.model.Insert;
import io.mixgraph.model.InsertChannels;
import io.mixgraph.model.Inserts;
import io.mixgraph.model.Key;
import io.mixgraph.model.LoudnessConfig;
import io.mixgraph.model.LoudnessMode;
import io.mixgraph.model.Master;
import io.mixgraph.model.Session;
import io.mixgraph.testing.HurtfulSignals;
import io.mixgraph.testing.LongMeter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Signals made to hurt, through masters of every nature, to targets that can and cannot be met: stems add up, targets
 * are met or what stood in the way is named, and ceilings hold, all on the files as they are stored.
 */
@Tag("law")
class HurtfulSignalsTest {
    private static final int RATE = 48_000;
    private static final Map<String, double[][]> SIGNALS = HurtfulSignals.at(RATE);

    private static double worstSum;
    private static double worstTargetLu;
    private static double worstOwnDb = Double.NEGATIVE_INFINITY;
    private static double worstOtherDb = Double.NEGATIVE_INFINITY;
    private static double worstIdleDb = Double.NEGATIVE_INFINITY;
    private static int renders;

    private static List<String> names() {
        return List.copyOf(SIGNALS.keySet());
    }

    private static final List<LoudnessConfig> TARGETS = List.of(
            LoudnessConfig.of(-14, -1),
            LoudnessConfig.of(-8, -1),
            LoudnessConfig.of(-23, -1),
            LoudnessConfig.of(-8, -3),
            new LoudnessConfig(null, -14.0, -3.0, LoudnessMode.HOLD_BACK, null),
            new LoudnessConfig(null, -8.0, -1.0, LoudnessMode.OFF, null),
            new LoudnessConfig(null, -8.0, -1.0, LoudnessMode.LIMIT, 0.0),
            new LoudnessConfig(null, -8.0, -1.0, LoudnessMode.LIMIT, 1.0),
            new LoudnessConfig(null, -14.0, -3.0, LoudnessMode.LIMIT, 3.0));

    private static Map<String, List<Insert>> masters() {
        Map<String, List<Insert>> masters = new LinkedHashMap<>();
        masters.put("nothing", List.of());
        masters.put(
                "linear",
                List.of(
                        Rendered.insert("highpass", Map.of("frequency_hz", 400.0, "slope_db_per_octave", 48)),
                        Rendered.insert("high_shelf", Map.of("frequency_hz", 6000.0, "gain_db", 6.0)),
                        Rendered.insert("reverb", Map.of("decay_s", 0.5)).withMix(0.2)));
        masters.put(
                "controlled",
                List.of(
                        Rendered.insert("compressor", Map.of("threshold_db", -30.0, "ratio", 4.0, "lookahead_ms", 2.0)),
                        Rendered.insert(
                                "multiband_compressor",
                                Map.of(
                                        "bands",
                                        List.of(
                                                Map.of("up_to_hz", 200.0, "threshold_db", -30.0),
                                                Map.of("up_to_hz", 3000.0, "threshold_db", -20.0),
                                                Map.of("threshold_db", -40.0, "ratio", 6.0)))),
                        Rendered.insert("de_esser", Map.of("threshold_db", -40.0, "frequency_hz", 6000.0)),
                        Rendered.insert("limiter", Map.of("true_peak_db", -6.0))));
        masters.put(
                "not linear",
                List.of(
                        Rendered.insert("saturation", Map.of("drive_db", 12.0, "curve", "tube")),
                        Rendered.insert("compressor", Map.of("threshold_db", -24.0, "ratio", 2.0)),
                        Rendered.insert("bit_crush", Map.of("bits", 12.0, "dither", "tpdf"))));
        masters.put(
                "all of them",
                List.of(
                        Rendered.insert("gate", Map.of("threshold_db", -50.0)),
                        Rendered.insert("compressor", Map.of("threshold_db", -40.0, "ratio", 3.0))
                                .withKey(Key.of("t0"))
                                .withMix(0.6),
                        Rendered.insert("saturation", Map.of("drive_db", 9.0, "curve", "tape"))
                                .withMix(0.5)
                                .withChannels(InsertChannels.MID),
                        Rendered.insert("delay", Map.of("time_ms", 21.0, "feedback_percent", 40.0))
                                .withChannels(InsertChannels.SIDE)));
        return masters;
    }

    @ParameterizedTest
    @MethodSource("names")
    void theLawsHold(String name) throws Exception {
        double[][] parts = Objects.requireNonNull(SIGNALS.get(name));
        int first = names().indexOf(name);
        for (Map.Entry<String, List<Insert>> master : masters().entrySet()) {
            int count = master.getValue().isEmpty() ? 5 : 2;
            for (int k = 0; k < count; k++) {
                LoudnessConfig target = TARGETS.get((first + 5 * k) % TARGETS.size());
                first += count == 2 ? 1 : 0;
                Session session = Rendered.console(RATE, parts.length)
                        .withMaster(Master.EMPTY
                                .withInserts(new Inserts(master.getValue(), null, null))
                                .withLoudness(target));
                Rendered rendered = Rendered.of(session, Rendered.sources(RATE, parts));
                renders++;
                check(rendered, target, name + " through " + master.getKey() + ": " + rendered.metrics());
            }
        }
    }

    private static void check(Rendered rendered, LoudnessConfig target, String what) {
        assertThat(rendered.notFinite()).as(what).isZero();
        Rendered.Sum sum = rendered.sumAgainstMaster();
        worstSum = Math.max(worstSum, sum.worst());
        assertThat(sum.above()).as("%s: %s", what, sum).isZero();
        RenderReport.Certificate certificate = rendered.report().certificate();
        assertThat(certificate.holds()).as("%s: %s", what, certificate).isTrue();
        assertThat(certificate.stemsSumTo()).isEqualTo("master");
        loudness(rendered, target, what);
        ceiling(rendered, Objects.requireNonNull(target.truePeakDb()), what);
    }

    private static void loudness(Rendered rendered, LoudnessConfig target, String what) {
        RenderReport.LoudnormMetrics metrics = rendered.metrics();
        double lufs = rendered.loudness("master").integratedLufs();
        double wanted = Objects.requireNonNull(target.targetLufs());
        Double most = target.maxReductionDb();
        assertThat(metrics.outputI()).as(what).isEqualTo(lufs);
        if (target.mode() == LoudnessMode.OFF) {
            assertThat(metrics.binding()).as(what).isEqualTo(Binding.NONE);
            assertThat(metrics.gainDb()).as(what).isZero();
            return;
        }
        if (target.mode() == LoudnessMode.HOLD_BACK) {
            assertThat(metrics.limiterMaxReductionDb()).as(what).isZero();
        }
        if (most != null) {
            assertThat(metrics.limiterMaxReductionDb()).as(what).isLessThanOrEqualTo(most);
        }
        switch (metrics.binding()) {
            case TARGET -> {
                worstTargetLu = Math.max(worstTargetLu, Math.abs(lufs - wanted));
                assertThat(lufs).as(what).isCloseTo(wanted, within(0.05));
            }
            case TRUE_PEAK -> {
                assertThat(lufs).as(what).isLessThan(wanted);
                assertThat(metrics.outputTp())
                        .as(what)
                        .isGreaterThan(Objects.requireNonNull(target.truePeakDb()) - 1.0);
            }
            case MAX_REDUCTION -> {
                assertThat(most).as(what).isNotNull();
                assertThat(lufs).as(what).isLessThan(wanted);
                assertThat(metrics.limiterMaxReductionDb())
                        .as(what)
                        .isCloseTo(Objects.requireNonNull(most), within(0.01));
            }
            case MAX_GAIN -> {
                assertThat(metrics.gainDb()).as(what).isEqualTo(80.0);
                assertThat(lufs).as(what).isLessThan(wanted);
            }
            case SILENCE -> {
                assertThat(metrics.gainDb()).as(what).isLessThanOrEqualTo(0.0);
                assertThat(lufs).as(what).isEqualTo(Double.NEGATIVE_INFINITY);
                assertThat(metrics.inputI()).as(what).isEqualTo(Double.NEGATIVE_INFINITY);
            }
            case NONE -> throw new AssertionError(what);
        }
    }

    private static void ceiling(Rendered rendered, double ceilingDb, String what) {
        double own = rendered.loudness("master").truePeakDbtp();
        assertThat(rendered.metrics().outputTp()).as(what).isEqualTo(own);
        assertThat(own).as(what).isLessThanOrEqualTo(ceilingDb);
        worstOwnDb = Math.max(worstOwnDb, own - ceilingDb);
        if (own > ceilingDb - 3.0 && !what.startsWith("half the rate") && renders % 2 == 0) {
            double otherDb = LongMeter.peakDb(rendered.file("master")) - ceilingDb;
            if (rendered.metrics().limiterMaxReductionDb() > 0.0) {
                assertThat(otherDb).as(what).isLessThanOrEqualTo(0.1);
                worstOtherDb = Math.max(worstOtherDb, otherDb);
            } else {
                // What the limiter leaves alone is as far above the ceiling as two meters are apart.
                assertThat(otherDb).as(what).isLessThanOrEqualTo(0.35);
                worstIdleDb = Math.max(worstIdleDb, otherDb);
            }
        }
        for (double[] channel : rendered.file("master")) {
            for (double x : channel) {
                if (Math.abs(x) > Decibels.toGain(ceilingDb)) {
                    throw new AssertionError(what + ": " + x);
                }
            }
        }
    }

    @AfterAll
    static void tell() {
        System.out.printf(
                Locale.ROOT,
                "%d renders: sums at most %.3f of their bound, targets missed by %.4f LU, own meter %+.4f dB, another"
                        + " %+.4f dB about the ceiling, and %+.4f dB where the limiter had nothing to do%n",
                renders,
                worstSum,
                worstTargetLu,
                worstOwnDb,
                worstOtherDb,
                worstIdleDb);
    }
}
