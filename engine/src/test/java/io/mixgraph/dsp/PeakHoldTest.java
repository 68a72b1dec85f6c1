package io.mixgraph.dsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeakHoldTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 64, 1200})
    void isTheLargestOfTheWindowHoweverBlocksAreCut(int window) {
        Random random = new Random(6);
        double[] x = random.doubles(5000).map(v -> v * v * v).toArray();
        PeakHold hold = new PeakHold(window);
        for (int round = 0; round < 2; round++) {
            double[] y = new double[x.length];
            for (int from = 0; from < x.length; ) {
                int frames = Math.min(x.length - from, 1 + random.nextInt(100));
                double[] part = new double[frames];
                System.arraycopy(x, from, part, 0, frames);
                hold.process(part, frames);
                System.arraycopy(part, 0, y, from, frames);
                from += frames;
            }
            for (int i = 0; i < x.length; i++) {
                double expected = 0;
                for (int j = Math.max(0, i - window + 1); j <= i; j++) {
                    expected = Math.max(expected, x[j]);
                }
                assertThat(y[i]).isEqualTo(expected);
            }
            hold.reset();
        }
    }
}
