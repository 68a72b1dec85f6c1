package io.mixgraph.dsp;

import static org.assertj.core.api.Assertions.assertThat;

import io.mixgraph.audio.Decibels;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResamplerDesignTest {
    @ParameterizedTest
    @CsvSource({"44100,48000", "48000,44100", "96000,48000", "8000,192000", "192000,44100", "11025,48000", "47999,48000"
    })
    void flatToTheEndOfThePassbandAndSilentFromTheLowerNyquistOn(int from, int to) {
        ResamplerDesign design = ResamplerDesign.between(from, to);
        double nyquist = Math.min(from, to) / 2.0;
        for (int i = 0; i <= 8; i++) {
            double hz = ResamplerDesign.PASSBAND * nyquist * i / 8;
            assertThat(Math.abs(Decibels.fromGain(design.response(hz))))
                    .as("%.1f Hz", hz)
                    .isLessThan(0.001);
        }
        for (double part : new double[] {1.0, 1.004, 1.013, 1.05, 1.3, 1.7, 1.999}) {
            double level = Decibels.fromGain(Math.abs(design.response(part * nyquist)));
            assertThat(level).as("%.3f of Nyquist", part).isLessThan(-109.0);
        }
    }

    @ParameterizedTest
    @CsvSource({"44100,48000", "48000,44100", "47999,48000"})
    void phasesMirrorEachOther(int from, int to) {
        double[][] table = ResamplerDesign.between(from, to).table();
        for (int row = 0; row < table.length; row++) {
            for (int k = 0; k < table[row].length; k++) {
                assertThat(table[table.length - 1 - row][table[row].length - 1 - k])
                        .isEqualTo(table[row][k]);
            }
        }
    }
}
