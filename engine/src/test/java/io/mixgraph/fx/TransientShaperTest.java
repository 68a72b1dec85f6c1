package io.mixgraph.fx;

import static io.mixgraph.testing.Tones.WHOLE;
import static io.mixgraph.testing.Tones.db;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mixgraph.testing.EffectRunner;
import io.mixgraph.testing.Tones;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransientShaperTest {
    private static final int RATE = 48_000;

    @ParameterizedTest
    @ValueSource(doubles = {21, 47, 110, 440, 997, 3001, 9973})
    void steadyTonesAreNotChanged(double hz) {
        for (double percent : new double[] {-100, 100}) {
            Effect effect = shaper(Map.of("attack_percent", percent, "sustain_percent", percent));
            double[] g = curve(effect, Tones.sine(hz, 0.3, RATE, 4 * RATE), RATE);
            for (int i = RATE; i < g.length; i++) {
                assertThat(db(g[i])).isCloseTo(0, within(0.1));
            }
        }
    }

    /** Drum-like bursts of noise that die away, scaled by 20 dB: so is the output. */
    @Test
    void onlyRatiosCount() {
        Effect effect = shaper(Map.of("attack_percent", 80, "sustain_percent", -60));
        Random random = new Random(1);
        double[] loud = new double[2 * RATE];
        for (int i = 0; i < loud.length; i++) {
            loud[i] = (2 * random.nextDouble() - 1) * Math.exp(-(i % 12_000) / 2000.0) + 1e-4 * random.nextDouble();
        }
        double[] quiet = Arrays.stream(loud).map(v -> 0.1 * v).toArray();
        double[] a = run(effect, loud);
        double[] b = run(effect, quiet);
        for (int i = 0; i < loud.length; i++) {
            assertThat(db(Math.abs(a[i] / b[i]))).isCloseTo(20, within(1e-6));
        }
    }

    /** After a step from silence E is 1 at once and A = 1 − e^(−t/τ), so the gain is A's lag, 15 dB at most. */
    @ParameterizedTest
    @CsvSource({"100,20,48000", "50,20,44100", "-100,50,96000", "-30,5,48000"})
    void anOnsetIsRaisedByItsLagOnTheSlowerEnvelope(double percent, double attackMs, int rate) {
        Effect effect = shaper(Map.of("attack_percent", percent, "attack_ms", attackMs));
        double[] g = curve(effect, Tones.constant(0.5, rate / 2), rate);
        assertThat(db(g[0])).isCloseTo(percent / 100 * 15, within(1e-6));
        for (int i = 0; i < g.length; i++) {
            double lag = -db(1 - Math.exp(-1000.0 * (i + 1) / (attackMs * rate)));
            assertThat(db(g[i])).isCloseTo(percent / 100 * Math.min(15, lag), within(1e-6));
        }
        // One time constant leaves −20·log10(1 − 1/e) = 3.98 dB.
        int reached = 0;
        while (Math.abs(db(g[reached])) > Math.abs(percent) / 100 * -db(1 - 1 / Math.E)) {
            reached++;
        }
        assertThat(1000.0 * (reached + 1) / rate).isCloseTo(attackMs, within(0.02 * attackMs));
    }

    /** After a step from 1 to ¼ and the 25 ms hold: E = ¼ + ¾·e^(−t/10 ms), S = ¼ + s·e^(−t/τ) follows it. */
    @ParameterizedTest
    @CsvSource({"100,300,48000", "-50,100,44100", "-100,800,96000"})
    void aDecayIsRaisedByHowFarItIsBelowTheSlowerEnvelope(double percent, double sustainMs, int rate) {
        Effect effect = shaper(Map.of("sustain_percent", percent, "sustain_ms", sustainMs));
        int step = rate / 10;
        double[] x = Tones.constant(1, step + 3 * rate);
        Arrays.fill(x, step, x.length, 0.25);
        double[] g = curve(effect, x, rate);
        int held = (int) Math.ceil(0.025 * rate) - 1;
        for (int i = 0; i < step + held; i++) {
            assertThat(g[i]).isCloseTo(1, within(1e-12));
        }
        double fast = Math.exp(-1000.0 / (10 * rate));
        double slow = Math.exp(-1000.0 / (sustainMs * rate));
        double e = 0.75;
        double s = 0.75;
        for (int i = step + held; i < x.length; i++) {
            e *= fast;
            // S goes its way to E, which is above its goal by what e is.
            s = s * slow + e * (1 - slow);
            double expected = percent / 100 * Math.min(24, db((0.25 + s) / (0.25 + e)));
            assertThat(db(g[i])).isCloseTo(expected, within(1e-6));
        }
        // Long after E has settled, S − E falls by e in one time constant.
        int from = step + held + rate / 10;
        int to = from + (int) (sustainMs * rate / 1000);
        double before = Math.pow(10, db(g[from]) / 20 * 100 / percent) - 1;
        double after = Math.pow(10, db(g[to]) / 20 * 100 / percent) - 1;
        assertThat(sustainMs / Math.log(before / after)).isCloseTo(sustainMs, within(0.02 * sustainMs));
    }

    @Test
    void aDecayIsRaisedBy24DecibelsAtMost() {
        Effect effect = shaper(Map.of("sustain_percent", 100));
        double[] x = new double[RATE];
        Arrays.fill(x, 0, 4800, 1.0);
        double[] g = curve(effect, x, RATE);
        double most = Arrays.stream(g).max().getAsDouble();
        assertThat(db(most)).isCloseTo(24, within(1e-6));
    }

    @Test
    void atZeroPercentNoBitChanges() {
        double[] x = new Random(2).doubles(5000, -1, 1).toArray();
        assertThat(run(shaper(Map.of()), x)).isEqualTo(x);
    }

    @Test
    void afterSoundAndSilenceItIsAsFresh() {
        Effect effect = shaper(Map.of("attack_percent", 100, "sustain_percent", 100));
        double[] sound = new double[4800 * 130];
        System.arraycopy(new Random(3).doubles(4800, -1, 1).toArray(), 0, sound, 0, 4800);
        double[][] probe = {new Random(4).doubles(3000, -1, 1).toArray()};
        EffectRunner used = new EffectRunner(effect, RATE, 1);
        double[] g = used.curves(new double[][] {sound}, WHOLE)[0];
        assertThat(g[g.length - 1]).isEqualTo(1.0);
        assertThat(used.run(probe, WHOLE)).isDeepEqualTo(new EffectRunner(effect, RATE, 1).run(probe, WHOLE));
    }

    private static Effect shaper(Map<String, ?> parameters) {
        return EffectCatalogue.create("transient_shaper", parameters);
    }

    private static double[] curve(Effect effect, double[] x, int rate) {
        return new EffectRunner(effect, rate, 1).curves(new double[][] {x}, WHOLE)[0];
    }

    private static double[] run(Effect effect, double[] x) {
        return new EffectRunner(effect, RATE, 1).run(new double[][] {x}, WHOLE)[0];
    }
}
