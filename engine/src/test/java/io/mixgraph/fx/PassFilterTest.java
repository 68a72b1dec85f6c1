package io.mixgraph.fx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mixgraph.testing.Complex;
import io.mixgraph.testing.FilterProbe;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Highpass and lowpass, of both shapes. */
class PassFilterTest {
    /**
     * 1/B(s) with the Butterworth polynomial of an order, whose roots lie evenly on the left half of the unit circle:
     * e^(jπ(2k + n − 1)/(2n)) for k = 1 … n.
     */
    private static Complex butterworth(Complex s, int order) {
        Complex h = Complex.ONE;
        for (int k = 1; k <= order; k++) {
            h = h.over(s.minus(Complex.unit(Math.PI * (2 * k + order - 1) / (2.0 * order))));
        }
        return h;
    }

    /** Two Butterworth filters of half the order in a row. */
    private static Complex linkwitzRiley(Complex s, int order) {
        Complex half = butterworth(s, order / 2);
        return half.times(half);
    }

    private static Complex reciprocal(Complex s) {
        return Complex.ONE.over(s);
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 12, 18, 24, 30, 36, 42, 48})
    void butterworthSoundsAsItsPolynomialSays(int slope) {
        for (int rate : FilterProbe.RATES) {
            for (double hz : new double[] {40, 1000, 6000}) {
                FilterProbe.soundsAs(new Lowpass(hz, slope), hz, rate, s -> butterworth(s, slope / 6));
                FilterProbe.soundsAs(new Highpass(hz, slope), hz, rate, s -> butterworth(reciprocal(s), slope / 6));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 24, 36, 48})
    void linkwitzRileySoundsAsTwoButterworths(int slope) {
        for (int rate : FilterProbe.RATES) {
            for (double hz : new double[] {40, 1000, 6000}) {
                FilterProbe.soundsAs(low(hz, slope), hz, rate, s -> linkwitzRiley(s, slope / 6));
                FilterProbe.soundsAs(high(hz, slope), hz, rate, s -> linkwitzRiley(reciprocal(s), slope / 6));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 24, 36, 48})
    void linkwitzRileyIsHalfAtTheCutoffAndAPairIsFlat(int slope) {
        // 12 and 36 dB per octave: the two are half a turn apart, so one is inverted.
        double sign = slope % 24 == 0 ? 1 : -1;
        for (int rate : FilterProbe.RATES) {
            for (double hz : new double[] {40, 300, 3000}) {
                double[] low = FilterProbe.impulseResponse(low(hz, slope), rate);
                double[] high = FilterProbe.impulseResponse(high(hz, slope), rate);
                double[] sum = new double[Math.max(low.length, high.length)];
                for (int i = 0; i < sum.length; i++) {
                    sum[i] = (i < low.length ? low[i] : 0) + sign * (i < high.length ? high[i] : 0);
                }
                assertThat(FilterProbe.fourier(low, hz / rate).abs()).isCloseTo(0.5, within(1e-6));
                assertThat(FilterProbe.fourier(high, hz / rate).abs()).isCloseTo(0.5, within(1e-6));
                for (double f = 10; f < rate / 2.0; f *= 1.2) {
                    // B(−s)/B(s): what B(s)·B(−s) = 1 ± s^n leaves of the sum.
                    Complex s = FilterProbe.s(f, hz, rate);
                    Complex expected = butterworth(s, slope / 12).over(butterworth(s.times(-1), slope / 12));
                    Complex actual = FilterProbe.fourier(sum, f / rate);
                    assertThat(actual.abs()).isCloseTo(1, within(1e-6));
                    assertThat(actual.minus(expected).abs()).isLessThan(1e-6);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8000, 44_100, 192_000})
    void theExtremesAreStable(int rate) {
        for (double hz : new double[] {10, 24_000}) {
            for (int slope = 6; slope <= 48; slope += 6) {
                FilterProbe.dies(new Lowpass(hz, slope), rate);
                FilterProbe.dies(new Highpass(hz, slope), rate);
                if (slope % 12 == 0) {
                    FilterProbe.dies(low(hz, slope), rate);
                    FilterProbe.dies(high(hz, slope), rate);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 18, 30, 42})
    void linkwitzRileyHasOnlyEvenOrders(int slope) {
        assertThatThrownBy(() -> low(100, slope))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("12, 24, 36 or 48 dB per octave, not " + slope);
        assertThatThrownBy(() -> high(100, slope)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theShapeIsButterworthUnlessSaid() {
        assertThat(EffectCatalogue.create("highpass", Map.of("frequency_hz", 80, "slope_db_per_octave", 42)))
                .isEqualTo(new Highpass(80, 42));
        assertThat(EffectCatalogue.create("lowpass", Map.of("frequency_hz", 80, "shape", "linkwitz_riley")))
                .isEqualTo(low(80, 12));
    }

    private static Lowpass low(double hz, int slope) {
        return new Lowpass(hz, slope, FilterShape.LINKWITZ_RILEY);
    }

    private static Highpass high(double hz, int slope) {
        return new Highpass(hz, slope, FilterShape.LINKWITZ_RILEY);
    }
}
