package io.mixgraph.cli;

import io.mixgraph.audio.Decibels;
import io.mixgraph.fx.BiquadEffect;
import io.mixgraph.fx.Effect;
import io.mixgraph.fx.EffectCatalogue;
import io.mixgraph.testing.EffectRunner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** The curves of effects: filters from their response, all else from what comes out. */
final class EffectCurves {
    static final int RATE = 48_000;

    /** A tenth of a second, in which tones of multiples of 10 Hz have whole periods. */
    private static final int BLOCK = RATE / 10;

    private static final int MOST_BLOCKS = 200;
    private static final double SETTLED_DB = 1e-5;
    private static final double TONE_HZ = 1000;
    private static final int TONES = 61;

    /** Fine enough for a notch to be deep. */
    private static final int FINE = 6_001;

    private static final double LEAST_DB = -80;
    private static final double MOST_DB = 10;

    private EffectCurves() {}

    /** A drawing as SVG. */
    static String svg(Drawing drawing) {
        List<Chart.Line> lines = new ArrayList<>();
        for (String value : drawing.values()) {
            lines.add(line(drawing, value));
        }
        return Chart.svg(
                drawing.effect(), drawing.common(), across(drawing), up(drawing, lines), lines, guide(drawing.probe()));
    }

    /** What a picture shows, for who cannot see it. */
    static String words(Drawing drawing) {
        String what = switch (drawing.probe()) {
            case RESPONSE -> "gain over frequency";
            case CONSTANT, TONE -> "output level over input level";
            case TONES -> "gain over frequency";
            case KEY -> "gain over the level of the key";
            case SINE -> "output over input";
            case IMPULSE -> "what is left of an impulse over time";
        };
        return drawing.effect() + ": " + what + ", by " + drawing.differs();
    }

    private static String guide(Drawing.Probe probe) {
        return switch (probe) {
            case CONSTANT, TONE, SINE -> "unchanged";
            case RESPONSE, TONES, KEY, IMPULSE -> "";
        };
    }

    private static Chart.Axis across(Drawing drawing) {
        return switch (drawing.probe()) {
            case RESPONSE, TONES -> Chart.Axis.hertz();
            case CONSTANT, TONE -> Chart.Axis.even("Input, dBFS", LEAST_DB, MOST_DB, 10);
            case KEY -> Chart.Axis.even("Key, dBFS", LEAST_DB, MOST_DB, 10);
            case SINE -> Chart.Axis.even("Input", -1.5, 1.5, 0.5);
            case IMPULSE -> Chart.Axis.even("Time, s", 0, 2, 0.25);
        };
    }

    private static Chart.Axis up(Drawing drawing, List<Chart.Line> lines) {
        return switch (drawing.probe()) {
            case RESPONSE, TONES, KEY -> {
                double least = -3;
                double most = 3;
                for (Chart.Line line : lines) {
                    for (Chart.Point point : line.points()) {
                        least = Math.min(least, Math.max(point.y(), -48));
                        most = Math.max(most, point.y());
                    }
                }
                yield Chart.Axis.around("Gain, dB", least, most + 0.5);
            }
            case CONSTANT, TONE -> Chart.Axis.even("Output, dBFS", LEAST_DB, MOST_DB, 10);
            case SINE -> Chart.Axis.even("Output", -1.5, 1.5, 0.5);
            case IMPULSE -> Chart.Axis.even("Level, dB", -80, 0, 10);
        };
    }

    private static Chart.Line line(Drawing drawing, String value) {
        Effect effect = effect(drawing, value);
        String label = drawing.label(value);
        return switch (drawing.probe()) {
            case RESPONSE ->
                overFrequency(
                        label, hz -> ((BiquadEffect) effect).response(hz, RATE).magnitudeDb());
            case TONES -> {
                double level = Double.parseDouble(value);
                yield new Chart.Line(
                        label,
                        IntStream.range(0, TONES)
                                .mapToDouble(i -> 10 * StrictMath.rint(2 * StrictMath.pow(1000, i / (TONES - 1.0))))
                                .distinct()
                                .mapToObj(hz -> new Chart.Point(hz, settled(effect, hz, level, false) - level))
                                .toList());
            }
            case CONSTANT -> overLevel(label, level -> settled(effect, 0, level, false));
            case TONE -> overLevel(label, level -> settled(effect, TONE_HZ, level, false));
            case KEY -> overLevel(label, level -> settled(effect, 0, level, true));
            case SINE -> transfer(label, effect);
            case IMPULSE -> decay(label, effect);
        };
    }

    static Effect effect(Drawing drawing, String value) {
        return ExampleDocument.read(EffectCatalogue.byName(drawing.effect()).orElseThrow(), drawing.settings(value))
                .effect();
    }

    private static Chart.Line overFrequency(String label, DoubleUnaryOperator gainDb) {
        return line(label, FINE, i -> 20 * StrictMath.pow(1000, i / (FINE - 1.0)), gainDb);
    }

    private static Chart.Line overLevel(String label, DoubleUnaryOperator outDb) {
        return line(label, 1 + (int) (MOST_DB - LEAST_DB), i -> LEAST_DB + i, outDb);
    }

    private static Chart.Line line(String label, int points, IntToDoubleFunction x, DoubleUnaryOperator y) {
        return new Chart.Line(
                label,
                IntStream.range(0, points)
                        .mapToDouble(x)
                        .mapToObj(at -> new Chart.Point(at, y.applyAsDouble(at)))
                        .toList());
    }

    /**
     * The level that comes out when nothing changes any more.
     *
     * @param hz of the tone that goes in; 0 for a constant
     * @param levelDb of a tone that of its peaks
     * @param asKey whether that is the key, and the signal a constant of 0 dB
     */
    static double settled(Effect effect, double hz, double levelDb, boolean asKey) {
        double[][] signal = {new double[BLOCK]};
        double amplitude = Decibels.toGain(levelDb);
        for (int i = 0; i < BLOCK; i++) {
            signal[0][i] = hz == 0 ? amplitude : amplitude * StrictMath.sin(2 * StrictMath.PI * hz * i / RATE);
        }
        double[][] main = {new double[BLOCK]};
        Arrays.fill(main[0], 1);
        EffectRunner runner = new EffectRunner(effect, RATE, 1);
        double power = hz == 0 || asKey ? 1 : 2;
        double last = Double.NaN;
        int still = 0;
        for (int block = 0; block < MOST_BLOCKS && still < 3; block++) {
            double[] out = runner.run(asKey ? main : signal, signal, () -> BLOCK)[0];
            double sum = 0;
            for (double v : out) {
                sum += v * v;
            }
            double level = Decibels.fromPower(power * sum / BLOCK);
            still = Math.abs(level - last) < SETTLED_DB ? still + 1 : 0;
            last = level;
        }
        return last;
    }

    /** The rising half of a sine of 200 Hz, once it has settled: each of its values against what comes out for it. */
    private static Chart.Line transfer(String label, Effect effect) {
        int rate = 2 * RATE;
        int period = rate / 200;
        int latency = effect.latencyFrames(rate);
        double[][] signal = {new double[rate + latency]};
        for (int i = 0; i < signal[0].length; i++) {
            signal[0][i] = -1.5 * StrictMath.cos(2 * StrictMath.PI * i / period);
        }
        double[] out = new EffectRunner(effect, rate, 1).run(signal, () -> BLOCK)[0];
        int from = rate - period;
        return new Chart.Line(
                label,
                IntStream.rangeClosed(from, from + period / 2)
                        .mapToObj(i -> new Chart.Point(signal[0][i], out[i + latency]))
                        .toList());
    }

    /** The highest peak of an impulse response in each hundredth of a second, in dB of its highest. */
    private static Chart.Line decay(String label, Effect effect) {
        int piece = RATE / 100;
        double[][] signal = {new double[2 * RATE]};
        signal[0][0] = 1;
        double[] out = new EffectRunner(effect, RATE, 1).run(signal, () -> BLOCK)[0];
        double most = peak(out, 0, out.length);
        return new Chart.Line(
                label,
                IntStream.range(0, out.length / piece)
                        .mapToObj(i -> new Chart.Point(
                                (i + 0.5) * piece / RATE,
                                Math.max(-200, Decibels.fromGain(peak(out, i * piece, piece) / most))))
                        .toList());
    }

    private static double peak(double[] x, int from, int frames) {
        double peak = 0;
        for (int i = from; i < from + frames; i++) {
            peak = Math.max(peak, Math.abs(x[i]));
        }
        return peak;
    }
}
