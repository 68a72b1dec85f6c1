package io.mixgraph.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TruePeakTest {
    private static double highest(int rate, double[] x) {
        TruePeak meter = new TruePeak(rate);
        double highest = 0.0;
        for (int from = 0; from < x.length; from += TruePeak.WINDOW) {
            int n = Math.min(TruePeak.WINDOW, x.length - from);
            highest = Math.max(highest, meter.highest(x, from, n, highest));
        }
        return highest;
    }

    /** A steady sine, its phase turning through all values, is read within the ripple and a 16-fold grid. */
    @ParameterizedTest
    @CsvSource({
        "48000, 0.01",
        "48000, 0.1",
        "48000, 0.2501",
        "48000, 0.33",
        "48000, 0.4",
        "48000, 0.45",
        "44100, 0.45",
        "96000, 0.2",
        "96000, 0.4501",
        "192000, 0.4",
        "8000, 0.45"
    })
    void sinesAreRead(int rate, double cyclesPerFrame) {
        double[] x = new double[20_000];
        for (int i = 0; i < x.length; i++) {
            double fade = Math.min(1.0, Math.min(i, x.length - i) / 2000.0);
            x[i] = fade * Math.sin(2.0 * Math.PI * (cyclesPerFrame * i % 1.0) + 0.3);
        }
        assertThat(20.0 * Math.log10(highest(rate, x))).isCloseTo(0.0, within(0.035));
    }

    /** Against a plain interpolation of every point of the fine grid by an independent, four times longer sinc. */
    @ParameterizedTest
    @ValueSource(ints = {44_100, 88_200})
    void noiseIsReadAsByASixteenFoldMeter(int rate) {
        Random random = new Random(rate);
        double[] x = new double[2_000];
        for (int partial = 0; partial < 60; partial++) {
            double w = 2.0 * Math.PI * 0.45 * random.nextDouble();
            double phase = 2.0 * Math.PI * random.nextDouble();
            for (int i = 0; i < x.length; i++) {
                x[i] += Math.min(1.0, Math.min(i, x.length - i) / 200.0) * Math.sin(w * i + phase);
            }
        }
        double wanted = 0.0;
        for (int i = 0; i < x.length; i++) {
            for (int q = 0; q < 16; q++) {
                double sum = 0.0;
                for (int k = Math.max(0, i - 72); k < Math.min(x.length, i + 72); k++) {
                    double t = i + q / 16.0 - k;
                    double window = 0.5 + 0.5 * Math.cos(Math.PI * t / 73.0);
                    sum += x[k] * window * (t == 0.0 ? 1.0 : Math.sin(Math.PI * t) / (Math.PI * t));
                }
                wanted = Math.max(wanted, Math.abs(sum));
            }
        }
        assertThat(20.0 * Math.log10(highest(rate, x) / wanted)).isCloseTo(0.0, within(0.05));
    }

    /** Whatever the short filter makes of it, the search finds what every point of the long one's grid would show. */
    @ParameterizedTest
    @ValueSource(ints = {22_050, 48_000, 96_000})
    void nothingOnTheFineGridIsMissed(int rate) {
        TruePeakDesign design = TruePeakDesign.of(rate);
        Random random = new Random(rate);
        for (int trial = 0; trial < 20; trial++) {
            double[] x = new double[1_500];
            double low = 0.0;
            for (int i = 200; i < x.length - 200; i++) {
                double white = random.nextGaussian();
                low = 0.9 * low + white;
                x[i] = Math.max(-1.0, Math.min(1.0, 0.3 * low + 0.1 * trial * white));
            }
            double wanted = 0.0;
            for (int i = 100; i < x.length - 100; i++) {
                for (double[] branch : design.branches) {
                    double sum = 0.0;
                    for (int k = 0; k < TruePeakDesign.TAPS; k++) {
                        sum += branch[k] * x[i + k - TruePeakDesign.TAPS / 2 + 1];
                    }
                    wanted = Math.max(wanted, Math.abs(sum));
                }
            }
            assertThat(highest(rate, x)).isCloseTo(wanted, within(1e-9));
        }
    }

    @Test
    void aConstantIsReadExactly() {
        double[] x = new double[1_000];
        Arrays.fill(x, 0.7);
        TruePeak meter = new TruePeak(48_000);
        for (int i = 0; i < 500; i += 50) {
            meter.highest(x, i, 50, 0.0);
        }
        assertThat(meter.highest(x, 500, 50, 0.0)).isCloseTo(0.7, within(1e-12));
        assertThat(meter.samplePeak()).isEqualTo(0.7);
    }

    /** What exceeds the value of interest does not depend on the cuts. */
    @Test
    void theEnvelopeDoesNotDependOnCuts() {
        Random random = new Random(7);
        double[] x = new double[8_000];
        for (int i = 0; i < x.length; i++) {
            x[i] = random.nextGaussian() * (i / 500 % 3 == 0 ? 0.1 : 1.0);
        }
        double interest = 1.5;
        double[] whole = envelope(x, 64, interest);
        int over = 0;
        for (int size : new int[] {1, 7, 33}) {
            double[] cut = envelope(x, size, interest);
            for (int i = 0; i < x.length; i++) {
                if (whole[i] > interest || cut[i] > interest) {
                    over++;
                    assertThat(cut[i]).isEqualTo(whole[i]);
                }
            }
        }
        assertThat(over).isGreaterThan(1_000);
    }

    private static double[] envelope(double[] x, int size, double interest) {
        TruePeak meter = new TruePeak(48_000);
        double[] envelope = new double[x.length];
        double[] part = new double[size];
        for (int from = 0; from < x.length; from += size) {
            int n = Math.min(size, x.length - from);
            Arrays.fill(part, 0.0);
            meter.envelope(x, from, n, interest, part);
            System.arraycopy(part, 0, envelope, from, n);
        }
        return envelope;
    }
}
