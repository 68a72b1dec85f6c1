package io.mixgraph.loudness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.ChannelLayout;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoudnessMeterTest {
    private static final double NONE = Double.NEGATIVE_INFINITY;

    private static LoudnessMeter measured(int rate, double[][] signal, int blockFrames) {
        LoudnessMeter meter = LoudnessMeter.withHopPeaks(new AudioFormat(rate, ChannelLayout.ofCount(signal.length)));
        AudioBlock block = new AudioBlock(signal.length, blockFrames);
        for (int from = 0; from < signal[0].length; from += blockFrames) {
            int n = Math.min(blockFrames, signal[0].length - from);
            for (int c = 0; c < signal.length; c++) {
                System.arraycopy(signal[c], from, block.channel(c), 0, n);
            }
            meter.process(block, n);
        }
        return meter;
    }

    private static double[][] noise(long seed, int channels, int frames) {
        Random random = new Random(seed);
        double[][] x = new double[channels][frames];
        for (int i = 0; i < frames; i++) {
            double level = 0.05 + 0.4 * Math.abs(Math.sin(i * 1e-4));
            for (int c = 0; c < channels; c++) {
                x[c][i] = level * random.nextGaussian();
            }
        }
        return x;
    }

    @Test
    void silenceHasNoLevel() {
        Loudness loudness = measured(48_000, new double[2][100_000], 1024).result();
        assertThat(loudness).isEqualTo(new Loudness(NONE, 0.0, NONE, NONE, NONE, NONE, NONE));
    }

    @Test
    void nothingHasNoLevel() {
        LoudnessMeter meter = LoudnessMeter.withHopPeaks(new AudioFormat(44_100, ChannelLayout.STEREO));
        assertThat(meter.result()).isEqualTo(new Loudness(NONE, 0.0, NONE, NONE, NONE, NONE, NONE));
        assertThat(meter.hopPeaks()).isEmpty();
    }

    @Test
    void oneSampleHasOnlyPeaks() {
        LoudnessMeter meter = measured(48_000, new double[][] {{0.5}, {-1.0}}, 1);
        assertThat(meter.result()).isEqualTo(new Loudness(NONE, 0.0, 0.0, 0.0, NONE, NONE, NONE));
        assertThat(meter.hopCount()).isZero();
        assertThat(meter.hopPeaks()).containsExactly(1.0);
    }

    @Test
    void oneFrameShortOfABlockIsUndefined() {
        assertThat(measured(48_000, noise(1, 2, 19_199), 512).result().integratedLufs())
                .isEqualTo(NONE);
        Loudness whole = measured(48_000, noise(1, 2, 19_200), 512).result();
        assertThat(whole.integratedLufs()).isFinite();
        assertThat(whole.maxMomentaryLufs()).isCloseTo(whole.integratedLufs(), within(1e-9));
        assertThat(whole.maxShortTermLufs()).isEqualTo(NONE);
        assertThat(whole.thresholdLufs()).isCloseTo(whole.integratedLufs() - 10.0, within(1e-9));
    }

    @Test
    void belowTheAbsoluteGateThereIsNoLoudness() {
        double[][] x = noise(2, 1, 48_000);
        for (int i = 0; i < x[0].length; i++) {
            x[0][i] *= 1e-4;
        }
        Loudness loudness = measured(48_000, x, 480).result();
        assertThat(loudness.integratedLufs()).isEqualTo(NONE);
        assertThat(loudness.maxMomentaryLufs()).isBetween(-110.0, -70.0);
    }

    @ParameterizedTest
    @ValueSource(ints = {8_000, 11_025, 44_100, 48_000, 96_000})
    void blocksDoNotMatter(int rate) {
        double[][] x = noise(rate, 3, rate * 4 + 17);
        LoudnessMeter whole = measured(rate, x, x[0].length);
        Loudness result = whole.result();
        for (int blockFrames : new int[] {1, 7, 64, 513, 4096}) {
            LoudnessMeter cut = measured(rate, x, blockFrames);
            assertThat(cut.result()).isEqualTo(result);
            assertThat(cut.hopEnergies()).containsExactly(whole.hopEnergies());
            assertThat(cut.hopPeaks()).containsExactly(whole.hopPeaks());
        }
        assertThat(whole.hopCount()).isEqualTo(40);
        assertThat(whole.hopPeaks()).hasSize(41);
        assertThat(whole.hopStart(40)).isEqualTo(4L * rate);
    }

    @Test
    void aHopHasItsOwnPeak() {
        double[][] x = new double[1][48_000];
        x[0][4_800] = 0.5;
        x[0][14_399] = -0.75;
        LoudnessMeter meter = measured(48_000, x, 1000);
        assertThat(meter.result().truePeakDbtp()).isCloseTo(20.0 * Math.log10(0.75), within(1e-12));
        double[] peaks = meter.hopPeaks();
        assertThat(peaks[1]).isEqualTo(0.5);
        assertThat(peaks[2]).isEqualTo(0.75);
        assertThat(peaks[4]).isZero();
    }

    @Test
    void gainMovesEveryLevelAlike() {
        double[][] x = noise(5, 2, 48_000 * 5);
        Loudness plain = measured(48_000, x, 960).result();
        for (double[] channel : x) {
            for (int i = 0; i < channel.length; i++) {
                channel[i] *= 0.5;
            }
        }
        Loudness halved = measured(48_000, x, 960).result();
        double db = 20.0 * Math.log10(0.5);
        assertThat(halved.integratedLufs()).isCloseTo(plain.integratedLufs() + db, within(1e-9));
        assertThat(halved.truePeakDbtp()).isCloseTo(plain.truePeakDbtp() + db, within(1e-9));
        assertThat(halved.loudnessRangeLu()).isCloseTo(plain.loudnessRangeLu(), within(1e-9));
    }

    @Test
    void anEndedMeasurementTakesNoMore() {
        LoudnessMeter meter = measured(48_000, new double[1][10], 10);
        assertThat(meter.result()).isEqualTo(meter.result());
        assertThatThrownBy(() -> meter.process(new AudioBlock(1, 1), 1)).isInstanceOf(IllegalStateException.class);
    }
}
