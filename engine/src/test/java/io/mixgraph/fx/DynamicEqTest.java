package io.mixgraph.fx;

import static io.mixgraph.testing.Tones.WHOLE;
import static io.mixgraph.testing.Tones.db;
import static io.mixgraph.testing.Tones.gain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mixgraph.testing.EffectRunner;
import io.mixgraph.testing.Tones;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DynamicEqTest {
    private static final int RATE = 48_000;

    /** The cookbook's analogue prototypes at s = jw, w warped by the tangent as the bilinear transform does. */
    private static double cookbook(String type, double at, double hz, double gainDb, double q, int rate) {
        double w = Math.tan(Math.PI * at / rate) / Math.tan(Math.PI * hz / rate);
        double a = Math.pow(10, gainDb / 40);
        double root = Math.sqrt(a);
        return switch (type) {
            case "peak" -> Math.hypot(1 - w * w, w * a / q) / Math.hypot(1 - w * w, w / (a * q));
            case "low_shelf" -> a * Math.hypot(a - w * w, w * root / q) / Math.hypot(1 - a * w * w, w * root / q);
            default -> a * Math.hypot(1 - a * w * w, w * root / q) / Math.hypot(a - w * w, w * root / q);
        };
    }

    @ParameterizedTest
    @CsvSource({"44100", "48000", "96000"})
    void atRestItIsTheStaticEqualiser(int rate) {
        Effect effect = eq(
                Map.of("type", "low_shelf", "frequency_hz", 120, "gain_db", 5, "threshold_db", 20, "range_db", -6),
                Map.of("frequency_hz", 800, "q", 3, "gain_db", -7, "threshold_db", 20, "range_db", 6),
                Map.of("type", "high_shelf", "frequency_hz", 7000, "gain_db", 4, "threshold_db", 20, "range_db", -6));
        double[] h = run(effect, rate, Tones.impulse(rate));
        for (double at = 10; at < rate / 2.0; at *= 1.2) {
            double expected = cookbook("low_shelf", at, 120, 5, 0.707, rate)
                    * cookbook("peak", at, 800, -7, 3, rate)
                    * cookbook("high_shelf", at, 7000, 4, 0.707, rate);
            assertThat(Tones.magnitude(h, at, rate)).isCloseTo(expected, within(1e-6));
        }
    }

    @ParameterizedTest
    @CsvSource({"peak,1000,2", "low_shelf,300,0.707", "high_shelf,5000,0.5"})
    void underAnySteadyGainItIsTheCookbooksFilter(String type, double hz, double q) {
        Effect effect = eq(Map.of("type", type, "frequency_hz", hz, "q", q, "threshold_db", -20, "range_db", -12));
        for (double gainDb = -30; gainDb <= 30; gainDb += 5) {
            double[] h = new EffectRunner(effect, RATE, 1)
                    .apply(
                            new double[][] {Tones.impulse(RATE)},
                            new double[][] {Tones.constant(gain(gainDb), RATE)},
                            WHOLE)[0];
            for (double at = 10; at < RATE / 2.0; at *= 1.3) {
                assertThat(Tones.magnitude(h, at, RATE) / cookbook(type, at, hz, gainDb, q, RATE))
                        .isCloseTo(1, within(1e-6));
            }
        }
    }

    @Test
    void atZeroDecibelsAtRestNoBitChanges() {
        Effect effect = eq(
                Map.of("frequency_hz", 800, "threshold_db", 20, "range_db", 6),
                Map.of("type", "low_shelf", "frequency_hz", 100, "threshold_db", -50, "range_db", 0));
        double[] x = new Random(1).doubles(5000, -1, 1).toArray();
        assertThat(run(effect, RATE, x)).isEqualTo(x);
    }

    /** At its centre a bell has its whole gain, and its bandpass passes the tone as it is. */
    @ParameterizedTest
    @CsvSource({"-30,-12,2,0", "-30,12,2,3", "-40,-24,100,0", "-20,-6,1.5,-2"})
    void bellsMoveByTheFormula(double threshold, double range, double ratio, double rest) {
        double hz = 997;
        Effect effect = eq(Map.of(
                "frequency_hz",
                hz,
                "q",
                2,
                "gain_db",
                rest,
                "threshold_db",
                threshold,
                "range_db",
                range,
                "ratio",
                ratio,
                "knee_db",
                0,
                "attack_ms",
                0,
                "release_ms",
                10_000));
        double worst = 0;
        for (double level = -60; level <= 0; level += 4) {
            double past = Math.max(0, level - threshold);
            double moved = rest + Math.signum(range) * Math.min(Math.abs(range), past * (1 - 1 / ratio));
            double[] y = run(effect, RATE, Tones.risingSine(hz, gain(level), RATE, 2 * RATE));
            worst = Math.max(worst, Math.abs(db(Tones.amplitude(y, RATE, hz, RATE)) - level - moved));
        }
        assertThat(worst).isLessThan(0.01);
    }

    /**
     * A constant has one magnitude, and a low shelf its whole gain there; half the sample rate is that of a high one.
     */
    @ParameterizedTest
    @CsvSource({
        "low_shelf,-30,-12,2,0,6,above",
        "low_shelf,-30,12,4,3,0,below",
        "high_shelf,-30,-18,3,-2,12,above",
        "high_shelf,-20,-24,1.5,0,0,below"
    })
    void shelvesMoveByTheFormula(
            String type, double threshold, double range, double ratio, double rest, double knee, String when) {
        Effect effect = eq(Map.of(
                "type",
                type,
                "frequency_hz",
                4000,
                "gain_db",
                rest,
                "threshold_db",
                threshold,
                "range_db",
                range,
                "ratio",
                ratio,
                "knee_db",
                knee,
                "attack_ms",
                3,
                "release_ms",
                3,
                "when",
                when));
        double worst = 0;
        for (double level = -70; level <= 10; level += 2.5) {
            double past = when.equals("above") ? level - threshold : threshold - level;
            double curve = 2 * past <= -knee ? 0 : 2 * past >= knee ? past : Math.pow(past + knee / 2, 2) / (2 * knee);
            double moved = rest + Math.signum(range) * Math.min(Math.abs(range), curve * (1 - 1 / ratio));
            double[] x =
                    type.equals("low_shelf") ? Tones.constant(gain(level), 9600) : Tones.alternating(gain(level), 9600);
            double[] y = run(effect, RATE, x);
            worst = Math.max(worst, Math.abs(db(y[9599] / x[9599]) - moved));
        }
        assertThat(worst).isLessThan(0.01);
    }

    @ParameterizedTest
    @CsvSource({"10,120,48000,low_shelf", "30,300,96000,low_shelf", "5,50,44100,high_shelf"})
    void attackAndReleaseAreTimeConstantsOfTheChange(double attackMs, double releaseMs, int rate, String type) {
        boolean low = type.equals("low_shelf");
        Effect effect = eq(Map.of(
                "type",
                type,
                "frequency_hz",
                low ? 15_000 : 500,
                "threshold_db",
                -30,
                "range_db",
                -18,
                "ratio",
                100,
                "knee_db",
                0,
                "attack_ms",
                attackMs,
                "release_ms",
                releaseMs));
        int settle = (int) (rate * attackMs / 1000 * 20);
        int frames = settle + (int) (rate * releaseMs / 1000 * 3);
        double[] x = low ? Tones.constant(1, frames) : Tones.alternating(1, frames);
        for (int i = settle; i < frames; i++) {
            x[i] *= 0.001;
        }
        double[] g = new EffectRunner(effect, rate, 1).curves(new double[][] {x}, WHOLE)[0];
        int attacked = 0;
        while (-db(g[attacked]) < 18 * (1 - 1 / Math.E)) {
            attacked++;
        }
        int released = settle;
        while (-db(g[released]) > 18 / Math.E) {
            released++;
        }
        assertThat(1000.0 * (attacked + 1) / rate).isCloseTo(attackMs, within(0.02 * attackMs));
        assertThat(1000.0 * (released - settle + 1) / rate).isCloseTo(releaseMs, within(0.02 * releaseMs));
    }

    /** A bell that is lowered far has two real poles, one of them slow; one that is raised far rings. */
    @ParameterizedTest
    @CsvSource({"0.1", "0.5", "4"})
    void theTailIsLongEnoughAtTheEndsOfItsRanges(double q) {
        for (String type : List.of("peak", "low_shelf", "high_shelf")) {
            for (double rest : new double[] {-24, 0, 24}) {
                for (double range : new double[] {-24, -1, 24}) {
                    for (String when : List.of("above", "below")) {
                        Effect effect = eq(Map.of(
                                "type",
                                type,
                                "frequency_hz",
                                1200,
                                "q",
                                q,
                                "gain_db",
                                rest,
                                "threshold_db",
                                -50,
                                "range_db",
                                range,
                                "attack_ms",
                                1,
                                "release_ms",
                                5,
                                "when",
                                when));
                        int tail = (int) effect.tailFrames(RATE);
                        double[] y = run(effect, RATE, Tones.impulse(tail + 5000));
                        double peak = Arrays.stream(y).map(Math::abs).max().getAsDouble();
                        for (int i = tail + 1; i < y.length; i++) {
                            assertThat(Math.abs(y[i])).isLessThan(1e-6 * peak);
                        }
                    }
                }
            }
        }
    }

    @Test
    void aBandHearsOnlyWhatItActsOn() {
        Effect effect = eq(Map.of("frequency_hz", 4000, "q", 4, "threshold_db", -40, "range_db", -12, "attack_ms", 0));
        double[] y = run(effect, RATE, Tones.sine(61, 0.5, RATE, RATE));
        // The bandpass is 48 dB down there: (w/Q)/(1 − w²) with w = 61/4000.
        assertThat(db(Tones.amplitude(y, RATE / 2, 61, RATE) / 0.5)).isCloseTo(0, within(0.001));
        double[] high = run(effect, RATE, Tones.sine(4000, 0.5, RATE, RATE));
        assertThat(db(Tones.amplitude(high, RATE / 2, 4000, RATE) / 0.5)).isCloseTo(-12, within(0.1));
    }

    @Test
    void bandsCanBeRetunedWhileItRuns() {
        Effect effect = eq(
                Map.of("frequency_hz", 800, "threshold_db", -30, "range_db", -6),
                Map.of("type", "high_shelf", "frequency_hz", 5000, "threshold_db", -30, "range_db", 6));
        double[][] x = {new Random(2).doubles(3000, -1, 1).toArray()};
        EffectRunner retuned = new EffectRunner(effect, RATE, 1);
        EffectRunner steady = new EffectRunner(effect, RATE, 1);
        assertThat(retuned.run(x, WHOLE)).isDeepEqualTo(steady.run(x, WHOLE));
        retuned.retune(effect);
        assertThat(retuned.run(x, WHOLE)).isDeepEqualTo(steady.run(x, WHOLE));

        Effect other = RecordShape.with(effect, "bands/0/frequency_hz", 300);
        other = RecordShape.with(other, "bands/0/gain_db", 9);
        other = RecordShape.with(other, "bands/0/q", 2);
        other = RecordShape.with(other, "bands/1/threshold_db", 20);
        retuned.retune(other);
        retuned.run(new double[][] {new double[64 * 9000]}, WHOLE);
        double[] h = retuned.run(new double[][] {scaled(Tones.impulse(RATE), 1e-4)}, WHOLE)[0];
        for (double at = 20; at < 20_000; at *= 1.5) {
            assertThat(Tones.magnitude(h, at, RATE) / 1e-4)
                    .isCloseTo(cookbook("peak", at, 300, 9, 2, RATE), within(1e-6));
        }
    }

    @Test
    void afterSoundAndSilenceItIsAsFresh() {
        Effect effect = eq(
                Map.of("frequency_hz", 50, "q", 4, "threshold_db", -30, "range_db", -6, "gain_db", 3),
                Map.of("type", "low_shelf", "frequency_hz", 90, "threshold_db", -30, "range_db", 6),
                Map.of("type", "high_shelf", "frequency_hz", 5000, "threshold_db", -30, "range_db", 6));
        double[] sound = new double[64 * 9000];
        System.arraycopy(new Random(3).doubles(6400, -1, 1).toArray(), 0, sound, 0, 6400);
        double[][] probe = {new Random(4).doubles(3000, -1, 1).toArray()};
        EffectRunner used = new EffectRunner(effect, RATE, 1);
        double[] y = used.run(new double[][] {sound}, WHOLE)[0];
        assertThat(y[y.length - 1]).isZero();
        assertThat(used.run(probe, WHOLE)).isDeepEqualTo(new EffectRunner(effect, RATE, 1).run(probe, WHOLE));
    }

    @Test
    void saysWhatIsWrongWithItsBands() {
        assertThatThrownBy(() -> EffectCatalogue.create("dynamic_eq", Map.of("bands", List.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("dynamic_eq: bands are 1 to 8, not 0; leave the effect out");
        Map<String, Object> band = Map.of("frequency_hz", 800, "threshold_db", -30, "range_db", -6);
        assertThatThrownBy(() -> EffectCatalogue.create("dynamic_eq", Map.of("bands", Collections.nCopies(9, band))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("dynamic_eq: bands are 1 to 8, not 9; use two of them");
    }

    private static double[] scaled(double[] x, double by) {
        return Arrays.stream(x).map(v -> v * by).toArray();
    }

    private static Effect eq(Map<?, ?>... bands) {
        return EffectCatalogue.create("dynamic_eq", Map.of("bands", List.of(bands)));
    }

    private static double[] run(Effect effect, int rate, double[] x) {
        return new EffectRunner(effect, rate, 1).run(new double[][] {x}, WHOLE)[0];
    }
}
