package io.mixgraph.testing;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.IntToDoubleFunction;

/** Signals made to hurt whoever mixes them: each is two or three parts of one length, for as many buses. */
public final class HurtfulSignals {
    private HurtfulSignals() {}

    private static double[] part(int frames, IntToDoubleFunction value) {
        double[] x = new double[frames];
        for (int i = 0; i < frames; i++) {
            x[i] = value.applyAsDouble(i);
        }
        return x;
    }

    private static double[] noise(int frames, double amplitude, long seed) {
        Random random = new Random(seed);
        return part(frames, i -> amplitude * (2.0 * random.nextDouble() - 1.0));
    }

    private static double square(double hz, int rate, int i) {
        return i * hz / rate % 1.0 < 0.5 ? 1.0 : -1.0;
    }

    private static double sine(double hz, int rate, int i) {
        return Math.sin(2.0 * Math.PI * hz * i / rate);
    }

    /** By name; 0.6 s but where the length is what hurts. */
    public static Map<String, double[][]> at(int rate) {
        int n = rate * 6 / 10;
        Map<String, double[][]> all = new LinkedHashMap<>();
        all.put("a quarter of the rate at 45 degrees", new double[][] {
            part(n, i -> Math.sin(Math.PI * (0.5 * i + 0.25))), part(n, i -> 0.4 * Math.cos(Math.PI * (0.5 * i + 0.25)))
        });
        all.put("clicks", new double[][] {
            part(n, i -> i % 1_234 == 7 ? (i / 1_234 % 2 == 0 ? 1.0 : -0.7) : 0.0),
            part(n, i -> i % 1_777 < 2 ? (i % 2 == 0 ? 1.0 : -1.0) : 0.0),
            noise(n, 0.01, 11)
        });
        all.put("square waves", new double[][] {
            part(n, i -> square(50, rate, i)), part(n, i -> 0.7 * square(997, rate, i)),
        });
        all.put("20 Hz", new double[][] {part(n, i -> sine(20, rate, i)), part(n, i -> sine(20, rate, i + rate / 80))});
        all.put("20 Hz that comes softly", new double[][] {
            part(n, i -> soft(i, n) * sine(20, rate, i)), part(n, i -> -0.3 * soft(i, n) * sine(20, rate, i + 100))
        });
        all.put(
                "exactly one block of loudness",
                new double[][] {noise(rate * 4 / 10, 0.8, 12), noise(rate * 4 / 10, 0.3, 13)});
        all.put("a frame less than a block", new double[][] {
            noise(rate * 4 / 10 - 1, 0.8, 14), noise(rate * 4 / 10 - 1, 0.3, 15)
        });
        all.put("silence", new double[][] {new double[n], new double[n]});
        all.put("one frame", new double[][] {{1.0}, {-0.3}});
        all.put("quieter than the gate", new double[][] {noise(n, 2e-5, 16), noise(n, 1e-5, 17)});
        all.put("quieter than any gain lifts", new double[][] {noise(n, 1e-9, 18), noise(n, 1e-9, 19)});
        all.put("DC", new double[][] {part(n, i -> 0.9), part(n, i -> i < n / 2 ? -0.2 : 0.8)});
        all.put("denormals", new double[][] {
            part(n, i -> 1e-310 * square(441, rate, i)), part(n, i -> 3e-310 * square(50, rate, i))
        });
        all.put("12 dB over full scale", new double[][] {noise(n, 4.0, 20), part(n, i -> 4.0 * sine(441, rate, i))});
        all.put("bursts of noise", new double[][] {bursts(n, 21, 1.0), bursts(n, 22, 0.3), noise(n, 0.003, 23)});
        double[] loud = noise(n, 0.9, 24);
        all.put("opposites that nearly cancel", new double[][] {
            loud, part(n, i -> -loud[i] * (1.0 - 1e-5)), noise(n, 1e-6, 25)
        });
        all.put("opposites that cancel", new double[][] {loud, part(n, i -> -loud[i])});
        all.put("a silent stem", new double[][] {
            bursts(n, 26, 0.9), new double[n], part(n, i -> 0.5 * sine(80, rate, i))
        });
        all.put("half the rate", new double[][] {
            part(n, i -> i % 2 == 0 ? 0.9 : -0.9), part(n, i -> 0.7 * sine(60, rate, i))
        });
        return all;
    }

    private static double soft(int i, int frames) {
        double s = Math.sin(Math.PI * Math.min(0.5, (double) i / frames));
        return s * s * s * s;
    }

    private static double[] bursts(int frames, long seed, double amplitude) {
        Random random = new Random(seed);
        return part(frames, i -> i / 700 % 3 == 0 ? amplitude * (2.0 * random.nextDouble() - 1.0) : 0.0);
    }
}
