package io.mixgraph.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AbsorptionDesignTest {
    @ParameterizedTest
    @CsvSource({
        "0.9,0.8,5000,0.7,48000",
        "0.5,0.1,200,0.01,44100",
        "0.999,0.9989999,3000,0.9989998,96000",
        "1e-5,1e-6,11025,1e-7,44100",
        "0.2,0.3,1000,0.9,48000",
        "0.7,0.7,1000,0.7,48000"
    })
    void theThreeGainsAreMet(double low, double middle, double hz, double high, int rate) {
        Biquad section = AbsorptionDesign.through(low, middle, hz, high, rate);
        assertThat(section.magnitude(0, rate)).isCloseTo(low, within(1e-12 * low));
        assertThat(section.magnitude(hz, rate)).isCloseTo(middle, within(1e-9 * middle));
        assertThat(section.magnitude(rate / 2.0, rate)).isCloseTo(high, within(1e-9 * high));
        assertThat(section.poleRadius()).isLessThan(1);
        // It never leaves the range from low to high, and only rises or only falls.
        double last = low;
        for (double f = 10; f < rate / 2.0; f *= 1.1) {
            double gain = section.magnitude(f, rate);
            assertThat(Math.signum(gain - last) * Math.signum(high - low)).isGreaterThanOrEqualTo(low == high ? -1 : 0);
            last = gain;
        }
    }

    @Test
    void equalGainsAreAPlainGain() {
        assertThat(AbsorptionDesign.through(0.6, 0.6, 1000, 0.6, 48_000)).isEqualTo(new Biquad(0.6, 0, 0, 0, 0));
    }
}
