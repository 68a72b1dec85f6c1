package io.mixgraph.fx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.ChannelLayout;
import io.mixgraph.dsp.DelayLine;
import io.mixgraph.dsp.TruePeak;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LimiterTest {
    private static final int RATE = 48_000;

    /** The signal through detector, delay and applicator, in blocks; the look-ahead cut off, so that frames line up. */
    private static double[][] limited(Limiter limiter, int rate, double[][] x, int blockFrames) {
        AudioFormat format = new AudioFormat(rate, ChannelLayout.ofCount(x.length));
        Detector detector = limiter.newDetector(format);
        assertThat(detector).isNotNull();
        Applicator applicator = limiter.newApplicator(format);
        int lookahead = limiter.lookaheadFrames(rate);
        DelayLine delay = new DelayLine(x.length, lookahead);
        AudioBlock block = new AudioBlock(x.length, blockFrames);
        double[][] curves = new double[1][blockFrames];
        double[][] y = new double[x.length][x[0].length];
        int total = x[0].length + lookahead;
        for (int from = 0; from < total; from += blockFrames) {
            int n = Math.min(blockFrames, total - from);
            block.clear(n);
            for (int c = 0; c < x.length; c++) {
                int have = Math.max(0, Math.min(n, x[c].length - from));
                System.arraycopy(x[c], Math.min(from, x[c].length), block.channel(c), 0, have);
            }
            detector.detect(block, n, curves);
            delay.process(block, n);
            applicator.apply(block, n, curves);
            for (int c = 0; c < x.length; c++) {
                for (int i = Math.max(0, lookahead - from); i < n; i++) {
                    y[c][from + i - lookahead] = block.channel(c)[i];
                }
            }
        }
        return y;
    }

    private static double ownPeak(int rate, double[] x) {
        TruePeak meter = new TruePeak(rate);
        double[] padded = Arrays.copyOf(x, x.length + TruePeak.DELAY_FRAMES);
        double highest = 0.0;
        for (int from = 0; from < padded.length; from += TruePeak.WINDOW) {
            int n = Math.min(TruePeak.WINDOW, padded.length - from);
            highest = Math.max(highest, meter.highest(padded, from, n, highest));
        }
        return highest;
    }

    /** A 16-fold meter of another make: a Hann-windowed sinc over 128 frames, at every point. */
    private static double otherPeak(double[] x) {
        double[][] branch = new double[16][128];
        for (int q = 0; q < 16; q++) {
            for (int k = 0; k < 128; k++) {
                double t = k - 63 - q / 16.0;
                double sinc = t == 0.0 ? 1.0 : Math.sin(Math.PI * t) / (Math.PI * t);
                branch[q][k] = sinc * (0.5 + 0.5 * Math.cos(Math.PI * t / 65.0));
            }
        }
        double[] padded = new double[x.length + 128];
        System.arraycopy(x, 0, padded, 64, x.length);
        double highest = 0.0;
        for (int i = 0; i + 128 <= padded.length; i++) {
            for (int q = 0; q < 16; q++) {
                double sum = 0.0;
                for (int k = 0; k < 128; k++) {
                    sum += branch[q][k] * padded[i + k];
                }
                highest = Math.max(highest, Math.abs(sum));
            }
        }
        return highest;
    }

    private static double db(double gain) {
        return 20.0 * Math.log10(gain);
    }

    private static double[] signal(int frames, IntToDoubleFunction value) {
        double[] x = new double[frames];
        for (int i = 0; i < frames; i++) {
            x[i] = value.applyAsDouble(i);
        }
        return x;
    }

    /** Loud music in one line: noise of all colours that comes and goes. */
    private static double[] noise(long seed, int frames, double level) {
        Random random = new Random(seed);
        double[] state = new double[2];
        return signal(frames, i -> {
            double white = random.nextGaussian();
            state[0] = 0.98 * state[0] + 0.1 * white;
            state[1] = 0.8 * state[1] + 0.1 * white;
            return level * (0.2 + Math.abs(Math.sin(i * 1.3e-4))) * (state[0] + state[1] + 0.05 * white);
        });
    }

    private static Map<String, double[]> nastySignals() {
        int n = RATE / 2;
        Map<String, double[]> signals = new LinkedHashMap<>();
        signals.put("a quarter of the rate at 45 degrees", signal(n, i -> 1.4 * Math.sin(Math.PI * (0.5 * i + 0.25))));
        signals.put("0.45 of the rate", signal(n, i -> 1.2 * Math.sin(2.0 * Math.PI * 0.45 * i)));
        signals.put(
                "0.45 of the rate in bursts", signal(n, i -> i / 997 % 2 * 2.0 * Math.sin(2.0 * Math.PI * 0.45 * i)));
        signals.put("clicks", signal(n, i -> i % 1_234 == 7 ? (i % 2 == 0 ? 3.0 : -1.1) : 0.0));
        signals.put("double clicks", signal(n, i -> i % 2_345 < 2 ? 1.5 : 0.0));
        signals.put("a square wave of 440 Hz", signal(n, i -> i * 440 / RATE % 2 == 0 ? 1.0 : -1.0));
        signals.put("a square wave of 5 kHz", signal(n, i -> i * 5_000 / RATE % 2 == 0 ? 1.0 : -1.0));
        signals.put("full-scale 20 Hz", signal(n, i -> Math.sin(2.0 * Math.PI * 20.0 * i / RATE)));
        signals.put("loud noise", noise(11, n, 1.0));
        Random random = new Random(12);
        signals.put("white noise 40 dB over", signal(n, i -> 100.0 * random.nextGaussian()));
        Random other = new Random(13);
        signals.put("white noise a little over", signal(n, i -> 0.4 * other.nextGaussian()));
        signals.put("a sweep", signal(n, i -> 1.3 * Math.sin(Math.PI * 0.49 * i * (double) i / n)));
        return signals;
    }

    /** Our own meter, on the rounded output too, is never above the ceiling; another is at most 0.1 dB above. */
    @ParameterizedTest
    @ValueSource(doubles = {-1.0, -12.0, -60.0})
    void theCeilingHolds(double ceilingDb) {
        Limiter limiter = Limiter.at(ceilingDb);
        nastySignals().forEach((name, x) -> {
            double[] y = limited(limiter, RATE, new double[][] {x}, 1024)[0];
            double[] rounded = signal(y.length, i -> Math.rint(y[i] * 0x1p23) * 0x1p-23);
            assertThat(db(ownPeak(RATE, y))).as(name).isBetween(ceilingDb - 0.5, ceilingDb);
            assertThat(db(ownPeak(RATE, rounded))).as("%s, rounded", name).isLessThanOrEqualTo(ceilingDb);
            assertThat(db(otherPeak(rounded))).as("%s, another meter", name).isLessThanOrEqualTo(ceilingDb + 0.1);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {8_000, 44_100, 96_000, 192_000})
    void theCeilingHoldsAtOtherRates(int rate) {
        double[] x = noise(rate, rate / 2, 1.0);
        double[] y = limited(Limiter.at(-1.0), rate, new double[][] {x}, 512)[0];
        assertThat(db(ownPeak(rate, x))).isGreaterThan(0.0);
        assertThat(db(ownPeak(rate, y))).isBetween(-1.5, -1.0);
        assertThat(db(otherPeak(y))).isLessThanOrEqualTo(-0.9);
    }

    @Test
    void belowTheCeilingNoBitChanges() {
        double[] x = noise(3, RATE, 1.0);
        double scale = Limiter.at(-1.0).threshold() / ownPeak(RATE, x) * (1.0 - 1e-9);
        double[] quiet = signal(x.length, i -> x[i] * scale);
        assertThat(limited(Limiter.at(-1.0), RATE, new double[][] {quiet}, 777)[0])
                .containsExactly(quiet);
    }

    /** A lone peak knows nothing of the slow release: the gain is the same to the bit, however slow that is. */
    @Test
    void aLonePeakRecoversByTheQuickRelease() {
        double[] x = new double[RATE];
        for (int i = 1_000; i < 1_000 + RATE / 50; i++) {
            x[i] = 3.0 * Math.sin(i);
        }
        Limiter slow = new Limiter(-1.0, 3.0, 80.0, 5000.0);
        Limiter quick = new Limiter(-1.0, 3.0, 80.0, 1.0);
        assertThat(gain(slow, x)).containsExactly(gain(quick, x));
    }

    /** After a second of reduction by 6 dB, recovery takes the slow release, and ends within the documented bound. */
    @Test
    void sustainedReductionRecoversSlowly() {
        Limiter limiter = new Limiter(-1.0, 3.0, 80.0, 300.0);
        double[] x = new double[3 * RATE];
        double amplitude = 2.0 * Math.pow(10.0, -1.4 / 20.0);
        for (int i = 0; i < RATE; i++) {
            x[i] = amplitude * Math.sin(2.0 * Math.PI * 100.0 * i / RATE);
        }
        double[] gain = gain(limiter, x);
        int released = 0;
        for (int i = 0; i < gain.length; i++) {
            released = gain[i] < 1.0 ? i : released;
        }
        int over = RATE + 2 * TruePeak.DELAY_FRAMES + limiter.lookaheadFrames(RATE);
        assertThat(released - over).isBetween((int) (0.3 * RATE), (int) ((0.3 + 0.03) * RATE) + 200);
        int rising = over + (int) (0.035 * RATE);
        for (int i = rising; i < gain.length; i++) {
            assertThat(gain[i]).isBetween(gain[i - 1], 1.0);
        }
        assertThat(gain[rising + RATE / 10]).isLessThan(0.9);
    }

    private static double[] gain(Limiter limiter, double[] x) {
        Detector detector = limiter.newDetector(new AudioFormat(RATE, ChannelLayout.MONO));
        assertThat(detector).isNotNull();
        AudioBlock block = new AudioBlock(1, x.length);
        System.arraycopy(x, 0, block.channel(0), 0, x.length);
        double[][] gain = new double[1][x.length];
        detector.detect(block, x.length, gain);
        return gain[0];
    }

    /** Before the look-ahead of the first over, and after the longest release, not a bit is changed. */
    @Test
    void theReleaseEnds() {
        Limiter limiter = new Limiter(-1.0, 3.0, 50.0, 400.0);
        int over = RATE / 4;
        double[] x = noise(4, RATE, 0.1);
        for (int i = over; i < over + 50; i++) {
            x[i] = 20.0 * Math.sin(i);
        }
        double[] y = limited(limiter, RATE, new double[][] {x}, 256)[0];
        int lookahead = limiter.lookaheadFrames(RATE);
        int untouched = over - lookahead - TruePeak.DELAY_FRAMES;
        assertThat(Arrays.copyOf(y, untouched)).containsExactly(Arrays.copyOf(x, untouched));
        int first = 0;
        int last = 0;
        for (int i = 0; i < x.length; i++) {
            if (x[i] != y[i]) {
                first = first == 0 ? i : first;
                last = i;
            }
        }
        assertThat(first).isBetween(untouched, over);
        int end = over + 50 + TruePeak.DELAY_FRAMES + lookahead + (int) (1.34 * 0.05 * RATE);
        assertThat(last).isBetween(end - RATE / 50, end);
    }

    /** Six decibels of reduction are gone after the release time, as its name says. */
    @Test
    void theReleaseTimeIsThatOfSixDecibels() {
        Limiter limiter = new Limiter(-6.0, 1.0, 100.0, 400.0);
        double[] x = new double[RATE];
        x[1_000] = Math.pow(10.0, -0.38 / 20.0);
        AudioFormat format = new AudioFormat(RATE, ChannelLayout.MONO);
        Detector detector = limiter.newDetector(format);
        assertThat(detector).isNotNull();
        AudioBlock block = new AudioBlock(1, RATE);
        System.arraycopy(x, 0, block.channel(0), 0, RATE);
        double[][] gain = new double[1][RATE];
        detector.detect(block, RATE, gain);
        int lookahead = limiter.lookaheadFrames(RATE);
        double lowest = Arrays.stream(gain[0]).min().orElseThrow();
        assertThat(db(lowest)).isCloseTo(-6.02, within(0.01));
        int released = 0;
        for (int i = 0; i < RATE; i++) {
            released = gain[0][i] < 1.0 ? i : released;
        }
        int hold = 1_000 + TruePeak.DELAY_FRAMES + lookahead;
        assertThat(released - hold).isBetween((int) (0.1 * RATE) - 120, (int) (0.1 * RATE) + 120);
    }

    /**
     * Total harmonic distortion under 6 dB of steady reduction: the DFT of four seconds in which the tone has a whole
     * number of periods, all bins but the tone's.
     */
    @ParameterizedTest
    @CsvSource({"20, 0.001", "50, 0.001", "61.75, 0.001", "130, 0.001", "1000, 0.001", "997, 0.001", "5000.25, 0.01"})
    void aSteadyToneStaysClean(double hz, double mostPercent) {
        int settled = 2 * RATE;
        int frames = 4 * RATE;
        double amplitude = 2.0 * Math.pow(10.0, -1.4 / 20.0);
        double[] x = signal(settled + frames, i -> amplitude * Math.sin(2.0 * Math.PI * hz * i / RATE));
        double[] y = limited(Limiter.at(-1.0), RATE, new double[][] {x}, 1024)[0];
        double re = 0.0;
        double im = 0.0;
        double power = 0.0;
        for (int i = settled; i < settled + frames; i++) {
            re += y[i] * Math.cos(2.0 * Math.PI * hz * i / RATE);
            im += y[i] * Math.sin(2.0 * Math.PI * hz * i / RATE);
            power += y[i] * y[i];
        }
        double tone = 2.0 / frames * Math.hypot(re, im);
        double rest = 0.0;
        for (int i = settled; i < settled + frames; i++) {
            double phase = 2.0 * Math.PI * hz * i / RATE;
            double clean = 2.0 / frames * (re * Math.cos(phase) + im * Math.sin(phase));
            rest += (y[i] - clean) * (y[i] - clean);
        }
        double percent = 100.0 * Math.sqrt(rest / power);
        System.out.printf(Locale.ROOT, "limiter: %.2f Hz at %.2f dB: %.7f %%%n", hz, db(tone / amplitude), percent);
        assertThat(db(tone / amplitude)).isCloseTo(-6.02, within(0.05));
        assertThat(percent).isLessThan(mostPercent);
    }

    @Test
    void blocksDoNotMatter() {
        double[][] x = {noise(5, RATE / 2, 1.2), noise(6, RATE / 2, 0.8)};
        double[][] whole = limited(Limiter.at(-3.0), RATE, x, RATE);
        for (int blockFrames : new int[] {1, 7, 64, 500}) {
            double[][] cut = limited(Limiter.at(-3.0), RATE, x, blockFrames);
            assertThat(cut[0]).containsExactly(whole[0]);
            assertThat(cut[1]).containsExactly(whole[1]);
        }
    }

    @Test
    void oneGainForAllChannels() {
        double[][] x = {noise(7, RATE / 4, 2.0), signal(RATE / 4, i -> 0.25)};
        double[][] y = limited(Limiter.at(-1.0), RATE, x, 256);
        int touched = 0;
        for (int i = 0; i < RATE / 4; i++) {
            double gain = y[1][i] / 0.25;
            assertThat(y[0][i]).isEqualTo(x[0][i] * gain);
            touched += gain < 1.0 ? 1 : 0;
        }
        assertThat(touched).isGreaterThan(1_000);
    }

    @Test
    void resetIsFresh() {
        Limiter limiter = Limiter.at(-2.0);
        AudioFormat format = new AudioFormat(RATE, ChannelLayout.MONO);
        Detector detector = limiter.newDetector(format);
        assertThat(detector).isNotNull();
        AudioBlock block = new AudioBlock(1, 5_000);
        System.arraycopy(noise(8, 5_000, 3.0), 0, block.channel(0), 0, 5_000);
        double[][] first = new double[1][5_000];
        double[][] second = new double[1][5_000];
        detector.detect(block, 5_000, first);
        detector.reset();
        detector.detect(block, 5_000, second);
        assertThat(second[0]).containsExactly(first[0]);
        assertThat(Arrays.stream(first[0]).min().orElseThrow()).isLessThan(0.9);
    }

    @Test
    void documentsKnowIt() {
        EffectType type = EffectCatalogue.byName("limiter").orElseThrow();
        assertThat(type.shape().fields())
                .extracting(RecordShape.Field::name)
                .containsExactly("true_peak_db", "lookahead_ms", "release_ms", "slow_release_ms");
    }
}
