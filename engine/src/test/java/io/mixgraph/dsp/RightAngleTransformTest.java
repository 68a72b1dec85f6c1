package io.mixgraph.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RightAngleTransformTest {
    @ParameterizedTest
    @ValueSource(ints = {4, 8, 16, 64, 128, 512})
    void aProductOfTransformsIsTheLinearConvolution(int n) {
        double[] x = noise(n, 1);
        double[] h = noise(n, 2);
        RightAngleTransform transform = new RightAngleTransform(n);
        double[][] a = new double[2][n];
        double[][] b = new double[2][n];
        transform.forward(x, 0, a[0], a[1]);
        transform.forward(h, 0, b[0], b[1]);
        double[] re = new double[n];
        double[] im = new double[n];
        for (int i = 0; i < n; i++) {
            re[i] = (a[0][i] * b[0][i] - a[1][i] * b[1][i]) / n;
            im[i] = (a[0][i] * b[1][i] + a[1][i] * b[0][i]) / n;
        }
        transform.inverse(re, im);
        for (int i = 0; i < 2 * n; i++) {
            double expected = 0;
            for (int k = Math.max(0, i - n + 1); k <= Math.min(i, n - 1); k++) {
                expected += x[k] * h[i - k];
            }
            assertThat(i < n ? re[i] : im[i - n]).isCloseTo(expected, within(1e-13 * n));
        }
    }

    /** The values of t^k at the roots of t^n = j: of modulus 1, all different, and their n-th powers are j. */
    @ParameterizedTest
    @ValueSource(ints = {4, 32, 256})
    void itTakesValuesAtTheRootsOfJ(int n) {
        double[] x = new double[n + 3];
        x[3 + 1] = 1;
        double[] re = new double[n];
        double[] im = new double[n];
        new RightAngleTransform(n).forward(x, 3, re, im);
        boolean[] seen = new boolean[n];
        for (int i = 0; i < n; i++) {
            assertThat(Math.hypot(re[i], im[i])).isCloseTo(1, within(1e-14));
            double turns = Math.atan2(im[i], re[i]) / (2 * Math.PI);
            double root = turns * n - 0.25;
            int index = Math.floorMod(Math.round(root), n);
            assertThat(root).isCloseTo(Math.rint(root), within(1e-10));
            assertThat(seen[index]).isFalse();
            seen[index] = true;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 3, 48, -4})
    void otherSizesAreRefused(int size) {
        assertThatThrownBy(() -> new RightAngleTransform(size)).isInstanceOf(IllegalArgumentException.class);
    }

    private static double[] noise(int n, long seed) {
        return new Random(seed).doubles(n, -1, 1).toArray();
    }
}
