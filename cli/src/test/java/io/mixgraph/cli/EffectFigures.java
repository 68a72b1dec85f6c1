package io.mixgraph.cli;

import io.mixgraph.audio.Decibels;
import io.mixgraph.fx.BiquadEffect;
import io.mixgraph.fx.Effect;
import io.mixgraph.fx.Nature;
import io.mixgraph.fx.RecordShape;
import io.mixgraph.fx.Recording;
import io.mixgraph.testing.EffectRunner;
import io.mixgraph.testing.MemorySource;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What is measured of an effect: at the first settings that the manual shows, at 48 kHz, in stereo, and driven by the
 * signal itself.
 *
 * @param latency declared, in frames
 * @param firstSound the first frame of its impulse response, and {@code peak} the highest
 * @param tail declared, in frames
 * @param afterTailDb the highest that is left after it, below the response's peak; minus infinity when nothing is
 * @param otherByBlocks how many frames differ when the signal is cut into blocks
 * @param otherAfterReset how many differ in a second run after a reset
 * @param superpositionDb how far the response to a sum is from the sum of the responses, under the same control curves,
 *     below the highest sample; null for what is not linear
 * @param curveDb how far the sound is from the curve that is promised, in dB; null when none is
 */
record EffectFigures(
        int latency,
        int firstSound,
        int peak,
        long tail,
        double afterTailDb,
        int otherByBlocks,
        int otherAfterReset,
        @Nullable Double superpositionDb,
        @Nullable Double curveDb) {

    /** What is promised of every effect. */
    static final double TAIL_DB = -120;

    static final double SUPERPOSITION_DB = -240;
    static final double CURVE_DB = 0.01;

    private static final int RATE = EffectCurves.RATE;

    /** How many frames of noise go through it, from where it first sounds. */
    private static final int LONG_ENOUGH = 12_000;

    private static final IntSupplier WHOLE = () -> Integer.MAX_VALUE;

    /** Below this there is next to no sound, and its level is rounding. */
    private static final double AUDIBLE_DB = -80;

    static EffectFigures of(String name, Effect effect) {
        return new Measurement(name, opened(effect)).figures();
    }

    /** An effect that is made of a recording, with a tenth of a second of noise in it. */
    private static Effect opened(Effect effect) {
        Effect opened = effect;
        for (RecordShape.Field field : RecordShape.of(effect.getClass()).fields()) {
            if (field.get(effect) instanceof Recording recording) {
                MemorySource noise = MemorySource.noise(recording.name(), RATE, 2, RATE / 10, 0.1, 5);
                opened = RecordShape.with(opened, field.name(), recording.opened(noise));
            }
        }
        return opened;
    }

    private record Measurement(String name, Effect effect) {
        EffectFigures figures() {
            int latency = effect.latencyFrames(RATE);
            long tail = effect.tailFrames(RATE);
            int end = Math.toIntExact(latency + tail);
            double[][] h = fresh().run(impulse(end + RATE / 2), WHOLE);
            int first = 0;
            int peak = 0;
            for (int i = h[0].length - 1; i >= 0; i--) {
                first = at(h, i) == 0 ? first : i;
                peak = at(h, i) >= at(h, peak) ? i : peak;
            }
            double left = 0;
            for (int i = end + 1; i < h[0].length; i++) {
                left = Math.max(left, at(h, i));
            }
            int frames = LONG_ENOUGH + first;
            return new EffectFigures(
                    latency,
                    first,
                    peak,
                    tail,
                    Decibels.fromGain(left / at(h, peak)),
                    otherByBlocks(frames),
                    otherAfterReset(frames),
                    effect.nature() == Nature.NONLINEAR ? null : superpositionDb(frames),
                    effect instanceof BiquadEffect filter ? filterDb(filter) : staticDb());
        }

        private EffectRunner fresh() {
            return new EffectRunner(effect, RATE, 2);
        }

        private static double at(double[][] x, int frame) {
            return Math.max(Math.abs(x[0][frame]), Math.abs(x[1][frame]));
        }

        private static double[][] impulse(int frames) {
            double[][] x = new double[2][frames];
            x[0][0] = 0.5;
            x[1][0] = -0.25;
            return x;
        }

        /** Noise whose level wanders over 80 dB, so that dynamics have something to do. */
        private static double[][] noise(int frames, long seed) {
            SplittableRandom random = new SplittableRandom(seed);
            double[][] x = new double[2][frames];
            double level = 1;
            for (int i = 0; i < frames; i++) {
                level = i % 500 == 0 ? StrictMath.pow(10, -4 * random.nextDouble()) : level;
                x[0][i] = level * (2 * random.nextDouble() - 1);
                x[1][i] = level * (2 * random.nextDouble() - 1);
            }
            return x;
        }

        private int otherByBlocks(int frames) {
            double[][] x = noise(frames, 1);
            double[][] whole = fresh().run(x, WHOLE);
            SplittableRandom random = new SplittableRandom(2);
            int other = 0;
            for (IntSupplier blocks : List.<IntSupplier>of(() -> 1, () -> 7, () -> 64, () -> 1 + random.nextInt(300))) {
                other = Math.max(other, differing(whole, fresh().run(x, blocks)));
            }
            return other;
        }

        private int otherAfterReset(int frames) {
            double[][] x = noise(frames, 3);
            EffectRunner runner = fresh();
            double[][] before = runner.run(x, WHOLE);
            runner.reset();
            return differing(before, runner.run(x, WHOLE));
        }

        private static int differing(double[][] a, double[][] b) {
            int frames = 0;
            for (int i = 0; i < a[0].length; i++) {
                frames += same(a[0][i], b[0][i]) && same(a[1][i], b[1][i]) ? 0 : 1;
            }
            return frames;
        }

        private static boolean same(double a, double b) {
            return Double.doubleToRawLongBits(a) == Double.doubleToRawLongBits(b);
        }

        private double superpositionDb(int frames) {
            double[][] a = noise(frames, 4);
            double[][] b = noise(frames, 5);
            double[][] sum = new double[2][frames];
            for (int c = 0; c < 2; c++) {
                for (int i = 0; i < frames; i++) {
                    sum[c][i] = a[c][i] + b[c][i];
                }
            }
            double[][] curves = fresh().curves(noise(frames, 6), WHOLE);
            double[][] ofA = fresh().apply(a, curves, WHOLE);
            double[][] ofB = fresh().apply(b, curves, WHOLE);
            double[][] ofSum = fresh().apply(sum, curves, WHOLE);
            double most = 0;
            double error = 0;
            for (int c = 0; c < 2; c++) {
                for (int i = 0; i < frames; i++) {
                    most = Math.max(most, Math.abs(ofSum[c][i]));
                    error = Math.max(error, Math.abs(ofSum[c][i] - ofA[c][i] - ofB[c][i]));
                }
            }
            return Decibels.fromGain(error / most);
        }

        /** The spectrum of the impulse response against the response by formula, from 20 Hz to 20 kHz. */
        private Double filterDb(BiquadEffect filter) {
            double[][] x = impulse((int) (3 * filter.tailFrames(RATE)) + 100);
            double[] h = fresh().run(x, WHOLE)[0];
            double worst = 0;
            for (int i = 0; i <= 60; i++) {
                double hz = 20 * StrictMath.pow(1000, i / 60.0);
                double promised = filter.response(hz, RATE).magnitudeDb();
                if (promised > AUDIBLE_DB) {
                    worst = Math.max(worst, Math.abs(promised - Decibels.fromGain(2 * magnitude(h, hz / RATE))));
                }
            }
            return worst;
        }

        /** |Σ h[n]·e^(−jωn)| at a frequency in cycles per frame, by Horner's rule from the last frame. */
        private static double magnitude(double[] h, double cycles) {
            double cos = StrictMath.cos(2 * StrictMath.PI * cycles);
            double sin = -StrictMath.sin(2 * StrictMath.PI * cycles);
            double re = 0;
            double im = 0;
            for (int n = h.length - 1; n >= 0; n--) {
                double t = re * cos - im * sin + h[n];
                im = re * sin + im * cos;
                re = t;
            }
            return StrictMath.hypot(re, im);
        }

        /** The static curves that are drawn against their formula, off the very steps, from −80 to 10 dBFS. */
        private @Nullable Double staticDb() {
            StaticFormula formula = StaticFormula.of(name);
            if (formula == null) {
                return null;
            }
            double worst = 0;
            for (Drawing drawing : Drawing.of(name)) {
                boolean key = drawing.probe() == Drawing.Probe.KEY;
                for (String value : drawing.values()) {
                    Effect drawn = EffectCurves.effect(drawing, value);
                    for (double level = -79.5; level < 10; level += 3) {
                        double gain = EffectCurves.settled(drawn, 0, level, key) - (key ? 0 : level);
                        worst = Math.max(worst, Math.abs(gain - formula.gainDb(drawn, level)));
                    }
                }
            }
            return worst;
        }
    }

    /** In words, for a table: latency, tail, blocks, reset, linear, curve. */
    List<String> cells() {
        List<String> cells = new ArrayList<>();
        cells.add(String.valueOf(latency));
        cells.add(firstSound == peak ? String.valueOf(firstSound) : firstSound + ", peak " + peak);
        cells.add(String.valueOf(tail));
        cells.add(Double.isInfinite(afterTailDb) ? "nothing" : rounded(afterTailDb) + " dB");
        cells.add(String.valueOf(otherByBlocks));
        cells.add(String.valueOf(otherAfterReset));
        cells.add(
                superpositionDb == null
                        ? ""
                        : Double.isInfinite(superpositionDb) ? "exactly" : rounded(superpositionDb) + " dB");
        cells.add(curveDb == null ? "" : curveDb == 0 ? "exactly" : significant(curveDb) + " dB");
        return cells;
    }

    private static String rounded(double value) {
        return new BigDecimal(value)
                .setScale(1, RoundingMode.HALF_EVEN)
                .toPlainString()
                .replace("-", "−");
    }

    /** One significant digit, as a plain number when it is not too small for that. */
    private static String significant(double value) {
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(1, RoundingMode.UP));
        int exponent = rounded.precision() - rounded.scale() - 1;
        return exponent >= -4 ? rounded.toPlainString() : rounded.unscaledValue() + "e−" + -exponent;
    }
}
