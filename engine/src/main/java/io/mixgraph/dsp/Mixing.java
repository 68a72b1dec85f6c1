package io.mixgraph.dsp;

/**
 * The loops of a mixing desk: scale, add, round. Arrays are used from index 0; those of one call are distinct unless it
 * says otherwise. A product with a gain is always gain × sample, and sums go into the destination in the order of the
 * calls, so equal calls give equal bits.
 */
public final class Mixing {
    private Mixing() {}

    /** to += gain·from */
    public static void add(double[] from, double gain, double[] to, int frames) {
        for (int i = 0; i < frames; i++) {
            to[i] += gain * from[i];
        }
    }

    /** to += gain[i]·from, frame by frame. */
    public static void add(double[] from, double[] gain, double[] to, int frames) {
        for (int i = 0; i < frames; i++) {
            to[i] += gain[i] * from[i];
        }
    }

    /** to = gain·from + 0.0, so that no zero is negative; {@code from} and {@code to} may be one array. */
    public static void scale(double[] from, double gain, double[] to, int frames) {
        for (int i = 0; i < frames; i++) {
            to[i] = gain * from[i] + 0.0;
        }
    }

    /** to = gain[i]·from + 0.0, frame by frame; {@code from} and {@code to} may be one array. */
    public static void scale(double[] from, double[] gain, double[] to, int frames) {
        for (int i = 0; i < frames; i++) {
            to[i] = gain[i] * from[i] + 0.0;
        }
    }

    /** to = to × by, frame by frame. */
    public static void multiply(double[] to, double[] by, int frames) {
        for (int i = 0; i < frames; i++) {
            to[i] *= by[i];
        }
    }

    /** to = (1 − wetness[i])·dry + wetness[i]·to, frame by frame. */
    public static void crossfade(double[] dry, double[] wetness, double[] to, int frames) {
        for (int i = 0; i < frames; i++) {
            to[i] = (1.0 - wetness[i]) * dry[i] + wetness[i] * to[i];
        }
    }

    /** mid = ½(left + right), side = ½(left − right). */
    public static void midSide(double[] left, double[] right, double[] mid, double[] side, int frames) {
        for (int i = 0; i < frames; i++) {
            mid[i] = 0.5 * (left[i] + right[i]);
            side[i] = 0.5 * (left[i] - right[i]);
        }
    }

    /** left = mid + side, right = mid − side; {@code left} and {@code right} may be {@code mid} and {@code side}. */
    public static void leftRight(double[] mid, double[] side, double[] left, double[] right, int frames) {
        for (int i = 0; i < frames; i++) {
            double m = mid[i];
            double s = side[i];
            left[i] = m + s;
            right[i] = m - s;
        }
    }

    /** a and b change places. */
    public static void swap(double[] a, double[] b, int frames) {
        for (int i = 0; i < frames; i++) {
            double kept = a[i];
            a[i] = b[i];
            b[i] = kept;
        }
    }

    /** to = from − to */
    public static void difference(double[] from, double[] to, int frames) {
        for (int i = 0; i < frames; i++) {
            to[i] = from[i] - to[i];
        }
    }

    /** x = −x */
    public static void invert(double[] x, int frames) {
        for (int i = 0; i < frames; i++) {
            x[i] = -x[i];
        }
    }

    /** to = toA·a + toB·b + 0.0, so that no zero is negative; {@code to} is neither {@code a} nor {@code b}. */
    public static void combine(double[] a, double toA, double[] b, double toB, double[] to, int frames) {
        for (int i = 0; i < frames; i++) {
            to[i] = (toA * a[i] + toB * b[i]) + 0.0;
        }
    }

    /** to = toA[i]·a + toB[i]·b + 0.0, frame by frame; {@code to} is neither {@code a} nor {@code b}. */
    public static void combine(double[] a, double[] toA, double[] b, double[] toB, double[] to, int frames) {
        for (int i = 0; i < frames; i++) {
            to[i] = (toA[i] * a[i] + toB[i] * b[i]) + 0.0;
        }
    }

    /** x = the mean of x and y, the latter from index {@code yOffset} on. */
    public static void fold(double[] x, double[] y, int yOffset, int frames) {
        for (int i = 0; i < frames; i++) {
            x[i] = 0.5 * (x[i] + y[yOffset + i]);
        }
    }

    /**
     * x = x rounded to the nearest 32-bit float. There and back in two loops: in one, the two conversions wait for each
     * other on JDK 17.
     *
     * @param scratch at least {@code frames} long, overwritten
     */
    public static void roundToFloat(double[] x, float[] scratch, int frames) {
        for (int i = 0; i < frames; i++) {
            scratch[i] = (float) x[i];
        }
        for (int i = 0; i < frames; i++) {
            x[i] = scratch[i];
        }
    }

    /**
     * The largest magnitude so far. A branch that is hardly ever taken costs less than a maximum that each frame waits
     * for.
     *
     * @param before the largest before these, 0 or more
     * @param x none of them NaN
     */
    public static double peak(double before, double[] x, int frames) {
        double peak = before;
        for (int i = 0; i < frames; i++) {
            if (Math.abs(x[i]) > peak) {
                peak = Math.abs(x[i]);
            }
        }
        return peak;
    }

    /** Whether a magnitude is above a level. */
    public static boolean exceeds(double[] x, double level, int frames) {
        for (int i = 0; i < frames; i++) {
            if (Math.abs(x[i]) > level) {
                return true;
            }
        }
        return false;
    }
}
