package io.mixgraph.fx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mixgraph.testing.EffectRunner;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DelayTest {
    private static final IntSupplier WHOLE = () -> Integer.MAX_VALUE;

    @ParameterizedTest
    @CsvSource({
        "250,44100,11025",
        "250,48000,12000",
        "250,96000,24000",
        "1,44100,44",
        "1.5,44100,66", // 66.15
        "333.333,48000,16000", // 15999.984
        "10.03125,48000,482", // 481.5, half up
        "0x1.4p3,48000,480",
        "12.345,44100,544", // 544.4145
        "100.1,44100,4414" // 4414.41
    })
    void timesAreExactToTheFrame(double ms, int rate, int frames) {
        assertThat(firstEcho(ofTime(ms, 0), rate)).isEqualTo(frames);
    }

    @ParameterizedTest
    @CsvSource({
        "quarter,120,44100,22050",
        "quarter,120,48000,24000",
        "quarter,120,96000,48000",
        "whole,120,48000,96000",
        "half,120,48000,48000",
        "dotted_half,120,48000,72000",
        "half_triplet,120,48000,32000",
        "dotted_quarter,120,48000,36000",
        "quarter_triplet,120,48000,16000",
        "eighth,120,48000,12000",
        "dotted_eighth,120,48000,18000",
        "eighth_triplet,120,48000,8000",
        "dotted_sixteenth,120,48000,9000",
        "sixteenth,120,48000,6000",
        "sixteenth_triplet,120,48000,4000",
        "thirty_second,120,48000,3000",
        "dotted_eighth,128,44100,15504", // 15503.906
        "eighth_triplet,97.3,44100,9065", // 9064.748
        "quarter,64,44100,41344", // 41343.75
        "thirty_second,160,44100,2067", // 2067.1875
        "sixteenth,125,44100,5292",
        "eighth,87.5,96000,32914" // 32914.286
    })
    void notesAreExactToTheFrame(String note, double bpm, int rate, int frames) {
        Effect delay = EffectCatalogue.create("delay", Map.of("note", note, "tempo_bpm", bpm, "feedback_percent", 0));
        assertThat(firstEcho(delay, rate)).isEqualTo(frames);
        assertThat(((Delay) delay).timeFrames(rate)).isEqualTo(frames);
    }

    private static int firstEcho(Effect delay, int rate) {
        double[] x = new double[100_000];
        x[0] = 0.3;
        double[] y = run(delay, rate, new double[][] {x})[0];
        int at = 0;
        while (y[at] == 0) {
            at++;
        }
        assertThat(y[at]).isEqualTo(0.3);
        assertThat(Arrays.stream(y).filter(v -> v != 0).count()).isEqualTo(1);
        return at;
    }

    @Test
    void theFirstEchoIsTheSoundItself() {
        double[] x = noise(300, 1);
        double[] in = Arrays.copyOf(x, 3000);
        for (Double lowcut : new @Nullable Double[] {null, 100.0}) {
            double[] y = run(new Delay(10.0, null, null, 50, false, lowcut, 5000.0), 48_000, new double[][] {in})[0];
            assertThat(Arrays.copyOfRange(y, 480, 780)).isEqualTo(x);
            assertThat(Arrays.copyOfRange(y, 0, 480)).containsOnly(0.0);
        }
    }

    @Test
    void eachRepeatIsLowerByTheFeedback() {
        double[] x = new double[48_000];
        x[0] = 1;
        double[] y = run(ofTime(20, 60), 48_000, new double[][] {x})[0];
        for (int k = 1; k < 50; k++) {
            assertThat(y[960 * k]).isCloseTo(Math.pow(0.6, k - 1), within(1e-15));
            y[960 * k] = 0;
        }
        assertThat(y).containsOnly(0.0);
    }

    @ParameterizedTest
    @CsvSource({"200,6000,48000", "20,20000,44100", "2000,200,96000"})
    void eachRepeatHasGoneThroughTheFiltersOnceMore(double lowcut, double highcut, int rate) {
        int time = rate / 2;
        double[] x = new double[5 * time];
        x[0] = 1;
        double[] y = run(new Delay(500.0, null, null, 80, false, lowcut, highcut), rate, new double[][] {x})[0];
        for (int k = 1; k <= 4; k++) {
            double[] repeat = Arrays.copyOfRange(y, k * time, (k + 1) * time);
            for (double hz = 40; hz < rate / 2.0; hz *= 1.9) {
                // First order, bilinear and prewarped: |s/(s + 1)| and |1/(s + 1)| at s = i·tan/tan.
                double low = Math.tan(Math.PI * hz / rate) / Math.tan(Math.PI * lowcut / rate);
                double high = Math.tan(Math.PI * hz / rate) / Math.tan(Math.PI * highcut / rate);
                double once = 0.8 * low / Math.hypot(1, low) / Math.hypot(1, high);
                double actual = magnitude(repeat, hz / rate);
                assertThat(20 * Math.log10(actual / Math.pow(once, k - 1))).isCloseTo(0, within(0.001));
            }
        }
    }

    @Test
    void pingPongAlternates() {
        double[][] x = new double[2][10_000];
        x[0][0] = 1;
        x[1][0] = 0.5;
        double[][] y = run(new Delay(10.0, null, null, 50, true, null, null), 48_000, x);
        for (int k = 1; k <= 20; k++) {
            double expected = 0.75 * Math.pow(0.5, k - 1);
            assertThat(y[k % 2 == 1 ? 0 : 1][480 * k]).isCloseTo(expected, within(1e-15));
            assertThat(y[k % 2 == 1 ? 1 : 0][480 * k]).isZero();
        }
    }

    @Test
    void pingPongOfMonoIsAPlainDelay() {
        double[][] x = {noise(5000, 2)};
        assertThat(run(new Delay(7.0, null, null, 70, true, 100.0, 3000.0), 48_000, x))
                .isDeepEqualTo(run(new Delay(7.0, null, null, 70, false, 100.0, 3000.0), 48_000, x));
    }

    @Test
    void blocksDoNotMatterThroughManyRepeats() {
        double[][] x = {noise(20_000, 3), noise(20_000, 4)};
        for (boolean pingPong : new boolean[] {false, true}) {
            Delay delay = new Delay(3.7, null, null, 90, pingPong, 300.0, 4000.0);
            double[][] expected = run(delay, 44_100, x);
            Random random = new Random(5);
            for (IntSupplier blocks : new IntSupplier[] {() -> 1, () -> 163, () -> 1 + random.nextInt(3000)}) {
                assertThat(new EffectRunner(delay, 44_100, 2).run(x, blocks)).isDeepEqualTo(expected);
            }
        }
    }

    /** The definition, frame by frame: d[n] = x[n − D] + g·F(d)[n − D], F in direct form I. */
    @Test
    void isItsDefinition() {
        int rate = 48_000;
        double[] x = noise(10_000, 6);
        double[] d = new double[x.length];
        double k = Math.tan(Math.PI * 2500 / rate);
        double before = 0;
        double filtered = 0;
        double[] loop = new double[x.length];
        for (int n = 0; n < x.length; n++) {
            d[n] = n < 96 ? 0 : x[n - 96] + 0.7 * loop[n - 96];
            filtered = (k * (d[n] + before) - (k - 1) * filtered) / (k + 1);
            before = d[n];
            loop[n] = filtered;
        }
        double[] y = run(new Delay(2.0, null, null, 70, false, null, 2500.0), rate, new double[][] {x})[0];
        for (int n = 0; n < x.length; n++) {
            assertThat(y[n]).isCloseTo(d[n], within(1e-13));
        }
    }

    /** Long enough by the law; here that it is not much longer than needed either. */
    @ParameterizedTest
    @CsvSource({
        "10,50,,,false",
        "10,95,,,false",
        "10,95,,,true",
        "100,10,,,true",
        "5,90,20,20000,false",
        "20,80,,3000,false",
        "20,80,500,,true",
        "1,95,2000,200,true",
        "1,5,,200,false"
    })
    void tailsAreNotMuchTooLong(
            double ms, double feedback, @Nullable Double lowcut, @Nullable Double highcut, boolean pingPong) {
        Delay delay = new Delay(ms, null, null, feedback, pingPong, lowcut, highcut);
        int tail = (int) delay.tailFrames(48_000);
        double[][] x = new double[2][2 * tail + 1000];
        x[0][0] = 1;
        x[1][0] = 1;
        double[][] y = run(delay, 48_000, x);
        int needed = 0;
        for (double[] channel : y) {
            double peak = Arrays.stream(channel).map(Math::abs).max().orElseThrow();
            int last = channel.length - 1;
            while (Math.abs(channel[last]) < 1e-6 * peak) {
                last--;
            }
            needed = Math.max(needed, last);
        }
        assertThat(tail).isBetween(needed, 2 * needed + 2 * delay.timeFrames(48_000));
    }

    @Test
    void tailOfTheSimplestEchoes() {
        // 0.5^19 is above 1e-6 and 0.5^20 below: 20 repeats of 480 frames.
        assertThat(ofTime(10, 50).tailFrames(48_000)).isEqualTo(20 * 480);
        assertThat(ofTime(10, 0).tailFrames(48_000)).isEqualTo(480);
        // 0.1^6 is 1e-6 itself.
        assertThat(ofTime(10, 10).tailFrames(48_000)).isEqualTo(7 * 480);
    }

    @Test
    void silenceBecomesExact() {
        double[][] x = new double[2][400_000];
        System.arraycopy(noise(1000, 7), 0, x[0], 0, 1000);
        System.arraycopy(noise(1000, 8), 0, x[1], 0, 1000);
        for (boolean pingPong : new boolean[] {false, true}) {
            double[][] y = run(new Delay(5.0, null, null, 90, pingPong, 50.0, 8000.0), 48_000, x);
            for (double[] channel : y) {
                for (double v : channel) {
                    assertThat(v == 0 || Math.abs(v) > 1e-45).isTrue();
                }
                assertThat(Arrays.copyOfRange(channel, 390_000, 400_000)).containsOnly(0.0);
            }
        }
    }

    @Test
    void saysWhatDoesNotGoTogether() {
        refuses(Map.of(), "delay: a delay has a time_ms or a note; this one has none");
        refuses(
                Map.of("time_ms", 100, "note", "eighth", "tempo_bpm", 120),
                "delay: a delay has a time_ms or a note; this one has both");
        refuses(Map.of("note", "eighth"), "delay: a note needs tempo_bpm");
        refuses(Map.of("time_ms", 100, "tempo_bpm", 120), "delay: tempo_bpm is for a note; there is none");
    }

    @Test
    void defaultsAreThese() {
        assertThat(EffectCatalogue.create("delay", Map.of("time_ms", 250)))
                .isEqualTo(new Delay(250.0, null, null, 35, false, null, null));
    }

    private static void refuses(Map<String, ?> parameters, String message) {
        assertThatThrownBy(() -> EffectCatalogue.create("delay", parameters))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    private static Delay ofTime(double ms, double feedback) {
        return new Delay(ms, null, null, feedback, false, null, null);
    }

    private static double magnitude(double[] h, double cycles) {
        double re = 0;
        double im = 0;
        for (int i = 0; i < h.length; i++) {
            re += h[i] * Math.cos(2 * Math.PI * cycles * i);
            im += h[i] * Math.sin(2 * Math.PI * cycles * i);
        }
        return Math.hypot(re, im);
    }

    private static double[][] run(Effect effect, int rate, double[][] x) {
        return new EffectRunner(effect, rate, x.length).run(x, WHOLE);
    }

    private static double[] noise(int frames, long seed) {
        return new Random(seed).doubles(frames, -1, 1).toArray();
    }
}
