package io.mixgraph.loudness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mixgraph.audio.ChannelLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KWeightingTest {
    private static double response(double[] b, double hz, int rate) {
        double w = 2.0 * Math.PI * hz / rate;
        double numerator = Math.hypot(
                b[0] + b[1] * Math.cos(w) + b[2] * Math.cos(2 * w), b[1] * Math.sin(w) + b[2] * Math.sin(2 * w));
        double denominator = Math.hypot(
                1 + b[3] * Math.cos(w) + b[4] * Math.cos(2 * w), b[3] * Math.sin(w) + b[4] * Math.sin(2 * w));
        return 20.0 * Math.log10(numerator / denominator);
    }

    @Test
    void at48kHzItIsTheTable() {
        assertThat(KWeighting.shelf(48_000))
                .containsExactly(
                        1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241, 0.73248077421585);
        assertThat(KWeighting.highPass(48_000)).containsExactly(1.0, -2.0, 1.0, -1.99004745483398, 0.99007225036621);
    }

    /** A design that was computed anew one frame per second beside the table must agree with it almost exactly. */
    @Test
    void theDesignMeetsTheTable() {
        assertThat(KWeighting.shelf(48_001)).containsExactly(KWeighting.shelf(48_000), within(1e-3));
        assertThat(KWeighting.highPass(48_001)).containsExactly(KWeighting.highPass(48_000), within(1e-6));
    }

    @ParameterizedTest
    @ValueSource(ints = {8_000, 16_000, 32_000, 44_100, 88_200, 96_000, 192_000})
    void otherRatesHaveTheSameResponse(int rate) {
        for (double hz : new double[] {20, 38, 100, 500, 1000, 1700, 3000, 6000, 10_000}) {
            double wanted =
                    response(KWeighting.shelf(48_000), hz, 48_000) + response(KWeighting.highPass(48_000), hz, 48_000);
            if (hz < rate / 10.0) {
                double got = response(KWeighting.shelf(rate), hz, rate) + response(KWeighting.highPass(rate), hz, rate);
                assertThat(got).as("%.0f Hz at %d", hz, rate).isCloseTo(wanted, within(0.1));
            }
        }
    }

    @Test
    void weightsFollowTheLoudspeakers() {
        assertThat(KWeighting.channelWeights(ChannelLayout.MONO)).containsExactly(1.0);
        assertThat(KWeighting.channelWeights(ChannelLayout.ofCount(5))).containsExactly(1.0, 1.0, 1.0, 1.41, 1.41);
        assertThat(KWeighting.channelWeights(ChannelLayout.ofMask(0x3F, 6)))
                .containsExactly(1.0, 1.0, 1.0, 0.0, 1.41, 1.41);
        assertThat(KWeighting.channelWeights(ChannelLayout.ofMask(0x63F, 8)))
                .containsExactly(1.0, 1.0, 1.0, 0.0, 1.0, 1.0, 1.41, 1.41);
    }

    @Test
    void tooLowARateIsRefused() {
        assertThatThrownBy(() -> KWeighting.shelf(4_000)).hasMessageContaining("8000 or more, not 4000");
    }
}
