package io.mixgraph.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mixgraph.audio.Decibels;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Digital designs against their analogue prototypes: the bilinear transform only bends the frequency axis. */
class BiquadDesignTest {
    /** |n2·s² + n1·s + n0| / |d2·s² + d1·s + d0| at s = jΩ. */
    private static double analogue(double omega, double n2, double n1, double n0, double d2, double d1, double d0) {
        return Math.hypot(n0 - n2 * omega * omega, n1 * omega) / Math.hypot(d0 - d2 * omega * omega, d1 * omega);
    }

    @ParameterizedTest
    @ValueSource(ints = {44_100, 48_000, 96_000})
    void digitalResponseIsThePrototypeOnTheBentAxis(int rate) {
        Random random = new Random(1);
        for (int trial = 0; trial < 300; trial++) {
            double f0 = 20 * Math.pow(900, random.nextDouble());
            double f = 20 * Math.pow(1000, random.nextDouble());
            double q = 0.2 * Math.pow(50, random.nextDouble());
            double db = -24 + 48 * random.nextDouble();
            double a = Math.pow(10, db / 40);
            double o = Math.tan(Math.PI * f / rate) / Math.tan(Math.PI * f0 / rate);
            double rootA = Math.sqrt(a);

            double peak = analogue(o, 1, a / q, 1, 1, 1 / (a * q), 1);
            double low = a * analogue(o, 1, rootA / q, a, a, rootA / q, 1);
            double high = a * analogue(o, a, rootA / q, 1, 1, rootA / q, a);
            double notch = analogue(o, 1, 0, 1, 1, 1 / q, 1);
            double highpass = analogue(o, 1, 0, 0, 1, 1 / q, 1);
            double lowpass = analogue(o, 0, 0, 1, 1, 1 / q, 1);

            assertThat(BiquadDesign.peak(f0, db, q, rate).magnitude(f, rate)).isCloseTo(peak, within(1e-6 * peak));
            assertThat(BiquadDesign.lowShelf(f0, db, q, rate).magnitude(f, rate))
                    .isCloseTo(low, within(1e-6 * low));
            assertThat(BiquadDesign.highShelf(f0, db, q, rate).magnitude(f, rate))
                    .isCloseTo(high, within(1e-6 * high));
            assertThat(BiquadDesign.notch(f0, q, rate).magnitude(f, rate)).isCloseTo(notch, within(1e-6));
            assertThat(BiquadDesign.highpass(f0, q, rate).magnitude(f, rate)).isCloseTo(highpass, within(1e-6));
            assertThat(BiquadDesign.lowpass(f0, q, rate).magnitude(f, rate)).isCloseTo(lowpass, within(1e-6));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 8})
    void butterworthIsMaximallyFlat(int order) {
        int rate = 48_000;
        for (double cutoff : new double[] {30, 100, 1000, 8000}) {
            List<Biquad> high = BiquadDesign.butterworthHighpass(cutoff, order, rate);
            List<Biquad> low = BiquadDesign.butterworthLowpass(cutoff, order, rate);
            assertThat(db(high, cutoff, rate)).isCloseTo(Decibels.fromPower(0.5), within(1e-6));
            assertThat(db(low, cutoff, rate)).isCloseTo(Decibels.fromPower(0.5), within(1e-6));
            for (double f = 10; f < rate / 2.0; f *= 1.3) {
                double o = Math.tan(Math.PI * f / rate) / Math.tan(Math.PI * cutoff / rate);
                // |H|² = 1 / (1 + Ω^(2N)), and with 1/Ω for the highpass.
                assertThat(db(low, f, rate)).isCloseTo(-10 * Math.log10(1 + Math.pow(o, 2 * order)), within(1e-5));
                assertThat(db(high, f, rate)).isCloseTo(-10 * Math.log10(1 + Math.pow(o, -2 * order)), within(1e-5));
            }
        }
    }

    @Test
    void slopesAreWhatTheySay() {
        int rate = 192_000;
        for (int order : new int[] {1, 2, 4}) {
            List<Biquad> high = BiquadDesign.butterworthHighpass(2000, order, rate);
            List<Biquad> low = BiquadDesign.butterworthLowpass(200, order, rate);
            assertThat(db(high, 50, rate) - db(high, 25, rate)).isCloseTo(6.02 * order, within(0.02));
            assertThat(db(low, 4000, rate) - db(low, 8000, rate)).isCloseTo(6.02 * order, within(0.05 * order));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 6, 8})
    void linkwitzRileyIsTwoButterworthsAndSumsToAnAllpass(int order) {
        for (int rate : new int[] {44_100, 48_000, 96_000, 192_000}) {
            for (double cutoff : new double[] {10, 30, 250, 2500, 12_000, 24_000}) {
                List<Biquad> low = BiquadDesign.linkwitzRileyLowpass(cutoff, order, rate);
                List<Biquad> high = BiquadDesign.linkwitzRileyHighpass(cutoff, order, rate);
                List<Biquad> all = BiquadDesign.linkwitzRileyAllpass(cutoff, order, rate);
                double corner = Math.min(cutoff, 0.49 * rate);
                double sign = order % 4 == 0 ? 1 : -1;
                assertThat(low).hasSize(order / 2);
                assertThat(high).hasSize(order / 2);
                assertThat(db(low, corner, rate)).isCloseTo(20 * Math.log10(0.5), within(1e-6));
                assertThat(db(high, corner, rate)).isCloseTo(20 * Math.log10(0.5), within(1e-6));
                for (double f = 10; f < rate / 2.0; f *= 1.3) {
                    double o = Math.tan(Math.PI * f / rate) / Math.tan(Math.PI * corner / rate);
                    // Butterworth's |H|² of half the order is |H| of the whole.
                    assertThat(magnitude(low, f, rate)).isCloseTo(1 / (1 + Math.pow(o, order)), within(1e-6));
                    assertThat(magnitude(high, f, rate)).isCloseTo(1 / (1 + Math.pow(o, -order)), within(1e-6));
                    double[] sum = {
                        real(low, f, rate) + sign * real(high, f, rate),
                        imaginary(low, f, rate) + sign * imaginary(high, f, rate)
                    };
                    assertThat(Math.hypot(sum[0], sum[1])).isCloseTo(1, within(1e-6));
                    assertThat(sum[0]).isCloseTo(real(all, f, rate), within(1e-6));
                    assertThat(sum[1]).isCloseTo(imaginary(all, f, rate), within(1e-6));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-2, 0, 1, 3, 7})
    void linkwitzRileyIsOfEvenOrder(int order) {
        for (Executable design : List.<Executable>of(
                () -> BiquadDesign.linkwitzRileyLowpass(100, order, 48_000),
                () -> BiquadDesign.linkwitzRileyHighpass(100, order, 48_000),
                () -> BiquadDesign.linkwitzRileyAllpass(100, order, 48_000))) {
            assertThatThrownBy(design::execute)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("even, not " + order);
        }
    }

    @Test
    void anAllpassWithoutADirectPathIsStillOne() {
        // α = sin(π/2) / (2 · 0.5) = 1, and tan(π/4) = 1 within rounding: both are a plain delay.
        for (List<Biquad> delay : List.of(
                List.of(BiquadDesign.allpass(12_000, 0.5, 48_000)),
                List.of(BiquadDesign.firstOrderAllpass(12_000, 48_000)))) {
            int frames = delay.get(0).b2() == 0 ? 1 : 2;
            for (double f = 10; f < 24_000; f *= 1.5) {
                double w = 2 * Math.PI * f / 48_000;
                assertThat(real(delay, f, 48_000)).isCloseTo(Math.cos(frames * w), within(1e-12));
                assertThat(imaginary(delay, f, 48_000)).isCloseTo(-Math.sin(frames * w), within(1e-12));
            }
        }
    }

    @Test
    void phaseOfALowpassAtItsCutoffIsAQuarterTurnBack() {
        assertThat(BiquadDesign.lowpass(1000, 0.8, 48_000).phase(1000, 48_000)).isCloseTo(-Math.PI / 2, within(1e-9));
        assertThat(BiquadDesign.highpass(1000, 0.8, 48_000).phase(1000, 48_000)).isCloseTo(Math.PI / 2, within(1e-9));
        assertThat(BiquadDesign.firstOrderLowpass(1000, 48_000).phase(1000, 48_000))
                .isCloseTo(-Math.PI / 4, within(1e-9));
        assertThat(BiquadDesign.peak(1000, 6, 1, 48_000).phase(1000, 48_000)).isCloseTo(0, within(1e-9));
    }

    @Test
    void poleRadiusIsTheRootFarthestOut() {
        // z² − 1.8·z + 0.97: complex, radius √0.97. (z − 0.9)(z + 0.2): real.
        assertThat(new Biquad(1, 0, 0, -1.8, 0.97).poleRadius()).isCloseTo(Math.sqrt(0.97), within(1e-15));
        assertThat(new Biquad(1, 0, 0, -0.7, -0.18).poleRadius()).isCloseTo(0.9, within(1e-15));
        assertThat(new Biquad(1, 0, 0, 0.7, -0.18).poleRadius()).isCloseTo(0.9, within(1e-15));
    }

    @Test
    void frequenciesAboveTheBandWorkAtItsEdge() {
        int rate = 44_100;
        assertThat(BiquadDesign.lowpass(24_000, 1, rate)).isEqualTo(BiquadDesign.lowpass(0.49 * rate, 1, rate));
        assertThat(BiquadDesign.peak(30_000, 6, 1, 8000)).isEqualTo(BiquadDesign.peak(3920, 6, 1, 8000));
        assertThat(BiquadDesign.firstOrderHighpass(24_000, 8000).poleRadius()).isLessThan(1);
    }

    @Test
    void refusesCoefficientsThatAreNoFilter() {
        assertThatThrownBy(() -> new Biquad(0, 1, 0, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Biquad(1, Double.NaN, 0, 0, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    private static double db(List<Biquad> sections, double hz, int rate) {
        return Decibels.fromGain(magnitude(sections, hz, rate));
    }

    private static double magnitude(List<Biquad> sections, double hz, int rate) {
        double magnitude = 1;
        for (Biquad section : sections) {
            magnitude *= section.magnitude(hz, rate);
        }
        return magnitude;
    }

    private static double phase(List<Biquad> sections, double hz, int rate) {
        double phase = 0;
        for (Biquad section : sections) {
            phase += section.phase(hz, rate);
        }
        return phase;
    }

    private static double real(List<Biquad> sections, double hz, int rate) {
        return magnitude(sections, hz, rate) * Math.cos(phase(sections, hz, rate));
    }

    private static double imaginary(List<Biquad> sections, double hz, int rate) {
        return magnitude(sections, hz, rate) * Math.sin(phase(sections, hz, rate));
    }
}
