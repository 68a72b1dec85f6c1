package io.mixgraph.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FollowersTest {
    private static final int RATE = 48_000;

    private interface Kernel {
        void process(double[] x, int frames);
    }

    /** α of a time constant. */
    private static double alpha(double ms) {
        return Math.exp(-1000 / (ms * RATE));
    }

    @Test
    void rmsIsTheRootOfTheWeightedMeanSquare() {
        double[] x = noise(3000);
        double[] level = new double[3000];
        new RmsLevel(5, RATE).process(x, 3000, level);
        double a = alpha(5);
        for (int n : new int[] {0, 1, 100, 2999}) {
            double sum = 0;
            for (int i = 0; i <= n; i++) {
                sum += (1 - a) * Math.pow(a, n - i) * x[i] * x[i];
            }
            assertThat(level[n]).isCloseTo(Math.sqrt(sum), within(1e-12));
        }
    }

    @Test
    void twoStagesAreTwoFollowersOfWhichTheHigherCounts() {
        double[] x = Arrays.stream(noise(20_000)).map(Math::abs).toArray();
        Arrays.fill(x, 10_000, 20_000, 0);
        double[] expected = x.clone();
        double f = 0;
        double s = 0;
        for (int i = 0; i < x.length; i++) {
            double a = alpha(x[i] > f ? 2 : 20);
            f = a * f + (1 - a) * x[i];
            double b = alpha(f > s ? 80 : 160);
            s = b * s + (1 - b) * f;
            expected[i] = Math.max(f, s);
        }
        new TwoStageFollower(2, 20, 80, 160, RATE).process(x, x.length);
        assertThat(x).containsExactly(expected, within(1e-11));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5, 10})
    void itHoldsBeforeItRises(double holdMs) {
        double[] x = noise(20_000);
        double[] expected = new double[x.length];
        long hold = Math.round(holdMs * 48);
        double s = 1;
        long above = Long.MAX_VALUE;
        for (int i = 0; i < x.length; i++) {
            x[i] += i / 2000 % 3; // Steps, so that it rises as a whole too.
            if (x[i] <= s) {
                s += (x[i] - s) * (1 - alpha(3));
                above = 0;
            } else if (above >= hold) {
                s += (x[i] - s) * (1 - alpha(30));
            } else {
                above++;
            }
            expected[i] = s;
        }
        HoldingFollower follower = new HoldingFollower(3, holdMs, 30, RATE);
        follower.reset(1);
        follower.process(x, x.length);
        assertThat(x).containsExactly(expected, within(1e-7));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1.0 / 3, 16.7})
    void itArrivesExactlyHoweverSlow(double target) {
        HoldingFollower follower = new HoldingFollower(10_000, 0, 10_000, RATE);
        follower.reset(target > 1 ? 0 : 20);
        Glide glide = new Glide(10_000, RATE);
        glide.to(target);
        double[] x = new double[RATE];
        double[] y = new double[RATE];
        for (int second = 0; second < 230; second++) {
            Arrays.fill(x, target);
            follower.process(x, RATE);
            glide.process(y, 0, RATE);
            noSubnormals(x);
            noSubnormals(y);
        }
        assertThat(x[RATE - 1]).isEqualTo(target);
        assertThat(y[RATE - 1]).isEqualTo(target);
    }

    @Test
    void whatDecaysEndsAtZeroWithoutSubnormals() {
        TwoStageFollower stages = new TwoStageFollower(1, 50, 200, 400, RATE);
        RmsLevel rms = new RmsLevel(50, RATE);
        decays(stages::process);
        decays((x, frames) -> rms.process(x.clone(), frames, x));
    }

    private static void decays(Kernel kernel) {
        double[] x = new double[40 * RATE];
        Arrays.fill(x, 0, RATE, 3.0);
        kernel.process(x, x.length);
        noSubnormals(x);
        assertThat(x[RATE]).isPositive();
        assertThat(x[x.length - 1]).isZero();
    }

    @Test
    void theSmoothStepIsExactAtItsEndsAndInTheMiddle() {
        double[] x = {0, 0.25, 0.5, 0.75, 1};
        SmoothStep.reversed(x, 5);
        assertThat(x).containsExactly(1, 27.0 / 32, 0.5, 5.0 / 32, 0);
    }

    @Test
    void linkingMovesTheLowerTowardsTheHigher() {
        double[] left = {0, 4, 2, 2};
        double[] right = {3, 1, 2, 6};
        PeakLevel.link(left, right, 0.25, 4);
        assertThat(left).containsExactly(0.75, 4, 2, 3);
        assertThat(right).containsExactly(3, 1.75, 2, 6);
    }

    private static void noSubnormals(double[] x) {
        for (double v : x) {
            if (v != 0 && Math.abs(v) < Double.MIN_NORMAL) {
                throw new AssertionError("a subnormal value");
            }
        }
    }

    private static double[] noise(int frames) {
        return new Random(5).doubles(frames, -1, 1).toArray();
    }
}
