package io.mixgraph.fx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.ChannelLayout;
import io.mixgraph.dsp.Biquad;
import io.mixgraph.dsp.BiquadCascade;
import io.mixgraph.dsp.BiquadDesign;
import io.mixgraph.testing.EffectRunner;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReverbTest {
    private static final IntSupplier WHOLE = () -> Integer.MAX_VALUE;

    /**
     * T30 of ISO 3382-1: the slope between −5 and −35 dB of the backward integrated response, in octave bands: within 5
     * % on each of the four ways from input to output, within 3 % for their energy together, as the standard takes
     * several positions.
     */
    @ParameterizedTest
    @CsvSource({
        "44100,0.5,0", "44100,1.8,0", "44100,5,0", "44100,0.5,50", "44100,1.8,50", "44100,5,50",
        "48000,0.5,0", "48000,1.8,0", "48000,5,0", "48000,0.5,50", "48000,1.8,50", "48000,5,50"
    })
    void octaveBandsDecayAsAsked(int rate, double decayS, double damping) {
        Reverb reverb = reverb(Map.of("decay_s", decayS, "damping_percent", damping));
        List<double[]> ways = ways(reverb, rate, 0.9 * decayS + 0.1);
        for (double hz = 125; hz <= 8000; hz *= 2) {
            double[] decay = new double[0];
            double asked = reverb.decayS(hz);
            for (double[] h : ways) {
                double[] band = octave(h, hz, rate);
                decay = addedBackwards(band, decay);
                assertThat(-60 / line(addedBackwards(band, new double[0]), rate, -5, -35)[0])
                        .as("T30 of one way at %s Hz", hz)
                        .isCloseTo(asked, within(0.05 * asked));
            }
            assertThat(-60 / line(decay, rate, -5, -35)[0])
                    .as("T30 at %s Hz", hz)
                    .isCloseTo(asked, within(0.03 * asked));
        }
    }

    @ParameterizedTest
    @CsvSource({"44100,0.5,100", "48000,1.8,100", "48000,5,100", "96000,1,100", "48000,1,20", "48000,1,200"})
    void theDecayIsStraightFromMinusFiveToMinusSixty(int rate, double decayS, double size) {
        Reverb reverb = reverb(Map.of("decay_s", decayS, "damping_percent", 0, "size_percent", size));
        for (double[] h : ways(reverb, rate, 1.4 * decayS + 0.2)) {
            double[] line = line(addedBackwards(h, new double[0]), rate, -5, -60);
            assertThat(-line[1]).isGreaterThan(0.999);
            assertThat(-60 / line[0]).isCloseTo(decayS, within(0.03 * decayS));
        }
    }

    /** The formula in the documentation, at points where it is easy. */
    @Test
    void theDecayCurveIsTheOneStated() {
        Reverb reverb = reverb(Map.of("decay_s", 2, "damping_percent", 50, "damping_hz", 4000));
        assertThat(reverb.decayS(0)).isEqualTo(2);
        assertThat(reverb.decayS(1e9)).isCloseTo(1, within(1e-9));
        assertThat(1 / reverb.decayS(4000)).isCloseTo(0.5 * (1 / 2.0 + 1 / 1.0), within(1e-12));
        // f = damping_hz/2: s = 1/5.
        assertThat(1 / reverb.decayS(2000)).isCloseTo(0.8 / 2 + 0.2 / 1, within(1e-12));
    }

    /** Jot and Chaigne 1991: a line of m frames loses 60·m/(T·Fs) dB. */
    @ParameterizedTest
    @CsvSource({
        "0.5,50,5000,48000,0.05",
        "1.8,50,5000,44100,0.05",
        "5,80,2000,96000,0.05",
        "20,0,5000,48000,1e-9",
        "2,90,20000,44100,0.1"
    })
    void everyLineLosesWhatTheCurveSays(double decayS, double damping, double dampingHz, int rate, double part) {
        Reverb reverb = reverb(Map.of("decay_s", decayS, "damping_percent", damping, "damping_hz", dampingHz));
        int[] lines = reverb.lineFrames(rate);
        List<Biquad> absorption = reverb.absorption(rate);
        for (int i = 0; i < lines.length; i++) {
            Biquad section = absorption.get(i);
            for (double hz : new double[] {0, Math.min(dampingHz, rate / 4.0), rate / 2.0}) {
                double lossDb = 60 * lines[i] / (reverb.decayS(hz) * rate);
                assertThat(-20 * Math.log10(section.magnitude(hz, rate))).isCloseTo(lossDb, within(1e-6));
            }
            for (double hz = 20; hz < 20_000; hz *= 1.3) {
                double lossDb = 60 * lines[i] / (reverb.decayS(hz) * rate);
                assertThat(-20 * Math.log10(section.magnitude(hz, rate))).isCloseTo(lossDb, within(part * lossDb));
                assertThat(section.magnitude(hz, rate)).isLessThanOrEqualTo(section.magnitude(0, rate) * (1 + 1e-12));
            }
            assertThat(section.magnitude(0, rate)).isLessThan(1);
        }
    }

    /** A curve of automation may begin at any value, however small. */
    @Test
    void nextToNoDampingIsNone() {
        for (double damping = 1e-18; damping < 1; damping *= 3) {
            Reverb reverb = reverb(Map.of("damping_percent", damping));
            for (Biquad section : reverb.absorption(48_000)) {
                assertThat(section.poleRadius()).isLessThan(0.95);
                assertThat(section.magnitude(24_000, 48_000))
                        .isCloseTo(section.magnitude(0, 48_000), within(1e-2 * damping + 1e-12));
            }
        }
    }

    @Test
    void linesAreDifferentPrimesNearTheirTimes() {
        for (int rate : new int[] {8000, 44_100, 48_000, 192_000}) {
            int[] lines = reverb(Map.of()).lineFrames(rate);
            assertThat(lines).hasSize(16).doesNotHaveDuplicates().isSorted();
            assertThat(lines[0]).isCloseTo((int) (0.0174 * rate), within(40));
            for (int m : lines) {
                assertThat(BigInteger.valueOf(m).isProbablePrime(30)).isTrue();
            }
        }
    }

    /** One minute of full-scale direct current settles and stays. */
    @Test
    void directCurrentDoesNotGrow() {
        for (double decayS : new double[] {0.1, 2, 20}) {
            Applicator applicator = reverb(Map.of("decay_s", decayS)).newApplicator(format(8000, 2));
            AudioBlock block = new AudioBlock(2, 8000);
            double before = 0;
            for (int second = 0; second < 60; second++) {
                Arrays.fill(block.channel(0), 1);
                Arrays.fill(block.channel(1), 1);
                applicator.apply(block, 8000, new double[0][]);
                double now = block.channel(0)[7999];
                if (second >= 3 * decayS) {
                    assertThat(now).isCloseTo(before, within(1e-3 * Math.max(1, Math.abs(now))));
                }
                before = now;
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"10,480", "0.0208,1", "500,24000"})
    void predelayIsExactToTheFrame(double ms, int frames) {
        double[][] x = {noise(40_000, 1), noise(40_000, 2)};
        double[][] plain = new EffectRunner(reverb(Map.of()), 48_000, 2).run(x, WHOLE);
        double[][] late = new EffectRunner(reverb(Map.of("predelay_ms", ms)), 48_000, 2).run(x, WHOLE);
        for (int c = 0; c < 2; c++) {
            assertThat(Arrays.copyOfRange(late[c], 0, frames)).containsOnly(0.0);
            assertThat(Arrays.copyOfRange(late[c], frames, 40_000)).isEqualTo(Arrays.copyOf(plain[c], 40_000 - frames));
        }
    }

    @Test
    void theFirstEchoComesWithTheShortestLine() {
        for (int rate : new int[] {44_100, 96_000}) {
            Reverb reverb = reverb(Map.of());
            double[] h = ways(reverb, rate, 0.2).get(0);
            int first = 0;
            while (h[first] == 0) {
                first++;
            }
            assertThat(first).isEqualTo(reverb.lineFrames(rate)[0]);
        }
    }

    @Test
    void widthZeroIsWhatAMonoTrackHears() {
        double[] x = noise(20_000, 3);
        Reverb narrow = reverb(Map.of("width_percent", 0, "lowcut_hz", 100, "highcut_hz", 8000));
        double[][] y = new EffectRunner(narrow, 48_000, 2).run(new double[][] {x, x}, WHOLE);
        double[] mono = new EffectRunner(narrow, 48_000, 1).run(new double[][] {x}, WHOLE)[0];
        assertThat(y[0]).isEqualTo(y[1]).isEqualTo(mono);
        double[] other = new EffectRunner(reverb(Map.of("lowcut_hz", 100, "highcut_hz", 8000)), 48_000, 1)
                .run(new double[][] {x}, WHOLE)[0];
        assertThat(other).isEqualTo(mono);
    }

    @Test
    void bothSidesOfAMonoSoundAreUncorrelated() {
        double[] x = noise(200_000, 4);
        double[][] y = new EffectRunner(reverb(Map.of()), 48_000, 2).run(new double[][] {x, x}, WHOLE);
        double both = 0;
        for (int i = 0; i < x.length; i++) {
            both += y[0][i] * y[1][i];
        }
        assertThat(both / Math.sqrt(energy(y[0]) * energy(y[1]))).isCloseTo(0, within(0.1));
    }

    /** As documented: 0 dB at one second; elsewhere what the energy in a room does, 10·log10 of the decay. */
    @ParameterizedTest
    @CsvSource({
        "1,100,100,48000,2", "1,100,100,44100,2", "1,20,100,48000,2", "1,200,100,48000,2", "1,100,0,48000,2",
        "1,100,200,48000,2", "1,100,100,48000,1", "2,100,100,48000,2", "0.5,100,100,48000,2", "4,50,100,96000,1"
    })
    void noiseComesOutAtTheStatedLevel(double decayS, double size, double width, int rate, int channels) {
        Reverb reverb =
                reverb(Map.of("decay_s", decayS, "damping_percent", 0, "size_percent", size, "width_percent", width));
        int settle = (int) (decayS * rate);
        double[][] x = new double[channels][];
        for (int c = 0; c < channels; c++) {
            x[c] = noise(settle + 4 * rate, 5 + c);
        }
        double[][] y = new EffectRunner(reverb, rate, channels).run(x, WHOLE);
        for (int c = 0; c < channels; c++) {
            double in = energy(Arrays.copyOfRange(x[c], settle, x[c].length));
            double out = energy(Arrays.copyOfRange(y[c], settle, y[c].length));
            assertThat(10 * Math.log10(out / in)).isCloseTo(10 * Math.log10(decayS), within(decayS == 1 ? 1.0 : 1.5));
        }
    }

    @Test
    void cutsAreButterworthFiltersOnWhatComesOut() {
        double[][] x = {noise(20_000, 6), noise(20_000, 7)};
        double[][] plain = new EffectRunner(reverb(Map.of()), 48_000, 2).run(x, WHOLE);
        double[][] cut =
                new EffectRunner(reverb(Map.of("lowcut_hz", 200, "highcut_hz", 5000)), 48_000, 2).run(x, WHOLE);
        List<Biquad> sections = new ArrayList<>(BiquadDesign.butterworthHighpass(200, 2, 48_000));
        sections.addAll(BiquadDesign.butterworthLowpass(5000, 2, 48_000));
        AudioBlock block = new AudioBlock(1, 20_000);
        for (int c = 0; c < 2; c++) {
            System.arraycopy(plain[c], 0, block.channel(0), 0, 20_000);
            new BiquadCascade(sections, 1).process(block, 20_000);
            assertThat(cut[c]).containsExactly(block.channel(0), within(1e-12));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.5})
    void afterASoundItComesToRestExactly(double decayS) {
        // Below 1e-30 after at most 12 decays of 60 dB; the level of the sound counts as well.
        int rate = 48_000;
        int end = (int) ((12 * decayS + 4) * rate);
        double[][] x = {Arrays.copyOf(noise(10_000, 8), end + 2000), Arrays.copyOf(noise(10_000, 9), end + 2000)};
        Reverb reverb = reverb(Map.of("decay_s", decayS, "lowcut_hz", 40, "predelay_ms", 5));
        double[][] y = new EffectRunner(reverb, rate, 2).run(x, WHOLE);
        for (double[] channel : y) {
            assertThat(Arrays.copyOfRange(channel, end, end + 2000)).containsOnly(0.0);
        }
    }

    /** From each input to each output. */
    private static List<double[]> ways(Reverb reverb, int rate, double seconds) {
        List<double[]> ways = new ArrayList<>();
        for (int side = 0; side < 2; side++) {
            double[][] x = new double[2][(int) (seconds * rate)];
            x[side][0] = 1;
            ways.addAll(Arrays.asList(new EffectRunner(reverb, rate, 2).run(x, WHOLE)));
        }
        return ways;
    }

    /**
     * An octave of a response by Butterworth filters of fourth order, run backwards in time, so that what rings is the
     * response and not the filter (ISO 3382-1, on time-reversed filtering).
     */
    private static double[] octave(double[] h, double hz, int rate) {
        List<Biquad> sections = new ArrayList<>(BiquadDesign.butterworthHighpass(hz / Math.sqrt(2), 4, rate));
        sections.addAll(BiquadDesign.butterworthLowpass(hz * Math.sqrt(2), 4, rate));
        int length = h.length + rate / 10;
        AudioBlock block = new AudioBlock(1, length);
        double[] x = block.channel(0);
        for (int i = 0; i < h.length; i++) {
            x[i] = h[h.length - 1 - i];
        }
        new BiquadCascade(sections, 1).process(block, length);
        double[] y = new double[length];
        for (int i = 0; i < length; i++) {
            y[i] = x[length - 1 - i];
        }
        return y;
    }

    /** Schroeder's backward integral of h², added to what is there. */
    private static double[] addedBackwards(double[] h, double[] to) {
        double[] sum = Arrays.copyOf(to, h.length);
        double energy = 0;
        for (int i = h.length - 1; i >= 0; i--) {
            energy += h[i] * h[i];
            sum[i] += energy;
        }
        return sum;
    }

    /** Slope in dB per second and correlation of the best line through the part of a decay between two levels. */
    private static double[] line(double[] decay, int rate, double fromDb, double toDb) {
        double n = 0;
        double t = 0;
        double d = 0;
        double tt = 0;
        double td = 0;
        double dd = 0;
        for (int i = 0; i < decay.length; i++) {
            double db = 10 * Math.log10(decay[i] / decay[0]);
            if (db <= fromDb && db >= toDb) {
                double time = (double) i / rate;
                n++;
                t += time;
                d += db;
                tt += time * time;
                td += time * db;
                dd += db * db;
            }
        }
        double cross = n * td - t * d;
        double times = n * tt - t * t;
        return new double[] {cross / times, cross / Math.sqrt(times * (n * dd - d * d))};
    }

    private static double energy(double[] x) {
        return Arrays.stream(x).map(v -> v * v).sum();
    }

    private static AudioFormat format(int rate, int channels) {
        return new AudioFormat(rate, ChannelLayout.ofCount(channels));
    }

    private static Reverb reverb(Map<String, ?> parameters) {
        return (Reverb) EffectCatalogue.create("reverb", new TreeMap<>(parameters));
    }

    private static double[] noise(int n, long seed) {
        return new Random(seed).doubles(n, -1, 1).toArray();
    }
}
