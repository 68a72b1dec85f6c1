package org.example.onepole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mixgraph.testing.EffectRunner;
import org.junit.jupiter.api.Test;

/** What this effect alone promises. */
class OnePoleTest {
    private static final int RATE = 48_000;

    @Test
    void isThreeDecibelsDownAtItsFrequency() {
        assertThat(gain(1000, new OnePole(1000))).isCloseTo(Math.sqrt(0.5), within(1e-9));
        assertThat(gain(12_000, new OnePole(20_000))).isCloseTo(Math.sqrt(0.5), within(1e-9));
        assertThat(gain(0, new OnePole(1000))).isCloseTo(1, within(1e-9));
    }

    /** |Σ h[n]·e^(−jωn)|. */
    private static double gain(double hz, OnePole effect) {
        double[][] h = new double[1][4000];
        h[0][0] = 1;
        h = new EffectRunner(effect, RATE, 1).run(h, () -> 512);
        double re = 0;
        double im = 0;
        for (int n = 0; n < h[0].length; n++) {
            re += h[0][n] * Math.cos(2 * Math.PI * hz * n / RATE);
            im += h[0][n] * Math.sin(2 * Math.PI * hz * n / RATE);
        }
        return Math.hypot(re, im);
    }
}
