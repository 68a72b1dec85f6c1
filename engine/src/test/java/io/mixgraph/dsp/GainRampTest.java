package io.mixgraph.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mixgraph.audio.AudioBlock;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GainRampTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 16, 100})
    void movesInAStraightLineAndArrivesExactly(int block) {
        GainRamp ramp = new GainRamp(1.0);
        run(ramp, 5, block);
        ramp.to(0.1);
        double[] y = run(ramp, 40, block);
        for (int i = 0; i < 15; i++) {
            assertThat(y[i]).isCloseTo(1 - 0.9 * (i + 1) / 16, within(1e-15));
        }
        for (int i = 15; i < 40; i++) {
            assertThat(y[i]).isEqualTo(0.1);
        }
    }

    @Test
    void goesOnFromWhereItIs() {
        GainRamp ramp = new GainRamp(0.0);
        run(ramp, 1, 1);
        ramp.to(1.0);
        run(ramp, 8, 8);
        ramp.to(1.0);
        assertThat(run(ramp, 1, 1)[0]).isCloseTo(9 / 16.0, within(1e-15));
        ramp.to(0.0);
        assertThat(run(ramp, 1, 1)[0]).isCloseTo(9 / 16.0 * 15 / 16, within(1e-15));
    }

    @Test
    void isAtOnceWhereItIsSentBeforeItsFirstFrame() {
        GainRamp ramp = new GainRamp(0.0);
        ramp.to(0.5);
        assertThat(run(ramp, 3, 3)).containsOnly(0.5);
        ramp.to(0.7);
        ramp.reset();
        assertThat(run(ramp, 3, 3)).containsOnly(0.7);
    }

    private static double[] run(GainRamp ramp, int frames, int block) {
        double[] y = new double[frames];
        for (int from = 0; from < frames; from += block) {
            int n = Math.min(block, frames - from);
            AudioBlock x = new AudioBlock(2, n);
            Arrays.fill(x.channel(0), 1.0);
            Arrays.fill(x.channel(1), -1.0);
            ramp.multiply(x, new double[n], n);
            for (int i = 0; i < n; i++) {
                assertThat(x.channel(1)[i]).isEqualTo(-x.channel(0)[i]);
                y[from + i] = x.channel(0)[i];
            }
        }
        return y;
    }
}
