package io.mixgraph.dsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class SaturationCurveTest {
    @Test
    void curvesAreTheirFormulas() {
        assertThat(worstError(SaturationCurveTest::tanh, StrictMath::tanh)).isLessThan(1e-9);
        assertThat(worstError(SaturationCurveTest::tape, x -> 3 * langevin(2 * x) / 2))
                .isLessThan(1e-9);
        assertThat(worstError(SaturationCurveTest::tube, x -> biased(x, 0.25))).isLessThan(1e-9);
    }

    /** (tanh(x + b) − tanh b) / (1 − tanh² b) where tanh b = t. */
    private static double biased(double x, double t) {
        if (Math.abs(x) < 1e-3) {
            // Its power series: f'' / f' at 0 is −2t, f''' / f' is 6t² − 2.
            return x - t * x * x + (t * t - 1 / 3.0) * x * x * x;
        }
        double b = 0.5 * StrictMath.log((1 + t) / (1 - t));
        return (StrictMath.tanh(x + b) - t) / (1 - t * t);
    }

    private static double langevin(double z) {
        double u = z * z;
        return Math.abs(z) < 0.05
                ? z / 3 * (1 - u / 15 + 2 * u * u / 315 - u * u * u / 1575)
                : 1 / StrictMath.tanh(z) - 1 / z;
    }

    private static double worstError(DoubleUnaryOperator curve, DoubleUnaryOperator formula) {
        Random random = new Random(1);
        double worst = 0;
        for (int i = 0; i < 100_000; i++) {
            double x = (random.nextBoolean() ? 1 : -1) * StrictMath.pow(10, -6 + 10 * random.nextDouble());
            worst = Math.max(worst, Math.abs(curve.applyAsDouble(x) / formula.applyAsDouble(x) - 1));
        }
        return worst;
    }

    @Test
    void tanhAndTapeAreOddToTheBitAndPassTheQuietestUntouched() {
        for (double x = 1e-12; x < 1e4; x *= 1.01) {
            assertThat(tanh(-x)).isEqualTo(-tanh(x));
            assertThat(tape(-x)).isEqualTo(-tape(x));
        }
        for (double x : new double[] {0.0, -0.0, Double.MIN_VALUE, 1e-200, -1e-9}) {
            assertThat(tanh(x)).isEqualTo(x);
            assertThat(tape(x)).isEqualTo(x);
        }
    }

    @Test
    void theirLimitsAreThose() {
        for (double x : new double[] {20, 1e3, 1e6}) {
            assertThat(Math.abs(tanh(x) - 1)).isLessThan(1e-9);
            assertThat(Math.abs(tube(x) - 0.8)).isLessThan(1e-9);
            assertThat(Math.abs(tube(-x) + 4 / 3.0)).isLessThan(2e-9);
            assertThat(Math.abs(tape(x) - (1.5 - 0.75 / x))).isLessThan(1e-9);
        }
    }

    @Test
    void theyNeverFallAsTheirArgumentRises() {
        double step = 1e-3;
        for (double x = -20; x < 20; x += step) {
            // Where they are flat, by what rounding and the end of the fraction leave.
            assertThat(tanh(x + step)).isGreaterThan(tanh(x) - 1e-12);
            assertThat(tube(x + step)).isGreaterThan(tube(x) - 1e-12);
            assertThat(tape(x + step)).isGreaterThan(tape(x) - 1e-12);
        }
    }

    @Test
    void blocksGiveTheBitsOfSingleValues() {
        double[] x = new Random(3).doubles(10_000, -30, 30).toArray();
        double[] tanh = x.clone();
        double[] tape = x.clone();
        double[] tube = x.clone();
        for (int run = 0; run < 50; run++) {
            System.arraycopy(x, 0, tanh, 0, x.length);
            System.arraycopy(x, 0, tape, 0, x.length);
            System.arraycopy(x, 0, tube, 0, x.length);
            SaturationCurve.tanh(tanh, x.length);
            SaturationCurve.tape(tape, new double[x.length], x.length);
            SaturationCurve.tube(tube, x.length);
        }
        assertThat(tanh)
                .isEqualTo(Arrays.stream(x).map(SaturationCurveTest::tanh).toArray());
        assertThat(tape)
                .isEqualTo(Arrays.stream(x).map(SaturationCurveTest::tape).toArray());
        assertThat(tube)
                .isEqualTo(Arrays.stream(x).map(SaturationCurveTest::tube).toArray());
    }

    private static double tanh(double x) {
        double[] one = {x};
        SaturationCurve.tanh(one, 1);
        return one[0];
    }

    private static double tape(double x) {
        double[] one = {x};
        SaturationCurve.tape(one, new double[1], 1);
        return one[0];
    }

    private static double tube(double x) {
        double[] one = {x};
        SaturationCurve.tube(one, 1);
        return one[0];
    }
}
