package io.mixgraph.loudness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.ChannelLayout;
import io.mixgraph.audio.Decibels;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The minimum requirements of EBU Tech 3341 (November 2023), Table 1, and EBU Tech 3342 (November 2023), Table 1,
 * synthesised from their written definitions. Tech 3341 cases 7 and 8, which are Tech 3342 cases 5 and 6, are recorded
 * programmes that cannot be synthesised. Besides the tolerance of the documents, the exact value is asserted where it
 * has a closed form.
 */
class EbuConformanceTest {
    private static final double TOLERANCE_LU = 0.1;

    /** What the start of a tone and a change of level leave in the filters. */
    private static final double TRANSIENT_LU = 0.005;

    private static final int RATE = 48_000;

    /** A stretch of a 1000 Hz sine, the same phase in all channels, at a peak level per channel. */
    private record Tone(double seconds, List<Double> levelsDbfs) {
        Tone(double seconds, double... levelsDbfs) {
            this(seconds, DoubleStream.of(levelsDbfs).boxed().toList());
        }
    }

    private static final class Run {
        final int rate;
        final LoudnessMeter meter;
        final AudioBlock block;
        double maxMomentary = Double.NEGATIVE_INFINITY;
        double maxShortTerm = Double.NEGATIVE_INFINITY;
        final double[] period;
        final double[] sine;
        long frame;

        Run(int rate, ChannelLayout layout) {
            this.period = new double[rate];
            this.sine = new double[rate / 100];
            for (int i = 0; i < rate; i++) {
                period[i] = Math.sin(2.0 * Math.PI * i / rate);
            }
            this.rate = rate;
            this.meter = new LoudnessMeter(new AudioFormat(rate, layout));
            this.block = new AudioBlock(layout.channels(), rate / 100);
        }

        /** Feeds a tone and notes the highest live readings, taken every 10 ms. */
        Run play(Tone tone) {
            long end = frame + Math.round(tone.seconds() * rate);
            maxMomentary = Double.NEGATIVE_INFINITY;
            maxShortTerm = Double.NEGATIVE_INFINITY;
            while (frame < end) {
                int n = (int) Math.min(block.capacity(), end - frame);
                for (int i = 0; i < n; i++) {
                    sine[i] = period[(int) ((frame + i) * 1000 % rate)];
                }
                for (int c = 0; c < block.channels(); c++) {
                    double amplitude = Decibels.toGain(
                            tone.levelsDbfs().get(tone.levelsDbfs().size() == 1 ? 0 : c));
                    for (int i = 0; i < n; i++) {
                        block.channel(c)[i] = amplitude * sine[i];
                    }
                }
                meter.process(block, n);
                frame += n;
                maxMomentary = Math.max(maxMomentary, meter.momentaryLufs());
                maxShortTerm = Math.max(maxShortTerm, meter.shortTermLufs());
            }
            return this;
        }
    }

    private static final double SILENCE = Double.NEGATIVE_INFINITY;

    private static Loudness stereo(int rate, Tone... tones) {
        Run run = new Run(rate, ChannelLayout.STEREO);
        for (Tone tone : tones) {
            run.play(tone);
        }
        return run.meter.result();
    }

    /** The steady loudness of 1000 Hz in channels whose weighted powers are given: both filters' |H| from the table. */
    static double steadyLufs(double weightedPower) {
        double gain =
                magnitude(1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241, 0.73248077421585)
                        * magnitude(1.0, -2.0, 1.0, -1.99004745483398, 0.99007225036621);
        return -0.691 + 10.0 * Math.log10(weightedPower * gain * gain);
    }

    private static double magnitude(double b0, double b1, double b2, double a1, double a2) {
        double w = 2.0 * Math.PI * 1000.0 / 48_000.0;
        double numerator =
                Math.hypot(b0 + b1 * Math.cos(w) + b2 * Math.cos(2 * w), b1 * Math.sin(w) + b2 * Math.sin(2 * w));
        double denominator =
                Math.hypot(1.0 + a1 * Math.cos(w) + a2 * Math.cos(2 * w), a1 * Math.sin(w) + a2 * Math.sin(2 * w));
        return numerator / denominator;
    }

    /** In two channels the sine at a peak level has that level's power: twice half its square. */
    private static double steadyStereo(double levelDbfs) {
        return steadyLufs(Math.pow(10.0, levelDbfs / 10.0));
    }

    /** BS.1770 gating of stretches of steady level, each a whole number of hops, from its text. */
    private static double gated(double[]... hopsAndLevel) {
        List<Double> hops = new ArrayList<>();
        for (double[] stretch : hopsAndLevel) {
            for (int i = 0; i < (int) stretch[0]; i++) {
                hops.add(Math.pow(10.0, (steadyStereo(stretch[1]) + 0.691) / 10.0));
            }
        }
        List<Double> blocks = new ArrayList<>();
        for (int i = 0; i + 4 <= hops.size(); i++) {
            blocks.add((hops.get(i) + hops.get(i + 1) + hops.get(i + 2) + hops.get(i + 3)) / 4.0);
        }
        double absolute = Math.pow(10.0, (-70.0 + 0.691) / 10.0);
        double mean = blocks.stream()
                .filter(b -> b > absolute)
                .mapToDouble(b -> b)
                .average()
                .orElseThrow();
        double gatedMean = blocks.stream()
                .filter(b -> b > absolute && b > mean / 10.0)
                .mapToDouble(b -> b)
                .average()
                .orElseThrow();
        return -0.691 + 10.0 * Math.log10(gatedMean);
    }

    private static double[] stretch(double hops, double level) {
        return new double[] {hops, level};
    }

    @ParameterizedTest
    @CsvSource({"1, -23", "2, -33"})
    void cases1And2_steadyTone(int number, double level) {
        Run run = new Run(RATE, ChannelLayout.STEREO).play(new Tone(20, level));
        Loudness loudness = run.meter.result();
        for (double reading :
                new double[] {loudness.integratedLufs(), run.meter.momentaryLufs(), run.meter.shortTermLufs()}) {
            assertThat(reading).as("case %d", number).isCloseTo(level, within(TOLERANCE_LU));
            assertThat(reading).as("case %d", number).isCloseTo(steadyStereo(level), within(TRANSIENT_LU));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {16_000, 22_050, 44_100, 88_200, 96_000, 176_400, 192_000})
    void case1_atOtherRates(int rate) {
        double reading = stereo(rate, new Tone(5, -23.0)).integratedLufs();
        assertThat(reading).isCloseTo(-23.0, within(TOLERANCE_LU));
        // Matched at the filters' corners, the bilinear transform bends the shelf where 1000 Hz nears half the rate.
        assertThat(reading).isCloseTo(steadyStereo(-23.0), within(rate < 44_100 ? 0.06 : 0.01));
    }

    @Test
    void case3_threeTones() {
        Loudness loudness = stereo(RATE, new Tone(10, -36.0), new Tone(60, -23.0), new Tone(10, -36.0));
        assertThat(loudness.integratedLufs()).isCloseTo(-23.0, within(TOLERANCE_LU));
        assertThat(loudness.integratedLufs())
                .isCloseTo(gated(stretch(100, -36), stretch(600, -23), stretch(100, -36)), within(TRANSIENT_LU));
    }

    @Test
    void case4_fiveTones() {
        Loudness loudness = stereo(
                RATE,
                new Tone(10, -72.0),
                new Tone(10, -36.0),
                new Tone(60, -23.0),
                new Tone(10, -36.0),
                new Tone(10, -72.0));
        assertThat(loudness.integratedLufs()).isCloseTo(-23.0, within(TOLERANCE_LU));
        assertThat(loudness.integratedLufs())
                .isCloseTo(
                        gated(
                                stretch(100, -72),
                                stretch(100, -36),
                                stretch(600, -23),
                                stretch(100, -36),
                                stretch(100, -72)),
                        within(TRANSIENT_LU));
    }

    @Test
    void case5_threeLoudTones() {
        Loudness loudness = stereo(RATE, new Tone(20, -26.0), new Tone(20.1, -20.0), new Tone(20, -26.0));
        assertThat(loudness.integratedLufs()).isCloseTo(-23.0, within(TOLERANCE_LU));
        assertThat(loudness.integratedLufs())
                .isCloseTo(gated(stretch(200, -26), stretch(201, -20), stretch(200, -26)), within(TRANSIENT_LU));
    }

    private static final double CASE_6_POWER =
            0.5 * (2 * Math.pow(10, -2.8) + Math.pow(10, -2.4) + 1.41 * 2 * Math.pow(10, -3.0));

    @Test
    void case6_fiveChannels() {
        Run run = new Run(RATE, ChannelLayout.ofCount(5)).play(new Tone(20, -28, -28, -24, -30, -30));
        double integrated = run.meter.result().integratedLufs();
        assertThat(integrated).isCloseTo(-23.0, within(TOLERANCE_LU));
        assertThat(integrated).isCloseTo(steadyLufs(CASE_6_POWER), within(TRANSIENT_LU));
    }

    @Test
    void case6_aLoudLowFrequencyChannelDoesNotCount() {
        Run run = new Run(RATE, ChannelLayout.ofCount(6)).play(new Tone(20, -28, -28, -24, 0, -30, -30));
        Loudness loudness = run.meter.result();
        assertThat(loudness.integratedLufs()).isCloseTo(steadyLufs(CASE_6_POWER), within(TRANSIENT_LU));
        assertThat(loudness.truePeakDbtp()).isCloseTo(0.0, within(0.02));
    }

    @Test
    void case9_shortTermOfAlternatingTones() {
        Run run = new Run(RATE, ChannelLayout.STEREO);
        for (int i = 0; i < 5; i++) {
            for (Tone tone : List.of(new Tone(1.34, -20.0), new Tone(1.66, -30.0))) {
                for (int tenMs = 0; tenMs < Math.round(tone.seconds() * 100); tenMs++) {
                    run.play(new Tone(0.01, tone.levelsDbfs()));
                    if (run.frame >= 3L * RATE) {
                        assertThat(run.meter.shortTermLufs()).isCloseTo(-23.0, within(TOLERANCE_LU));
                        double mean = (1.34 * Math.pow(10, -2.0) + 1.66 * Math.pow(10, -3.0)) / 3.0;
                        assertThat(run.meter.shortTermLufs()).isCloseTo(steadyLufs(mean), within(TRANSIENT_LU));
                    }
                }
            }
        }
    }

    @Test
    void case10_maximumShortTermOfSeparateFiles() {
        for (int i = 0; i < 20; i++) {
            Loudness loudness = stereo(RATE, new Tone(0.15 * i, SILENCE), new Tone(3, -23.0), new Tone(1, SILENCE));
            assertThat(loudness.maxShortTermLufs()).as("file %d", i).isCloseTo(-23.0, within(TOLERANCE_LU));
            assertThat(loudness.maxShortTermLufs()).isCloseTo(steadyStereo(-23.0), within(TRANSIENT_LU));
        }
    }

    @Test
    void case11_maximumShortTermLive() {
        Run run = new Run(RATE, ChannelLayout.STEREO);
        for (int i = 0; i < 20; i++) {
            double level = -38.0 + i;
            run.play(new Tone(0.15 * i, SILENCE)).play(new Tone(3, level));
            assertThat(run.maxShortTerm).as("segment %d", i).isCloseTo(level, within(TOLERANCE_LU));
            assertThat(run.maxShortTerm).isCloseTo(steadyStereo(level), within(TRANSIENT_LU));
            run.play(new Tone(1, SILENCE));
        }
    }

    @Test
    void case12_momentaryOfAlternatingTones() {
        Run run = new Run(RATE, ChannelLayout.STEREO);
        double mean = (0.18 * Math.pow(10, -2.0) + 0.22 * Math.pow(10, -3.0)) / 0.4;
        for (int i = 0; i < 25; i++) {
            for (int tenMs = 0; tenMs < 40; tenMs++) {
                run.play(new Tone(0.01, tenMs < 18 ? -20.0 : -30.0));
                if (run.frame >= RATE) {
                    assertThat(run.meter.momentaryLufs()).isCloseTo(-23.0, within(TOLERANCE_LU));
                    assertThat(run.meter.momentaryLufs()).isCloseTo(steadyLufs(mean), within(0.02));
                }
            }
        }
    }

    @Test
    void case13_maximumMomentaryOfSeparateFiles() {
        for (int i = 0; i < 20; i++) {
            Loudness loudness = stereo(RATE, new Tone(0.02 * i, SILENCE), new Tone(0.4, -23.0), new Tone(1, SILENCE));
            assertThat(loudness.maxMomentaryLufs()).as("file %d", i).isCloseTo(-23.0, within(TOLERANCE_LU));
            assertThat(loudness.maxMomentaryLufs()).isCloseTo(steadyStereo(-23.0), within(0.02));
        }
    }

    @Test
    void case14_maximumMomentaryLive() {
        Run run = new Run(RATE, ChannelLayout.STEREO);
        for (int i = 0; i < 20; i++) {
            double level = -38.0 + i;
            run.play(new Tone(0.02 * i, SILENCE)).play(new Tone(0.4, level));
            assertThat(run.maxMomentary).as("segment %d", i).isCloseTo(level, within(TOLERANCE_LU));
            assertThat(run.maxMomentary).isCloseTo(steadyStereo(level), within(0.02));
            run.play(new Tone(1, SILENCE));
        }
    }

    private static double truePeakDbtp(int rate, double[] x) {
        LoudnessMeter meter = new LoudnessMeter(new AudioFormat(rate, ChannelLayout.STEREO));
        AudioBlock block = new AudioBlock(2, x.length);
        System.arraycopy(x, 0, block.channel(0), 0, x.length);
        System.arraycopy(x, 0, block.channel(1), 0, x.length);
        meter.process(block, x.length);
        return meter.result().truePeakDbtp();
    }

    /** A fade of 10 ms at either end, as the table asks for cases 15 to 23. */
    static double fade(long frame, long frames, int rate) {
        double edge = 0.01 * rate;
        return Math.min(1.0, Math.min(frame, frames - 1 - frame) / edge);
    }

    @ParameterizedTest
    @CsvSource({
        "15, 4,  0.0, 0.50, -6",
        "16, 4, 45.0, 0.50, -6",
        "17, 6, 60.0, 0.50, -6",
        "18, 8, 67.5, 0.50, -6",
        "19, 4, 45.0, 1.41,  3"
    })
    void cases15To19_truePeakOfSines(int number, int divisor, double phaseDegrees, double amplitude, double level) {
        for (int rate : new int[] {8_000, 44_100, 48_000, 96_000, 192_000}) {
            double[] x = new double[rate];
            for (int i = 0; i < x.length; i++) {
                x[i] = fade(i, x.length, rate)
                        * amplitude
                        * Math.sin(2.0 * Math.PI * (i % divisor) / divisor + Math.toRadians(phaseDegrees));
            }
            double reading = truePeakDbtp(rate, x);
            assertThat(reading).as("case %d at %d", number, rate).isBetween(level - 0.4, level + 0.2);
            assertThat(reading).isCloseTo(20.0 * Math.log10(amplitude), within(0.02));
        }
    }

    /**
     * A sine of fs/6 and 0.50 with one period of fs/4 and 1.00 in it, continuous in phase, made at four times the rate,
     * low-passed below fs/2 and taken down with an offset of 0 to 3.
     */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void cases20To23_truePeakBetweenSamples(int offset) {
        double[] x = burst(offset, RATE);
        assertThat(truePeakDbtp(RATE, x)).as("case %d", 20 + offset).isBetween(-0.4, 0.2);
    }

    /** The signal of cases 20 to 23, a tenth of a second long at a rate of 48 kHz. */
    static double[] burst(int offset, int rate) {
        int frames = 4_800;
        double[] wide = new double[4 * frames];
        double phase = 0.0;
        int burst = wide.length / 2 / 24 * 24;
        for (int i = 0; i < wide.length; i++) {
            boolean inBurst = i >= burst && i < burst + 16;
            wide[i] = fade(i, wide.length, 4 * rate) * (inBurst ? 1.0 : 0.5) * Math.sin(phase);
            phase += 2.0 * Math.PI / (inBurst ? 16 : 24);
        }
        int half = 400;
        double[] x = new double[frames];
        for (int i = 0; i < frames; i++) {
            double sum = 0.0;
            for (int k = -half; k <= half; k++) {
                int at = 4 * i + offset + k;
                if (at >= 0 && at < wide.length) {
                    double t = Math.PI * k / 4.0;
                    double window = 0.5 + 0.5 * Math.cos(Math.PI * k / half);
                    sum += wide[at] * window * (k == 0 ? 1.0 : Math.sin(t) / t) / 4.0;
                }
            }
            x[i] = sum;
        }
        return x;
    }

    @ParameterizedTest
    @CsvSource({"1, -20, -30, 10", "2, -20, -15, 5", "3, -40, -20, 20"})
    void rangeCases1To3_twoTones(int number, double first, double second, double range) {
        Loudness loudness = stereo(RATE, new Tone(20, first), new Tone(20, second));
        assertThat(loudness.loudnessRangeLu()).as("Tech 3342 case %d", number).isCloseTo(range, within(1.0));
        assertThat(loudness.loudnessRangeLu()).isCloseTo(range, within(0.01));
    }

    @Test
    void rangeCase4_fiveTones() {
        Loudness loudness = stereo(
                RATE,
                new Tone(20, -50.0),
                new Tone(20, -35.0),
                new Tone(20, -20.0),
                new Tone(20, -35.0),
                new Tone(20, -50.0));
        assertThat(loudness.loudnessRangeLu()).isCloseTo(15.0, within(1.0));
        assertThat(loudness.loudnessRangeLu()).isCloseTo(15.0, within(0.01));
    }
}
