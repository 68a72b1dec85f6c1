package io.mixgraph.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeedbackDelayNetworkTest {
    private static final int[] DELAYS = {67, 71, 79, 89, 97, 101, 113, 127, 139, 151, 167, 181, 199, 223, 241, 263};

    private static FeedbackDelayNetwork network(double loss) {
        return new FeedbackDelayNetwork(
                DELAYS,
                new int[] {67, 83},
                new int[] {73, 79},
                Collections.nCopies(FeedbackDelayNetwork.LINES, new Biquad(loss, 0, 0, 0, 0)));
    }

    /** Without absorption energy neither grows nor falls: the mixing matrix is orthogonal. */
    @Test
    void theMixingIsLossless() {
        FeedbackDelayNetwork network = network(1);
        int second = 100_000;
        double[] energy = new double[20];
        for (int i = 0; i < energy.length; i++) {
            double[] left = new double[second];
            double[] right = new double[second];
            left[0] = i == 0 ? 1 : 0;
            network.process(left, right, second);
            for (int k = 0; k < second; k++) {
                energy[i] += left[k] * left[k] + right[k] * right[k];
            }
        }
        // 16 lines get 1 each; of all frames in the lines 16 are heard at a time, a quarter as high.
        double expected = 16.0 * second * 16 / 16 / Arrays.stream(DELAYS).sum();
        for (int i = 1; i < energy.length; i++) {
            assertThat(10 * Math.log10(energy[i] / expected)).isCloseTo(0, within(1.0));
            assertThat(energy[i]).isCloseTo(energy[1], within(0.03 * energy[1]));
        }
    }

    /** All lines losing g per frame, energy falls as g^2n, whatever the lengths. */
    @ParameterizedTest
    @ValueSource(doubles = {0.9995, 0.999})
    void absorptionInProportionToLengthIsOneDecay(double g) {
        double[] lossless = run(network(1));
        List<Biquad> absorption = Arrays.stream(DELAYS)
                .mapToObj(m -> new Biquad(StrictMath.pow(g, m), 0, 0, 0, 0))
                .toList();
        double[] decaying = run(new FeedbackDelayNetwork(DELAYS, new int[] {67, 83}, new int[] {73, 79}, absorption));
        // The response is exactly the lossless one times g^n, the allpasses' ringing apart, which is over here.
        double[] a = energies(lossless, 2000);
        double[] b = energies(decaying, 2000);
        for (int i = 2; i < 6; i++) {
            double expected = StrictMath.pow(g, 2 * 2000);
            assertThat((b[i + 1] / b[i]) / (a[i + 1] / a[i])).isCloseTo(expected, within(0.1 * expected));
        }
    }

    private static double[] run(FeedbackDelayNetwork network) {
        double[] left = new double[20_000];
        double[] right = new double[20_000];
        left[0] = 1;
        network.process(left, right, left.length);
        return left;
    }

    private static double[] energies(double[] x, int frames) {
        double[] energy = new double[x.length / frames];
        for (int i = 0; i < energy.length * frames; i++) {
            energy[i / frames] += x[i] * x[i];
        }
        return energy;
    }

    @Test
    void afterASoundItComesToRestExactly() {
        FeedbackDelayNetwork network = network(0.9);
        Random random = new Random(1);
        double[] left = new double[200_000];
        double[] right = new double[200_000];
        for (int i = 0; i < 5000; i++) {
            left[i] = random.nextDouble() - 0.5;
            right[i] = random.nextDouble() - 0.5;
        }
        network.process(left, right, left.length);
        for (int i = 190_000; i < left.length; i++) {
            assertThat(left[i]).isZero();
            assertThat(right[i]).isZero();
        }
    }

    @Test
    void anotherNumberOfLinesIsRefused() {
        assertThatThrownBy(() -> new FeedbackDelayNetwork(new int[8], new int[] {1}, new int[] {1}, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
