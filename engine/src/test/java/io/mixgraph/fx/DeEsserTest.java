package io.mixgraph.fx;

import static io.mixgraph.testing.Tones.WHOLE;
import static io.mixgraph.testing.Tones.db;
import static io.mixgraph.testing.Tones.gain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mixgraph.testing.Crossovers;
import io.mixgraph.testing.EffectRunner;
import io.mixgraph.testing.Tones;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeEsserTest {
    private static final int RATE = 48_000;

    @ParameterizedTest
    @ValueSource(strings = {"split", "wide"})
    void aLowToneIsLeftAlone(String mode) {
        Effect effect = deEsser(Map.of("threshold_db", -40, "ratio", 10, "mode", mode));
        for (double hz : new double[] {61, 211, 997}) {
            double[] y = run(effect, Tones.risingSine(hz, 0.5, RATE, RATE));
            assertThat(db(Tones.amplitude(y, RATE / 2, hz, RATE) / 0.5)).isCloseTo(0, within(0.01));
        }
    }

    /** The low and the high output of the pair are in phase, so their magnitudes add. */
    @ParameterizedTest
    @CsvSource({
        "6000,-30,4,-12,9973,split", "6000,-30,4,-12,9973,wide", "4000,-20,2,-48,11003,split",
        "6000,-30,4,-12,6007,split", "6000,-30,4,-12,5009,split", "2000,-40,100,-24,7919,wide"
    })
    void aLoudHighToneIsLoweredByTheFormula(
            double crossover, double threshold, double ratio, double range, double hz, String mode) {
        Effect effect = deEsser(Map.of(
                "frequency_hz",
                crossover,
                "threshold_db",
                threshold,
                "ratio",
                ratio,
                "range_db",
                range,
                "knee_db",
                0,
                "attack_ms",
                0,
                "release_ms",
                2000,
                "mode",
                mode));
        double high = Crossovers.highpass(hz, crossover, RATE);
        double low = Crossovers.lowpass(hz, crossover, RATE);
        double worst = 0;
        for (double level = -50; level <= 0; level += 2.5) {
            double over = Math.max(0, level + db(high) - threshold);
            double g = gain(Math.max(range, -over * (1 - 1 / ratio)));
            double expected = level + db(mode.equals("wide") ? g : low + g * high);
            double[] y = run(effect, Tones.risingSine(hz, gain(level), RATE, RATE));
            worst = Math.max(worst, Math.abs(db(Tones.amplitude(y, RATE / 2, hz, RATE)) - expected));
        }
        assertThat(worst).isLessThan(0.01);
    }

    @Test
    void splitLowersTheSibilantAloneAndWideEverything() {
        double[] x = Tones.sum(Tones.risingSine(211, 0.5, RATE, RATE), Tones.risingSine(9973, 0.25, RATE, RATE));
        Map<String, Object> settings =
                Map.of("threshold_db", -30, "range_db", -9, "attack_ms", 0, "release_ms", 2000, "ratio", 10);
        double high = Crossovers.highpass(9973, 6000, RATE);
        double low = Crossovers.lowpass(9973, 6000, RATE);
        double[] split = run(deEsser(settings), x);
        assertThat(db(Tones.amplitude(split, RATE / 2, 211, RATE) / 0.5)).isCloseTo(0, within(0.01));
        assertThat(db(Tones.amplitude(split, RATE / 2, 9973, RATE) / 0.25))
                .isCloseTo(db(low + gain(-9) * high), within(0.01));
        Map<String, Object> wide = new HashMap<>(settings);
        wide.put("mode", "wide");
        double[] y = run(deEsser(wide), x);
        assertThat(db(Tones.amplitude(y, RATE / 2, 211, RATE) / 0.5)).isCloseTo(-9, within(0.05));
    }

    /**
     * The part of the band in the whole: of a high tone all of it, less what the highpass takes. Between two peaks the
     * whole falls a little.
     */
    @Test
    void aRelativeThresholdTreatsLoudAndQuietAlike() {
        Effect effect = deEsser(Map.of(
                "threshold_db",
                -6,
                "ratio",
                3,
                "knee_db",
                0,
                "attack_ms",
                0,
                "release_ms",
                2000,
                "relative",
                true,
                "mode",
                "wide"));
        double part = db(Crossovers.highpass(9973, 6000, RATE));
        double expected = -(part + 6) * (1 - 1 / 3.0);
        for (double level : new double[] {0, -20, -40}) {
            double a = gain(level);
            double[] y = run(effect, Tones.risingSine(9973, a, RATE, RATE));
            assertThat(db(Tones.amplitude(y, RATE / 2, 9973, RATE) / a)).isCloseTo(expected, within(0.05));
        }
        // As much below the whole as the threshold: 10 dB in a signal of 0 dB.
        double[] mixed = Tones.sum(Tones.risingSine(211, 1, RATE, RATE), Tones.risingSine(9973, gain(-10), RATE, RATE));
        double[] y = run(effect, mixed);
        assertThat(db(Tones.amplitude(y, RATE / 2, 9973, RATE))).isCloseTo(-10, within(0.01));
    }

    @Test
    void inSilenceARelativeThresholdFindsNothing() {
        Effect effect = deEsser(Map.of("threshold_db", -20, "relative", true));
        double[] quiet = new Random(1).doubles(4800, -1e-8, 1e-8).toArray();
        assertThat(new EffectRunner(effect, RATE, 1).curves(new double[][] {quiet}, WHOLE)[0])
                .containsOnly(1.0);
    }

    /** The tone at half the sample rate has one magnitude, all of it in the band. */
    @ParameterizedTest
    @CsvSource({"2,60,48000", "5,100,44100", "10,200,96000"})
    void attackAndReleaseAreTimeConstantsOfTheReduction(double attackMs, double releaseMs, int rate) {
        Effect effect = deEsser(Map.of(
                "threshold_db",
                -30,
                "ratio",
                4,
                "range_db",
                -48,
                "knee_db",
                0,
                "attack_ms",
                attackMs,
                "release_ms",
                releaseMs));
        int settle = (int) (rate * attackMs / 1000 * 20);
        double[] x = Tones.alternating(1, settle + (int) (rate * releaseMs / 1000 * 3));
        for (int i = settle; i < x.length; i++) {
            x[i] *= 0.001;
        }
        double[] g = new EffectRunner(effect, rate, 1).curves(new double[][] {x}, WHOLE)[0];
        double full = 22.5;
        int attacked = 0;
        while (-db(g[attacked]) < full * (1 - 1 / Math.E)) {
            attacked++;
        }
        int released = settle;
        while (-db(g[released]) > full / Math.E) {
            released++;
        }
        assertThat(1000.0 * (attacked + 1) / rate).isCloseTo(attackMs, within(0.02 * attackMs));
        assertThat(1000.0 * (released - settle + 1) / rate).isCloseTo(releaseMs, within(0.02 * releaseMs));
    }

    @Test
    void atRestSplitIsTheAllpassAndWideChangesNoBit() {
        double[] x = Tones.impulse(4800);
        double[] y = run(deEsser(Map.of("threshold_db", 20)), x);
        double[] expected = Crossovers.throughAllpasses(x, RATE, 6000);
        for (int i = 0; i < x.length; i++) {
            assertThat(y[i]).isCloseTo(expected[i], within(1e-12));
        }
        double[] noise = new Random(2).doubles(4800, -1, 1).toArray();
        assertThat(run(deEsser(Map.of("threshold_db", 20, "mode", "wide")), noise))
                .isEqualTo(noise);
    }

    @ParameterizedTest
    @CsvSource({"split,false", "split,true", "wide,true"})
    void afterSoundAndSilenceItIsAsFresh(String mode, boolean relative) {
        Effect effect = deEsser(Map.of("threshold_db", -40, "mode", mode, "relative", relative));
        double[] sound = new double[64 * 4500];
        System.arraycopy(new Random(3).doubles(6400, -1, 1).toArray(), 0, sound, 0, 6400);
        double[][] probe = {new Random(4).doubles(3000, -1, 1).toArray()};
        EffectRunner used = new EffectRunner(effect, RATE, 1);
        double[] y = used.run(new double[][] {sound}, WHOLE)[0];
        assertThat(y[y.length - 1]).isZero();
        assertThat(used.run(probe, WHOLE)).isDeepEqualTo(new EffectRunner(effect, RATE, 1).run(probe, WHOLE));
    }

    private static Effect deEsser(Map<String, ?> parameters) {
        return EffectCatalogue.create("de_esser", parameters);
    }

    private static double[] run(Effect effect, double[] x) {
        return new EffectRunner(effect, RATE, 1).run(new double[][] {x}, WHOLE)[0];
    }
}
