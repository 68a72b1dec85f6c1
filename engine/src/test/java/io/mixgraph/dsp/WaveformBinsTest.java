package io.mixgraph.dsp;

import static org.assertj.core.api.Assertions.assertThat;

import io.mixgraph.audio.AudioBlock;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaveformBinsTest {
    @ParameterizedTest
    @CsvSource({"1, 10, 1", "9, 10, 4", "10, 10, 3", "1003, 10, 7", "1003, 10, 2000", "5000, 2000, 64"})
    void eachBinHasTheExtremesOfItsFrames(int frames, int most, int block) {
        SplittableRandom random = new SplittableRandom(frames);
        AudioBlock signal = new AudioBlock(2, frames);
        for (int c = 0; c < 2; c++) {
            for (int i = 0; i < frames; i++) {
                signal.channel(c)[i] = random.nextDouble() * 2 - 1;
            }
        }
        WaveformBins bins = new WaveformBins(frames, most);
        AudioBlock part = new AudioBlock(2, block);
        for (int at = 0; at < frames; at += block) {
            int run = Math.min(block, frames - at);
            for (int c = 0; c < 2; c++) {
                System.arraycopy(signal.channel(c), at, part.channel(c), 0, run);
            }
            bins.process(part, run);
        }
        int count = Math.min(frames, most);
        assertThat(bins.low()).hasSize(count);
        for (int bin = 0; bin < count; bin++) {
            double low = 0;
            double high = 0;
            for (int i = (int) ((long) bin * frames / count); i < (int) ((bin + 1L) * frames / count); i++) {
                for (int c = 0; c < 2; c++) {
                    low = Math.min(low, signal.channel(c)[i]);
                    high = Math.max(high, signal.channel(c)[i]);
                }
            }
            assertThat(bins.low().get(bin)).isEqualTo(low);
            assertThat(bins.high().get(bin)).isEqualTo(high);
        }
    }
}
