package io.mixgraph.dsp;

import java.util.Arrays;
import java.util.List;

/**
 * A feedback delay network of {@value #LINES} lines with two inputs and two outputs (J.-M. Jot and A. Chaigne, "Digital
 * delay networks for designing artificial reverberators", AES 90th Convention, 1991): each line delays, then absorbs;
 * the lines are mixed by a Hadamard matrix H, which is lossless, so that the absorption alone decides how fast it
 * decays; its rows go back into the lines.
 *
 * <pre>
 * s_i = h_i * line_i[n − m_i];   left = Σ ±s_i over even i;   right = Σ ±s_i over odd i
 * line[n] = H·(s + (u_left, u_right, 0, …))
 * </pre>
 *
 * Both inputs first pass allpasses of their own. H is of entries ±1; the 1/4 that makes it orthogonal is in the h_i.
 *
 * <p>Work is cut into blocks at absolute frames since {@link #reset}, each no longer than the shortest delay, so that
 * all loops run along the block and none depends on the caller's blocks. At the end of each, what has decayed below
 * 1e-30 is cleared. Used by one thread at a time; allocates nothing while running.
 */
public final class FeedbackDelayNetwork {
    /** How many lines there are. */
    public static final int LINES = 16;

    /** The allpasses' gain; the an allpass of m frames is 60 dB down after 13.5·m. */
    public static final double DIFFUSION = 0.6;

    private static final int MAX_BLOCK = 64;
    private static final double FLUSH_BELOW = 1e-30;

    private final int blockFrames;
    private final double[][] rings;
    private final int[] position = new int[LINES];
    private final AllpassChain leftDiffusion;
    private final AllpassChain rightDiffusion;
    /** b0, the weight of the input in the state, and a1 of each line's absorption. */
    private final double[] direct = new double[LINES];

    private final double[] feed = new double[LINES];
    private final double[] pole = new double[LINES];
    private final double[] state = new double[LINES];

    private final double[][] s;
    private final double[] left;
    private final double[] right;
    private int framesInBlock;

    /**
     * @param delays m of each line in frames, {@link #LINES} of them, different from each other
     * @param leftDiffusion delays of the left input's allpasses in frames
     * @param rightDiffusion of the right input's
     * @param absorption what each line loses, first-order sections
     */
    public FeedbackDelayNetwork(int[] delays, int[] leftDiffusion, int[] rightDiffusion, List<Biquad> absorption) {
        int shortest = MAX_BLOCK;
        for (int[] some : List.of(delays, leftDiffusion, rightDiffusion)) {
            for (int delay : some) {
                shortest = Math.min(shortest, delay);
            }
        }
        if (delays.length != LINES || shortest < 1) {
            throw new IllegalArgumentException("a network has " + LINES + " lines of one frame or more");
        }
        this.blockFrames = shortest;
        this.rings = new double[LINES][];
        for (int i = 0; i < LINES; i++) {
            rings[i] = new double[delays[i]];
        }
        this.leftDiffusion = new AllpassChain(leftDiffusion, DIFFUSION, blockFrames);
        this.rightDiffusion = new AllpassChain(rightDiffusion, DIFFUSION, blockFrames);
        this.s = new double[LINES][blockFrames];
        this.left = new double[blockFrames];
        this.right = new double[blockFrames];
        retune(absorption);
    }

    /** Goes on with other absorption; what sounds stays. */
    public final void retune(List<Biquad> absorption) {
        for (int i = 0; i < LINES; i++) {
            Biquad section = absorption.get(i);
            direct[i] = 0.25 * section.b0();
            feed[i] = 0.25 * (section.b1() - section.a1() * section.b0());
            pole[i] = section.a1();
        }
    }

    /**
     * The gain from independent noise of unit power at both inputs to either output, as a power: P·Σ h_i²/32, where P,
     * the power at each line's input, is where what comes in, 32, equals what is lost, P·Σ(1 − h_i²). It takes the
     * lines for independent.
     *
     * @param gains h_i, each line's gain when it absorbs the same at all frequencies
     */
    public static double noisePower(double[] gains) {
        double kept = 0.0;
        double lost = 0.0;
        for (double h : gains) {
            kept += h * h;
            lost += (1.0 - h) * (1.0 + h);
        }
        return kept / lost;
    }

    /** Replaces the first {@code frames} values of both inputs by both outputs. */
    public void process(double[] leftChannel, double[] rightChannel, int frames) {
        int from = 0;
        while (from < frames) {
            int count = Math.min(frames - from, blockFrames - framesInBlock);
            System.arraycopy(leftChannel, from, left, 0, count);
            System.arraycopy(rightChannel, from, right, 0, count);
            run(count);
            System.arraycopy(left, 0, leftChannel, from, count);
            System.arraycopy(right, 0, rightChannel, from, count);
            from += count;
            framesInBlock += count;
            if (framesInBlock == blockFrames) {
                framesInBlock = 0;
                flush();
            }
        }
    }

    private void run(int n) {
        leftDiffusion.process(left, n);
        rightDiffusion.process(right, n);
        for (int i = 0; i < LINES; i++) {
            Ring.read(rings[i], position[i], s[i], n);
        }
        for (int i = 0; i < LINES; i += 4) {
            absorb(i, n);
        }
        take(0, left, n);
        take(1, right, n);
        for (int i = 0; i < LINES; i += 4) {
            mix(s[i], s[i + 1], s[i + 2], s[i + 3], n);
        }
        for (int i = 0; i < 4; i++) {
            mix(s[i], s[i + 4], s[i + 8], s[i + 12], n);
        }
        for (int i = 0; i < LINES; i++) {
            position[i] = Ring.write(rings[i], position[i], s[i], n);
        }
    }

    /** Four lines at once, which hides the time one of them needs from frame to frame. */
    private void absorb(int i, int n) {
        double[] w = s[i];
        double[] x = s[i + 1];
        double[] y = s[i + 2];
        double[] z = s[i + 3];
        double bw = direct[i];
        double bx = direct[i + 1];
        double by = direct[i + 2];
        double bz = direct[i + 3];
        double cw = feed[i];
        double cx = feed[i + 1];
        double cy = feed[i + 2];
        double cz = feed[i + 3];
        double aw = pole[i];
        double ax = pole[i + 1];
        double ay = pole[i + 2];
        double az = pole[i + 3];
        double sw = state[i];
        double sx = state[i + 1];
        double sy = state[i + 2];
        double sz = state[i + 3];
        for (int k = 0; k < n; k++) {
            double p = w[k];
            w[k] = bw * p + sw;
            sw = cw * p - aw * sw;
            double q = x[k];
            x[k] = bx * q + sx;
            sx = cx * q - ax * sx;
            double r = y[k];
            y[k] = by * r + sy;
            sy = cy * r - ay * sy;
            double t = z[k];
            z[k] = bz * t + sz;
            sz = cz * t - az * sz;
        }
        state[i] = sw;
        state[i + 1] = sx;
        state[i + 2] = sy;
        state[i + 3] = sz;
    }

    /** One side: its input, in {@code u}, joins the first of its lines; its output comes to stand there. */
    private void take(int side, double[] u, int n) {
        first(s[side], s[side + 2], s[side + 4], s[side + 6], u, n);
        rest(s[side + 8], s[side + 10], s[side + 12], s[side + 14], u, n);
    }

    private static void first(double[] a, double[] b, double[] c, double[] d, double[] u, int n) {
        for (int k = 0; k < n; k++) {
            double line = a[k];
            double sum = (line - b[k]) + (c[k] + d[k]);
            a[k] = line + u[k];
            u[k] = sum;
        }
    }

    private static void rest(double[] a, double[] b, double[] c, double[] d, double[] u, int n) {
        for (int k = 0; k < n; k++) {
            u[k] = u[k] + ((a[k] + b[k]) - (c[k] - d[k]));
        }
    }

    /** Four rows of a Hadamard matrix. */
    private static void mix(double[] a, double[] b, double[] c, double[] d, int n) {
        for (int k = 0; k < n; k++) {
            double p = a[k] + b[k];
            double q = a[k] - b[k];
            double r = c[k] + d[k];
            double t = c[k] - d[k];
            a[k] = p + r;
            b[k] = q + t;
            c[k] = p - r;
            d[k] = q - t;
        }
    }

    private void flush() {
        leftDiffusion.flush(blockFrames, FLUSH_BELOW);
        rightDiffusion.flush(blockFrames, FLUSH_BELOW);
        for (int i = 0; i < LINES; i++) {
            if (Math.abs(state[i]) < FLUSH_BELOW) {
                state[i] = 0.0;
            }
        }
        for (int i = 0; i < LINES; i++) {
            if (!Ring.isBelow(rings[i], position[i], blockFrames, FLUSH_BELOW)) {
                return;
            }
        }
        for (int i = 0; i < LINES; i++) {
            Ring.clear(rings[i], position[i], blockFrames);
        }
    }

    /** Returns to the state of a fresh one. */
    public void reset() {
        for (double[] ring : rings) {
            Arrays.fill(ring, 0.0);
        }
        Arrays.fill(position, 0);
        Arrays.fill(state, 0.0);
        leftDiffusion.reset();
        rightDiffusion.reset();
        framesInBlock = 0;
    }
}
