package io.mixgraph.fx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.dsp.CompressionCurve;
import io.mixgraph.dsp.EnvelopeFollower;
import io.mixgraph.dsp.Log2Exp2;
import io.mixgraph.dsp.PeakLevel;
import io.mixgraph.testing.EffectRunner;
import java.util.Arrays;
import java.util.Map;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompressorTest {
    private static final IntSupplier WHOLE = () -> Integer.MAX_VALUE;

    /** Giannoulis, Massberg and Reiss 2012, equation 4, as printed. */
    private static double outputDb(double x, double threshold, double ratio, double knee) {
        if (2 * (x - threshold) < -knee) {
            return x;
        }
        if (2 * Math.abs(x - threshold) <= knee && knee > 0) {
            double d = x - threshold + knee / 2;
            return x + (1 / ratio - 1) * d * d / (2 * knee);
        }
        return threshold + (x - threshold) / ratio;
    }

    @ParameterizedTest
    @CsvSource({"-20,4,6", "-20,4,0", "-30,2,12", "-10,20,3", "0,1.5,24", "-60,100,48", "-18,1,6"})
    void steadyLevelsFollowTheStaticCurve(double threshold, double ratio, double knee) {
        Effect compressor = compressor(
                Map.of("threshold_db", threshold, "ratio", ratio, "knee_db", knee, "attack_ms", 1, "makeup_db", 3));
        for (double level = -80; level <= 20; level += 0.5) {
            double[] x = constant(level, 2000);
            double[] y = run(compressor, 48_000, x);
            double expected = outputDb(level, threshold, ratio, knee) + 3;
            assertThat(db(y[y.length - 1])).isCloseTo(expected, within(0.01));
        }
    }

    @ParameterizedTest
    @CsvSource({"10,120,48000", "1,50,44100", "30,300,96000"})
    void attackAndReleaseAreTimeConstantsOfTheReduction(double attackMs, double releaseMs, int rate) {
        Effect compressor = compressor(
                Map.of("threshold_db", -30, "ratio", 4, "knee_db", 0, "attack_ms", attackMs, "release_ms", releaseMs));
        int settle = (int) (rate * attackMs / 1000 * 20);
        double[] x = new double[settle + (int) (rate * releaseMs / 1000 * 3)];
        Arrays.fill(x, 0, settle, 1.0);
        Arrays.fill(x, settle, x.length, 0.001);
        double[] y = run(compressor, rate, x);
        // 0 dBFS is 30 dB over: at 4:1 the reduction is 22.5 dB.
        double full = 22.5;
        int attacked = 0;
        while (-db(y[attacked] / x[attacked]) < full * (1 - 1 / Math.E)) {
            attacked++;
        }
        int released = settle;
        while (-db(y[released] / x[released]) > full / Math.E) {
            released++;
        }
        assertThat(1000.0 * (attacked + 1) / rate)
                .isCloseTo(attackMs, within(Math.max(0.02 * attackMs, 1000.0 / rate)));
        assertThat(1000.0 * (released - settle + 1) / rate).isCloseTo(releaseMs, within(0.02 * releaseMs));
    }

    @Test
    void belowTheThresholdNoBitChanges() {
        Effect compressor = compressor(Map.of("threshold_db", -20, "knee_db", 6));
        double[] x = new java.util.Random(1).doubles(5000, -0.07, 0.07).toArray();
        assertThat(run(compressor, 48_000, x)).isEqualTo(x);
    }

    @Test
    void theGainIsExactlyOneAgainAfterARelease() {
        Effect compressor = compressor(Map.of("threshold_db", -20, "release_ms", 20));
        double[] x = constant(-40, 96_000);
        Arrays.fill(x, 0, 1000, 1.0);
        double[] y = run(compressor, 48_000, x);
        assertThat(y[2000]).isLessThan(x[2000]);
        assertThat(y[95_999]).isEqualTo(x[95_999]);
    }

    @Test
    void channelsShareTheGainOfTheLouder() {
        Effect compressor = compressor(Map.of("threshold_db", -20, "ratio", 4, "knee_db", 0, "attack_ms", 1));
        double[][] y = new EffectRunner(compressor, 48_000, 2)
                .run(new double[][] {constant(-60, 2000), constant(0, 2000)}, WHOLE);
        assertThat(db(y[0][1999])).isCloseTo(-75, within(0.01));
        assertThat(db(y[1][1999])).isCloseTo(-15, within(0.01));
    }

    @Test
    void aKeyDrivesItInPlaceOfTheSignal() {
        Effect compressor = compressor(Map.of("threshold_db", -20, "ratio", 4, "knee_db", 0, "attack_ms", 1));
        EffectRunner runner = new EffectRunner(compressor, 48_000, 1);
        double[][] y = runner.run(new double[][] {constant(-40, 2000)}, new double[][] {constant(0, 2000)}, WHOLE);
        assertThat(db(y[0][1999])).isCloseTo(-55, within(0.01));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.001})
    void noAttackAndNoReleaseFollowAtOnce(double ms) {
        Effect compressor =
                compressor(Map.of("threshold_db", -20, "ratio", 4, "knee_db", 0, "attack_ms", ms, "release_ms", ms));
        double[] x = {0.001, 1, 1, 0.001, 0.001};
        double[] y = run(compressor, 48_000, x);
        assertThat(db(y[1])).isCloseTo(-15, within(1e-6));
        assertThat(db(y[3])).isCloseTo(-60, within(1e-6));
    }

    /** What the defaults stand for: peak, linked, one time constant each way, no look-ahead, no automatic make-up. */
    @Test
    void theDefaultsAreThePlainChain() {
        int frames = 20_000;
        double[][] x = {noise(1, frames), noise(2, frames)};
        double[][] y =
                new EffectRunner(compressor(Map.of("threshold_db", -30, "ratio", 5)), 48_000, 2).run(x, () -> 333);
        AudioBlock block = new AudioBlock(2, frames);
        System.arraycopy(x[0], 0, block.channel(0), 0, frames);
        System.arraycopy(x[1], 0, block.channel(1), 0, frames);
        double[] gain = new double[frames];
        PeakLevel.linked(block, frames, gain);
        Log2Exp2.log2(gain, new double[frames], frames);
        new CompressionCurve(-30 / Log2Exp2.DB_PER_LOG2, 5, 6 / Log2Exp2.DB_PER_LOG2).reduction(gain, frames);
        new EnvelopeFollower(10, 120, 48_000).process(gain, frames);
        Log2Exp2.exp2(gain, -1.0, 1.0, frames);
        for (int i = 0; i < frames; i++) {
            assertThat(y[0][i]).isEqualTo(x[0][i] * gain[i]);
            assertThat(y[1][i]).isEqualTo(x[1][i] * gain[i]);
        }
    }

    @ParameterizedTest
    @CsvSource({"peak,program", "rms,fixed", "rms,program"})
    void everyModeFollowsTheStaticCurve(String detector, String releaseMode) {
        for (double knee : new double[] {0, 10}) {
            Effect compressor = compressor(Map.of(
                    "threshold_db",
                    -30,
                    "ratio",
                    4,
                    "knee_db",
                    knee,
                    "attack_ms",
                    1,
                    "detector",
                    detector,
                    "rms_window_ms",
                    2,
                    "release_mode",
                    releaseMode));
            for (double level = -80; level <= 20; level += 1) {
                double[] y = run(compressor, 48_000, constant(level, 4000));
                assertThat(db(y[y.length - 1])).isCloseTo(outputDb(level, -30, 4, knee), within(0.01));
            }
        }
    }

    @Test
    void rmsReadsASineThreeDecibelsBelowItsPeak() {
        Effect compressor = compressor(
                Map.of("threshold_db", -30, "ratio", 1e2, "knee_db", 0, "detector", "rms", "rms_window_ms", 200));
        double[] x = new double[2 * 48_000];
        for (int i = 0; i < x.length; i++) {
            x[i] = Math.sin(2 * Math.PI * 1000 * i / 48_000);
        }
        double[][] gain = new EffectRunner(compressor, 48_000, 1).curves(new double[][] {x}, WHOLE);
        assertThat(db(gain[0][x.length - 1])).isCloseTo(-(30 - 10 * Math.log10(2)) * (1 - 1 / 1e2), within(0.01));
    }

    /** After a step up the mean square is 1 − e^(−t/τ) of the whole; after a step down, e^(−t/τ). */
    @ParameterizedTest
    @CsvSource({"10,48000", "100,44100"})
    void theWindowOfRmsIsATimeConstantOfTheMeanSquare(double windowMs, int rate) {
        Effect compressor = compressor(Map.of(
                "threshold_db",
                -60,
                "ratio",
                2,
                "knee_db",
                0,
                "attack_ms",
                0,
                "release_ms",
                0,
                "detector",
                "rms",
                "rms_window_ms",
                windowMs));
        int settle = (int) (rate * windowMs / 1000 * 20);
        double[] x = new double[2 * settle];
        Arrays.fill(x, 0, settle, 1.0);
        double[] gain = new EffectRunner(compressor, rate, 1).curves(new double[][] {x}, WHOLE)[0];
        // Half of what the level is above −60 dB is reduced.
        int up = 0;
        while (-2 * db(gain[up]) - 60 < 10 * Math.log10(1 - 1 / Math.E)) {
            up++;
        }
        int down = settle;
        while (-2 * db(gain[down]) - 60 > 10 * Math.log10(1 / Math.E)) {
            down++;
        }
        assertThat(1000.0 * (up + 1) / rate).isCloseTo(windowMs, within(0.02 * windowMs));
        assertThat(1000.0 * (down - settle + 1) / rate).isCloseTo(windowMs, within(0.02 * windowMs));
    }

    /** The differential equations of the two stages, solved piece by piece for a reduction of 1 that ends at 0. */
    private static double programRelease(double heldInReleases) {
        double start = 1 - Math.exp(-heldInReleases / 4);
        double low = 0;
        double high = 20;
        // The second stage charges on until the first meets it.
        for (int i = 0; i < 60; i++) {
            double u = (low + high) / 2;
            double second = (start + 1 / 3.0) * Math.exp(-u / 4) - Math.exp(-u) / 3;
            if (Math.exp(-u) > second) {
                low = u;
            } else {
                high = u;
            }
        }
        double meet = start > 0.999_999 ? 0 : low;
        double factor = (Math.exp(-meet) * (1 + 1 / 7.0)) / Math.exp(-meet / 8);
        low = 0;
        high = 20;
        for (int i = 0; i < 60; i++) {
            double u = (low + high) / 2;
            double second = u < meet ? 0 : factor * Math.exp(-u / 8) - Math.exp(-u) / 7;
            if (Math.max(Math.exp(-u), second) > 1 / Math.E) {
                low = u;
            } else {
                high = u;
            }
        }
        return low;
    }

    @ParameterizedTest
    @CsvSource({"0.05", "0.5", "2", "4", "8", "60"})
    void theReleaseOfProgramDependsOnHowLongItLasted(double heldInReleases) {
        double expected = programRelease(heldInReleases);
        if (heldInReleases == 0.05) {
            assertThat(expected).isCloseTo(1, within(0.001));
        }
        if (heldInReleases == 60) {
            assertThat(expected).isCloseTo(9.07, within(0.01));
        }
        double releaseMs = 100;
        int rate = 48_000;
        Effect compressor = compressor(Map.of(
                "threshold_db",
                -30,
                "ratio",
                4,
                "knee_db",
                0,
                "attack_ms",
                0,
                "release_ms",
                releaseMs,
                "release_mode",
                "program"));
        int held = (int) (heldInReleases * releaseMs * rate / 1000);
        double[] x = new double[held + rate * 2];
        Arrays.fill(x, 0, held, 1.0);
        double[] gain = new EffectRunner(compressor, rate, 1).curves(new double[][] {x}, WHOLE)[0];
        int released = held;
        while (-db(gain[released]) > 22.5 / Math.E) {
            released++;
        }
        assertThat(1000.0 * (released - held + 1) / rate / releaseMs).isCloseTo(expected, within(0.02 * expected));
    }

    @Test
    void theAttackOfProgramIsTheSame() {
        Map<String, Object> fixed = Map.of("threshold_db", -30, "ratio", 4, "attack_ms", 20);
        Map<String, Object> program =
                Map.of("threshold_db", -30, "ratio", 4, "attack_ms", 20, "release_mode", "program");
        double[] x = constant(0, 5000);
        double[] a = run(compressor(fixed), 48_000, x);
        double[] b = run(compressor(program), 48_000, x);
        for (int i = 0; i < x.length; i++) {
            assertThat(b[i]).isCloseTo(a[i], within(1e-14));
        }
    }

    @Test
    void lookaheadHasTheGainReadyWhenTheSoundComes() {
        Effect compressor =
                compressor(Map.of("threshold_db", -30, "ratio", 4, "knee_db", 0, "attack_ms", 2, "lookahead_ms", 10));
        assertThat(compressor.latencyFrames(48_000)).isEqualTo(480);
        double[] x = new double[10_000];
        Arrays.fill(x, 3000, x.length, 1.0);
        double[] y = run(compressor, 48_000, x);
        assertThat(y[3000 + 479]).isEqualTo(0);
        // 481 frames of a time constant of 96: what is missing of the 22.5 dB is e^(−481/96).
        assertThat(db(y[3000 + 480])).isCloseTo(-22.5 * (1 - Math.exp(-481 / 96.0)), within(1e-6));
    }

    @ParameterizedTest
    @CsvSource({"peak,fixed", "peak,program", "rms,fixed", "rms,program"})
    void fullStereoLinkKeepsTheImage(String detector, String releaseMode) {
        Effect compressor =
                compressor(Map.of("threshold_db", -40, "ratio", 8, "detector", detector, "release_mode", releaseMode));
        assertThat(compressor.curveCount()).isEqualTo(1);
        double[][] x = {noise(3, 20_000), new double[20_000]};
        for (int i = 0; i < 20_000; i++) {
            x[1][i] = -0.25 * x[0][i];
        }
        double[][] y = new EffectRunner(compressor, 48_000, 2).run(x, () -> 100);
        boolean reduced = false;
        for (int i = 0; i < 20_000; i++) {
            assertThat(y[1][i]).isEqualTo(-0.25 * y[0][i]);
            reduced |= Math.abs(y[0][i]) < 0.5 * Math.abs(x[0][i]);
        }
        assertThat(reduced).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"peak,fixed", "peak,program", "rms,fixed", "rms,program"})
    void withoutStereoLinkEachSideIsAlone(String detector, String releaseMode) {
        Effect compressor = compressor(Map.of(
                "threshold_db",
                -40,
                "ratio",
                8,
                "detector",
                detector,
                "release_mode",
                releaseMode,
                "stereo_link_percent",
                0));
        assertThat(compressor.curveCount()).isEqualTo(2);
        double[][] x = {noise(4, 5000), noise(5, 5000)};
        double[][] y = new EffectRunner(compressor, 48_000, 2).run(x, WHOLE);
        assertThat(y[0]).isEqualTo(run(compressor, 48_000, x[0]));
        assertThat(y[1]).isEqualTo(run(compressor, 48_000, x[1]));
    }

    @ParameterizedTest
    @CsvSource({"peak,0", "peak,25", "peak,50", "rms,50", "peak,99"})
    void stereoLinkGoesFromTheOwnReductionToThatOfTheLouder(String detector, double percent) {
        Effect compressor = compressor(Map.of(
                "threshold_db",
                -30,
                "ratio",
                4,
                "knee_db",
                0,
                "attack_ms",
                1,
                "detector",
                detector,
                "rms_window_ms",
                1,
                "stereo_link_percent",
                percent));
        double[][] y = new EffectRunner(compressor, 48_000, 2)
                .run(new double[][] {constant(-22, 4000), constant(-2, 4000)}, WHOLE);
        // Alone they are reduced by 6 and 21 dB.
        assertThat(db(y[0][3999])).isCloseTo(-22 - (6 + percent / 100 * 15), within(0.01));
        assertThat(db(y[1][3999])).isCloseTo(-2 - 21, within(0.01));
    }

    @Test
    void aMonoKeyGivesBothSidesTheSameGain() {
        Effect compressor = compressor(Map.of("threshold_db", -40, "ratio", 8, "stereo_link_percent", 30));
        double[][] curves = new EffectRunner(compressor, 48_000, 1).curves(new double[][] {noise(6, 3000)}, WHOLE);
        assertThat(curves).hasDimensions(2, 3000);
        assertThat(curves[1]).isEqualTo(curves[0]);
        double[][] y = new EffectRunner(compressor, 48_000, 2).apply(new double[2][3000], curves, WHOLE);
        assertThat(y).hasDimensions(2, 3000);
    }

    @ParameterizedTest
    @CsvSource({"-20,4,0,0", "-20,4,6,3", "-2,3,12,0", "10,4,6,-1"})
    void autoMakeupIsHalfTheReductionAtFullScale(double threshold, double ratio, double knee, double makeup) {
        Effect compressor = compressor(Map.of(
                "threshold_db", threshold, "ratio", ratio, "knee_db", knee, "makeup_db", makeup, "auto_makeup", true));
        double[] y = run(compressor, 48_000, constant(-70, 100));
        double atFullScale = 0 - outputDb(0, threshold, ratio, knee);
        assertThat(db(y[99])).isCloseTo(-70 + makeup + atFullScale / 2, within(1e-6));
    }

    @Test
    void autoMakeupMovesWithTheCurve() {
        Map<String, Object> from = Map.of("threshold_db", -20, "ratio", 4, "knee_db", 0, "auto_makeup", true);
        Map<String, Object> to = Map.of("threshold_db", -40, "ratio", 4, "knee_db", 0, "auto_makeup", true);
        EffectRunner runner = new EffectRunner(compressor(from), 48_000, 1);
        double[][] x = {constant(-70, 100)};
        assertThat(db(runner.run(x, WHOLE)[0][99])).isCloseTo(-70 + 7.5, within(1e-6));
        runner.retune(compressor(to));
        assertThat(db(runner.run(x, WHOLE)[0][99])).isCloseTo(-70 + 15, within(1e-6));
    }

    private static double[] noise(long seed, int frames) {
        return new java.util.Random(seed).doubles(frames, -1, 1).toArray();
    }

    private static Effect compressor(Map<String, ?> parameters) {
        return EffectCatalogue.create("compressor", parameters);
    }

    private static double[] run(Effect effect, int rate, double[] x) {
        return new EffectRunner(effect, rate, 1).run(new double[][] {x}, WHOLE)[0];
    }

    private static double[] constant(double db, int frames) {
        double[] x = new double[frames];
        Arrays.fill(x, Math.pow(10, db / 20));
        return x;
    }

    private static double db(double gain) {
        return 20 * Math.log10(gain);
    }
}
