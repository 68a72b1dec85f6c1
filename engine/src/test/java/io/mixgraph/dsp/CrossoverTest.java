package io.mixgraph.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.testing.Crossovers;
import io.mixgraph.testing.Tones;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CrossoverTest {
    static Stream<Arguments> crossovers() {
        return Stream.of(
                Arguments.of(48_000, new double[] {1000}),
                Arguments.of(44_100, new double[] {20}),
                Arguments.of(192_000, new double[] {20, 20_000}),
                Arguments.of(48_000, new double[] {120, 2500, 2600}),
                Arguments.of(44_100, new double[] {80, 500, 3000, 12_000}),
                Arguments.of(96_000, new double[] {200, 400, 800, 1600}));
    }

    @ParameterizedTest
    @MethodSource("crossovers")
    void atUnityItIsTheProductOfTheAllpasses(int rate, double[] hz) {
        double[] x = Tones.impulse(rate / 2);
        double[] expected = Crossovers.throughAllpasses(x, rate, hz);
        double[] y = applied(x, hz, rate, -1);
        double worst = 0;
        for (int i = 0; i < x.length; i++) {
            worst = Math.max(worst, Math.abs(y[i] - expected[i]));
        }
        assertThat(worst).isLessThan(1e-11);
    }

    @ParameterizedTest
    @MethodSource("crossovers")
    void bandsAreSquaredButterworthFilters(int rate, double[] hz) {
        AudioBlock x = block(Tones.impulse(2 * rate));
        AudioBlock[] bands = new AudioBlock[hz.length + 1];
        Arrays.setAll(bands, b -> new AudioBlock(1, 2 * rate));
        new Crossover(hz, rate, 1).split(x, bands, 2 * rate);
        for (double at = 10; at < rate / 2.0; at *= 1.3) {
            for (int b = 0; b < bands.length; b++) {
                double expected = b < hz.length ? Crossovers.lowpass(at, hz[b], rate) : 1;
                for (int k = 0; k < b; k++) {
                    expected *= Crossovers.highpass(at, hz[k], rate);
                }
                assertThat(Tones.magnitude(bands[b].channel(0), at, rate)).isCloseTo(expected, within(1e-11));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("crossovers")
    void eachBandIsTheSectionsOfItsDesign(int rate, double[] hz) {
        double[] x = Tones.impulse(rate / 2);
        for (int b = 0; b <= hz.length; b++) {
            AudioBlock expected = block(x);
            new BiquadCascade(CrossoverDesign.band(hz, b, rate), 1).process(expected, x.length);
            double[] y = applied(x, hz, rate, b);
            for (int i = 0; i < x.length; i++) {
                assertThat(y[i]).isCloseTo(expected.channel(0)[i], within(1e-11));
            }
        }
    }

    /** A gain moves before the allpasses of the crossovers above: they are linear, so it is the band times the gain. */
    @Test
    void gainsAreAppliedWhereTheBandsAreSplitOff() {
        int rate = 48_000;
        double[] hz = {300, 3000};
        double[] x = new Random(1).doubles(4800, -1, 1).toArray();
        double[][] gains = new double[3][];
        Random random = new Random(2);
        Arrays.setAll(gains, b -> random.doubles(4800, 0.1, 4).toArray());
        AudioBlock y = block(x);
        new Crossover(hz, rate, 1).apply(y, gains, 4800);

        AudioBlock[] bands = new AudioBlock[3];
        Arrays.setAll(bands, b -> block(x));
        new BiquadCascade(CrossoverDesign.lowpass(300, rate), 1).process(bands[0], 4800);
        Mixing.multiply(bands[0].channel(0), gains[0], 4800);
        new BiquadCascade(List.of(CrossoverDesign.allpass(3000, rate)), 1).process(bands[0], 4800);
        new BiquadCascade(CrossoverDesign.band(hz, 1, rate), 1).process(bands[1], 4800);
        new BiquadCascade(CrossoverDesign.band(hz, 2, rate), 1).process(bands[2], 4800);
        for (int i = 0; i < 4800; i++) {
            double expected = bands[0].channel(0)[i]
                    + gains[1][i] * bands[1].channel(0)[i]
                    + gains[2][i] * bands[2].channel(0)[i];
            assertThat(y.channel(0)[i]).isCloseTo(expected, within(1e-11));
        }
    }

    @Test
    void channelsAreFilteredAlikeAndApart() {
        double[] hz = {200, 1000, 6000};
        Random random = new Random(7);
        double[][] gains = new double[4][];
        Arrays.setAll(gains, b -> random.doubles(1000, 0, 2).toArray());
        double[][] x = {
            random.doubles(1000, -1, 1).toArray(), random.doubles(1000, -1, 1).toArray()
        };
        AudioBlock both = new AudioBlock(2, 1000);
        AudioBlock[] split = new AudioBlock[4];
        Arrays.setAll(split, b -> new AudioBlock(2, 1000));
        for (int c = 0; c < 2; c++) {
            System.arraycopy(x[c], 0, both.channel(c), 0, 1000);
        }
        new Crossover(hz, 48_000, 2).split(both, split, 1000);
        new Crossover(hz, 48_000, 2).apply(both, gains, 1000);
        for (int c = 0; c < 2; c++) {
            AudioBlock alone = block(x[c]);
            AudioBlock[] parts = new AudioBlock[4];
            Arrays.setAll(parts, b -> new AudioBlock(1, 1000));
            new Crossover(hz, 48_000, 1).split(alone, parts, 1000);
            new Crossover(hz, 48_000, 1).apply(alone, gains, 1000);
            assertThat(both.channel(c)).isEqualTo(alone.channel(0));
            for (int b = 0; b < 4; b++) {
                assertThat(split[b].channel(c)).isEqualTo(parts[b].channel(0));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("crossovers")
    void silenceBecomesExactSilenceAndNeverSubnormal(int rate, double[] hz) {
        double[] x = new double[rate * 4];
        System.arraycopy(new Random(3).doubles(1000, -1, 1).toArray(), 0, x, 0, 1000);
        double[] y = applied(x, hz, rate, -1);
        for (double v : y) {
            assertThat(v == 0 || Math.abs(v) > 1e-200).isTrue();
        }
        assertThat(y[y.length - 1]).isZero();
    }

    /** Under one gain of 1 for a band and 0 for the others; all 1 for band −1. */
    private static double[] applied(double[] x, double[] hz, int rate, int band) {
        double[][] gains = new double[hz.length + 1][];
        Arrays.setAll(gains, b -> Tones.constant(band < 0 || b == band ? 1 : 0, x.length));
        AudioBlock block = block(x);
        new Crossover(hz, rate, 1).apply(block, gains, x.length);
        return block.channel(0);
    }

    private static AudioBlock block(double[] x) {
        AudioBlock block = new AudioBlock(1, x.length);
        System.arraycopy(x, 0, block.channel(0), 0, x.length);
        return block;
    }
}
