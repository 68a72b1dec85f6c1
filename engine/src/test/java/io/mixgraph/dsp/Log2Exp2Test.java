package io.mixgraph.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class Log2Exp2Test {
    @Test
    void log2IsWithin1e12Decibels() {
        Random random = new Random(1);
        double worst = 0;
        for (int i = 0; i < 200_000; i++) {
            double x = StrictMath.pow(10, -15 + 18 * random.nextDouble());
            double exact = StrictMath.log(x) / StrictMath.log(2);
            worst = Math.max(worst, Math.abs(Log2Exp2.log2(x) - exact));
        }
        assertThat(worst * Log2Exp2.DB_PER_LOG2).isLessThan(1e-12);
    }

    @Test
    void log2OfPowersOfTwoIsExact() {
        for (int k = -1022; k <= 1023; k++) {
            assertThat(Log2Exp2.log2(Math.scalb(1.0, k))).isEqualTo(k);
        }
    }

    @Test
    void silenceHasAFiniteLevel() {
        assertThat(Log2Exp2.log2(0.0)).isEqualTo(-1023.0);
        assertThat(Log2Exp2.log2(Double.MIN_VALUE)).isBetween(-1024.0, -1022.0);
        assertThat(Log2Exp2.log2(Double.MAX_VALUE)).isCloseTo(1024.0, within(1e-9));
    }

    @Test
    void exp2IsWithin1e10Decibels() {
        Random random = new Random(2);
        double worst = 0;
        for (int i = 0; i < 200_000; i++) {
            double x = -64 + 128 * random.nextDouble();
            worst = Math.max(worst, Math.abs(Log2Exp2.exp2(x) / StrictMath.pow(2, x) - 1));
        }
        assertThat(worst * 8.6859).isLessThan(1e-10);
    }

    @Test
    void exp2IsExactAtZeroAndHoldsItsEnds() {
        assertThat(Log2Exp2.exp2(0)).isEqualTo(1.0);
        assertThat(Log2Exp2.exp2(-0.0)).isEqualTo(1.0);
        assertThat(Log2Exp2.exp2(-1e6)).isEqualTo(Log2Exp2.exp2(-64)).isPositive();
        assertThat(Log2Exp2.exp2(1e6)).isEqualTo(Log2Exp2.exp2(64)).isFinite();
    }

    @Test
    void exp2NeverFallsAsItsArgumentRises() {
        double last = 0;
        for (double x = -64; x <= 64; x += 0.01) {
            double value = Log2Exp2.exp2(x);
            assertThat(value).isGreaterThan(last);
            last = value;
        }
    }

    @Test
    void arraysGiveTheBitsOfScalars() {
        double[] x = new Random(3).doubles(10_000, 0, 10).toArray();
        double[] log = x.clone();
        double[] exp = x.clone();
        for (int run = 0; run < 50; run++) {
            System.arraycopy(x, 0, log, 0, x.length);
            System.arraycopy(x, 0, exp, 0, x.length);
            Log2Exp2.log2(log, new double[x.length], x.length);
            Log2Exp2.exp2(exp, -2.0, 0.5, x.length);
        }
        for (int i = 0; i < x.length; i++) {
            assertThat(log[i]).isEqualTo(Log2Exp2.log2(x[i]));
            assertThat(exp[i]).isEqualTo(0.5 * Log2Exp2.exp2(-2.0 * x[i]));
        }
    }
}
