package io.mixgraph.fx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mixgraph.testing.Complex;
import io.mixgraph.testing.EffectRunner;
import io.mixgraph.testing.FilterProbe;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TiltTest {
    /** A first-order low shelf of −g/2 with its pole at the pivot, then a high shelf of +g/2 with its zero there. */
    private static Complex twoShelves(Complex s, double gainDb) {
        double a = Math.pow(10, gainDb / 40);
        Complex low = s.plus(1 / a).over(s.plus(1));
        Complex high = s.plus(1).over(s.times(1 / a).plus(1));
        return low.times(high);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-24, -7, -1, 0, 0.5, 3, 12, 24})
    void soundsAsTwoShelvesThatMeetAtThePivot(double gainDb) {
        for (int rate : FilterProbe.RATES) {
            for (double hz : new double[] {40, 1000, 6000}) {
                FilterProbe.soundsAs(new Tilt(gainDb, hz), hz, rate, s -> twoShelves(s, gainDb));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-24, -5, 2, 24})
    void halfOfTheGainIsAtEitherEndAndNoneAtThePivot(double gainDb) {
        int rate = 96_000;
        double[] h = FilterProbe.impulseResponse(new Tilt(gainDb, 1000), rate);
        assertThat(level(h, 0)).isCloseTo(-gainDb / 2, within(1e-6));
        assertThat(level(h, 0.5)).isCloseTo(gainDb / 2, within(1e-6));
        assertThat(level(h, 1000.0 / rate)).isCloseTo(0, within(1e-6));
        // It never turns back, and is the steepest at the pivot.
        double a = Math.pow(10, gainDb / 40);
        double steepest = 20 * Math.log10(2) * Math.abs(a * a - 1) / (a * a + 1);
        for (double hz = 20; hz < 40_000; hz *= 1.05) {
            double rise = (level(h, 1.05 * hz / rate) - level(h, hz / rate)) * Math.signum(gainDb);
            assertThat(rise).isPositive();
            // Above 10 kHz the bilinear transform squeezes the axis.
            if (hz < 10_000) {
                assertThat(rise / (Math.log(1.05) / Math.log(2))).isLessThan(1.01 * steepest);
            }
        }
        double slope = level(h, 1010.0 / rate) - level(h, 990.0 / rate);
        assertThat(Math.abs(slope) / (Math.log(1010.0 / 990) / Math.log(2)))
                .isCloseTo(steepest, within(0.01 * steepest));
    }

    @Test
    void anEvenTiltChangesNoBit() {
        double[][] x = {new Random(1).doubles(1000, -1, 1).toArray()};
        assertThat(new EffectRunner(new Tilt(0, 1000), 48_000, 1).run(x, () -> 100))
                .isDeepEqualTo(x);
    }

    @ParameterizedTest
    @ValueSource(ints = {8000, 44_100, 192_000})
    void theExtremesAreStable(int rate) {
        for (double hz : new double[] {10, 24_000}) {
            for (double gainDb : new double[] {-24, 24}) {
                FilterProbe.dies(new Tilt(gainDb, hz), rate);
            }
        }
    }

    private static double level(double[] h, double cycles) {
        return 20 * Math.log10(FilterProbe.fourier(h, cycles).abs());
    }
}
