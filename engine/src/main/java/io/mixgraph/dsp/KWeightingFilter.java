package io.mixgraph.dsp;

import java.util.Arrays;

/**
 * The two biquads of K-weighting over one or two channels at once, summing the squares of what comes out. State-space
 * form of the transposed direct form II with b0 taken out of both: y = x + s1, s1' = c1·x − a1·s1 + s2, s2' = c2·x −
 * a2·s1 with c = b/b0 − a; the two b0 multiply the sum of squares once, when it is read. States below 1e-30 are set to
 * zero at every 64th frame since the reset, against denormals. Samples must be finite. Used by one thread at a time.
 */
public final class KWeightingFilter {
    private static final int FLUSH_FRAMES = 64;
    private static final double DENORMAL = 1e-30;

    private final double a1;
    private final double a2;
    private final double c1;
    private final double c2;
    private final double d1;
    private final double d2;
    private final double e1;
    private final double e2;
    private final double power;

    /** Two states of the first biquad, two of the second, for the first channel and then for the second. */
    private final double[] state = new double[8];

    private double leftSquares;
    private double rightSquares;
    private int sinceFlush;

    /**
     * @param first b0, b1, b2, a1, a2 of the first biquad, a0 being 1
     * @param second the same of the second
     */
    public KWeightingFilter(double[] first, double[] second) {
        this.a1 = first[3];
        this.a2 = first[4];
        this.c1 = first[1] / first[0] - a1;
        this.c2 = first[2] / first[0] - a2;
        this.d1 = second[3];
        this.d2 = second[4];
        this.e1 = second[1] / second[0] - d1;
        this.e2 = second[2] / second[0] - d2;
        double gain = first[0] * second[0];
        this.power = gain * gain;
    }

    /** Feeds {@code frames} frames of two channels, from index {@code from}. */
    public void addPair(double[] left, double[] right, int from, int frames) {
        int done = 0;
        while (done < frames) {
            int run = Math.min(frames - done, FLUSH_FRAMES - sinceFlush);
            runPair(left, right, from + done, run);
            advance(run);
            done += run;
        }
    }

    /** Feeds {@code frames} frames of a single channel, from index {@code from}. */
    public void addSingle(double[] x, int from, int frames) {
        int done = 0;
        while (done < frames) {
            int run = Math.min(frames - done, FLUSH_FRAMES - sinceFlush);
            runSingle(x, from + done, run);
            advance(run);
            done += run;
        }
    }

    /** The sum of the squares of the first channel since {@link #clearSquares}. */
    public double firstSquares() {
        return leftSquares * power;
    }

    /** The sum of the squares of the second channel since {@link #clearSquares}; 0 when there is none. */
    public double secondSquares() {
        return rightSquares * power;
    }

    /** Starts new sums; the filters go on. */
    public void clearSquares() {
        leftSquares = 0.0;
        rightSquares = 0.0;
    }

    /** Returns to silence, with new sums. */
    public void reset() {
        Arrays.fill(state, 0.0);
        sinceFlush = 0;
        clearSquares();
    }

    private void advance(int frames) {
        sinceFlush += frames;
        if (sinceFlush == FLUSH_FRAMES) {
            sinceFlush = 0;
            for (int i = 0; i < state.length; i++) {
                if (Math.abs(state[i]) < DENORMAL) {
                    state[i] = 0.0;
                }
            }
        }
    }

    private void runPair(double[] left, double[] right, int from, int frames) {
        double a1 = this.a1;
        double a2 = this.a2;
        double c1 = this.c1;
        double c2 = this.c2;
        double d1 = this.d1;
        double d2 = this.d2;
        double e1 = this.e1;
        double e2 = this.e2;
        double l1 = state[0];
        double l2 = state[1];
        double l3 = state[2];
        double l4 = state[3];
        double r1 = state[4];
        double r2 = state[5];
        double r3 = state[6];
        double r4 = state[7];
        double sumL = leftSquares;
        double sumR = rightSquares;
        for (int i = from; i < from + frames; i++) {
            double xl = left[i];
            double xr = right[i];
            double yl = xl + l1;
            double yr = xr + r1;
            double nextL = (c1 * xl + l2) - a1 * l1;
            double nextR = (c1 * xr + r2) - a1 * r1;
            l2 = c2 * xl - a2 * l1;
            r2 = c2 * xr - a2 * r1;
            l1 = nextL;
            r1 = nextR;
            double zl = yl + l3;
            double zr = yr + r3;
            nextL = (e1 * yl + l4) - d1 * l3;
            nextR = (e1 * yr + r4) - d1 * r3;
            l4 = e2 * yl - d2 * l3;
            r4 = e2 * yr - d2 * r3;
            l3 = nextL;
            r3 = nextR;
            sumL += zl * zl;
            sumR += zr * zr;
        }
        state[0] = l1;
        state[1] = l2;
        state[2] = l3;
        state[3] = l4;
        state[4] = r1;
        state[5] = r2;
        state[6] = r3;
        state[7] = r4;
        leftSquares = sumL;
        rightSquares = sumR;
    }

    private void runSingle(double[] x, int from, int frames) {
        double s1 = state[0];
        double s2 = state[1];
        double s3 = state[2];
        double s4 = state[3];
        double sum = leftSquares;
        for (int i = from; i < from + frames; i++) {
            double in = x[i];
            double y = in + s1;
            double next = (c1 * in + s2) - a1 * s1;
            s2 = c2 * in - a2 * s1;
            s1 = next;
            double z = y + s3;
            next = (e1 * y + s4) - d1 * s3;
            s4 = e2 * y - d2 * s3;
            s3 = next;
            sum += z * z;
        }
        state[0] = s1;
        state[1] = s2;
        state[2] = s3;
        state[3] = s4;
        leftSquares = sum;
    }
}
