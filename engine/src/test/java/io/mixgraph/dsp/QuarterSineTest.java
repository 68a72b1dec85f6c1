package io.mixgraph.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class QuarterSineTest {
    @Test
    void isASineWithin1e15() {
        for (int i = 0; i <= 100_000; i++) {
            double t = i / 100_000.0;
            assertThat(QuarterSine.at(t)).isCloseTo(StrictMath.sin(t * StrictMath.PI / 2), within(1e-15));
        }
    }

    @Test
    void endsAreExact() {
        assertThat(QuarterSine.at(0.0)).isEqualTo(0.0);
        assertThat(QuarterSine.at(1.0)).isEqualTo(1.0);
    }

    @Test
    void powersOfSineAndCosineSumToOne() {
        for (double t = 0; t <= 1; t += 1e-4) {
            double sin = QuarterSine.at(t);
            double cos = QuarterSine.at(1 - t);
            assertThat(sin * sin + cos * cos).isCloseTo(1, within(4e-15));
        }
    }

    @Test
    void arraysGiveTheBitsOfScalars() {
        double[] t = new java.util.Random(1).doubles(1000).toArray();
        double[] y = new double[1000];
        QuarterSine.at(t, y, 1000);
        for (int i = 0; i < t.length; i++) {
            assertThat(y[i]).isEqualTo(QuarterSine.at(t[i]));
        }
    }
}
