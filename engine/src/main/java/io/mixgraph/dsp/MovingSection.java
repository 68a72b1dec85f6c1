package io.mixgraph.dsp;

import io.mixgraph.audio.AudioBlock;
import java.util.Arrays;

/**
 * A bell or a shelf whose gain moves frame by frame. Under a gain that stands still it is {@link BiquadDesign#peak},
 * {@link BiquadDesign#lowShelf} or {@link BiquadDesign#highShelf} of that gain; at a gain of exactly 1 it passes every
 * bit. It is linear in the signal whatever the gain does. Its output depends on the frames since {@link #reset}, not on
 * how they are cut into blocks. Used by one thread at a time; allocates nothing while running.
 *
 * <p>The structure is the state-variable filter with trapezoidal integrators (V. Zavalishin, "The Art of VA Filter
 * Design", 2018, chapter 4), mixed into a bell or a shelf as by A. Simper, "Solving the continuous SVF equations using
 * trapezoidal integration and equivalent currents" (Cytomic, 2013). With G the linear gain, A = √G, g0 = tan(π·f/Fs), x
 * the input, s1 and s2 the states:
 *
 * <pre>
 * v1 = (s1 + g·(x − s2)) / (1 + g·(g + k));   v2 = s2 + g·v1
 * y = m0·x + m1·v1 + m2·v2;   s1 = 2·v1 − s1;   s2 = 2·v2 − s2
 *
 *              g         k          m0    m1            m2
 * bell         g0        1/(Q·A)    1     k·(G − 1)     0
 * low shelf    g0/√A     1/Q        1     k·(A − 1)     G − 1
 * high shelf   g0·√A     1/Q        G     k·(1 − A)·A   1 − G
 * </pre>
 *
 * So a gain costs two square roots and a division a frame, shared by all channels, and no transcendental function. It
 * stays stable however the gain moves: with x = 0 the update changes s1² + s2² by −4·g·k·v1², which is never above 0.
 */
public final class MovingSection {
    /** What it does around its frequency. */
    public enum Shape {
        PEAK,
        LOW_SHELF,
        HIGH_SHELF
    }

    private static final int FLUSH_FRAMES = 64;

    /** What decays below this becomes 0 before it becomes subnormal, which is slow; and rest is exact. */
    private static final double FLUSH_BELOW = 1e-30;

    private final Shape shape;
    private final int sampleRate;
    private final double[][] state;
    private double g0;
    private double damping;

    /** The coefficients of up to 64 frames. */
    private final double[] gain = new double[FLUSH_FRAMES];

    private final double[] g = new double[FLUSH_FRAMES];
    private final double[] k = new double[FLUSH_FRAMES];
    private final double[] a1 = new double[FLUSH_FRAMES];
    private final double[] a2 = new double[FLUSH_FRAMES];
    private final double[] a3 = new double[FLUSH_FRAMES];
    private final double[] m0 = new double[FLUSH_FRAMES];
    private final double[] m1 = new double[FLUSH_FRAMES];
    private final double[] m2 = new double[FLUSH_FRAMES];
    private int framesSinceFlush;

    /**
     * @param hz the centre of a bell, where a shelf has half of its gain in dB; above 0.49 of the sample rate it works
     *     at 0.49 of it
     * @param q above 0
     * @param channels 1 or 2
     */
    public MovingSection(Shape shape, double hz, double q, int sampleRate, int channels) {
        if (channels < 1 || channels > 2) {
            throw new IllegalArgumentException("a section is mono or stereo, not of " + channels + " channels");
        }
        this.shape = shape;
        this.sampleRate = sampleRate;
        this.state = new double[channels][2];
        Arrays.fill(m0, 1.0);
        retune(hz, q);
    }

    /** Goes on from where it is with another frequency and width. */
    public final void retune(double hz, double q) {
        g0 = StrictMath.tan(StrictMath.PI * Math.min(hz / sampleRate, BiquadDesign.MAX_FREQUENCY));
        damping = 1.0 / q;
    }

    /**
     * Filters a signal in place.
     *
     * @param block of as many channels as the section
     * @param gains linear, above 0, frame by frame
     */
    public void process(AudioBlock block, double[] gains, int frames) {
        for (int from = 0; from < frames; ) {
            int to = Math.min(frames, from + FLUSH_FRAMES - framesSinceFlush);
            System.arraycopy(gains, from, gain, 0, to - from);
            switch (shape) {
                case PEAK -> peak(gain, g0, damping, g, k, m1, to - from);
                case LOW_SHELF -> lowShelf(gain, g0, damping, g, k, m1, m2, to - from);
                case HIGH_SHELF -> highShelf(gain, g0, damping, g, k, m0, m1, m2, to - from);
            }
            solve(g, k, a1, a2, a3, to - from);
            if (state.length == 2) {
                runStereo(block.channel(0), block.channel(1), from, to - from);
            } else {
                run(block.channel(0), from, to - from);
            }
            framesSinceFlush += to - from;
            if (framesSinceFlush == FLUSH_FRAMES) {
                framesSinceFlush = 0;
                for (double[] s : state) {
                    s[0] = Math.abs(s[0]) < FLUSH_BELOW ? 0.0 : s[0];
                    s[1] = Math.abs(s[1]) < FLUSH_BELOW ? 0.0 : s[1];
                }
            }
            from = to;
        }
    }

    /** Forgets everything. */
    public void reset() {
        for (double[] s : state) {
            Arrays.fill(s, 0.0);
        }
        framesSinceFlush = 0;
    }

    private static void peak(
            double[] gain, double g0, double damping, double[] g, double[] k, double[] m1, int frames) {
        for (int i = 0; i < frames; i++) {
            double d = damping / Math.sqrt(gain[i]);
            g[i] = g0;
            k[i] = d;
            m1[i] = d * (gain[i] - 1.0);
        }
    }

    private static void lowShelf(
            double[] gain, double g0, double damping, double[] g, double[] k, double[] m1, double[] m2, int frames) {
        for (int i = 0; i < frames; i++) {
            double a = Math.sqrt(gain[i]);
            g[i] = g0 / Math.sqrt(a);
            k[i] = damping;
            m1[i] = damping * (a - 1.0);
            m2[i] = gain[i] - 1.0;
        }
    }

    private static void highShelf(
            double[] gain,
            double g0,
            double damping,
            double[] g,
            double[] k,
            double[] m0,
            double[] m1,
            double[] m2,
            int frames) {
        for (int i = 0; i < frames; i++) {
            double a = Math.sqrt(gain[i]);
            g[i] = g0 * Math.sqrt(a);
            k[i] = damping;
            m0[i] = gain[i];
            m1[i] = damping * (1.0 - a) * a;
            m2[i] = 1.0 - gain[i];
        }
    }

    /** 1/(1 + g·(g + k)), g and g² times that. */
    private static void solve(double[] g, double[] k, double[] a1, double[] a2, double[] a3, int frames) {
        for (int i = 0; i < frames; i++) {
            double a = 1.0 / (1.0 + g[i] * (g[i] + k[i]));
            a1[i] = a;
            a2[i] = g[i] * a;
            a3[i] = g[i] * (g[i] * a);
        }
    }

    private void run(double[] x, int from, int frames) {
        double[] a1 = this.a1;
        double[] a2 = this.a2;
        double[] a3 = this.a3;
        double[] m0 = this.m0;
        double[] m1 = this.m1;
        double[] m2 = this.m2;
        double[] s = state[0];
        double s1 = s[0];
        double s2 = s[1];
        for (int i = 0; i < frames; i++) {
            double in = x[from + i];
            double e = in - s2;
            double v1 = a1[i] * s1 + a2[i] * e;
            double step = a2[i] * s1 + a3[i] * e;
            double v2 = s2 + step;
            x[from + i] = m0[i] * in + m1[i] * v1 + m2[i] * v2;
            s1 = 2.0 * v1 - s1;
            s2 = v2 + step;
        }
        s[0] = s1;
        s[1] = s2;
    }

    /** Both channels at once, which hides the time that a filter needs from one frame to the next. */
    private void runStereo(double[] l, double[] r, int from, int frames) {
        double[] a1 = this.a1;
        double[] a2 = this.a2;
        double[] a3 = this.a3;
        double[] m0 = this.m0;
        double[] m1 = this.m1;
        double[] m2 = this.m2;
        double[] sl = state[0];
        double[] sr = state[1];
        double s1L = sl[0];
        double s2L = sl[1];
        double s1R = sr[0];
        double s2R = sr[1];
        for (int i = 0; i < frames; i++) {
            double inL = l[from + i];
            double inR = r[from + i];
            double eL = inL - s2L;
            double eR = inR - s2R;
            double v1L = a1[i] * s1L + a2[i] * eL;
            double v1R = a1[i] * s1R + a2[i] * eR;
            double stepL = a2[i] * s1L + a3[i] * eL;
            double stepR = a2[i] * s1R + a3[i] * eR;
            double v2L = s2L + stepL;
            double v2R = s2R + stepR;
            l[from + i] = m0[i] * inL + m1[i] * v1L + m2[i] * v2L;
            r[from + i] = m0[i] * inR + m1[i] * v1R + m2[i] * v2R;
            s1L = 2.0 * v1L - s1L;
            s1R = 2.0 * v1R - s1R;
            s2L = v2L + stepL;
            s2R = v2R + stepR;
        }
        sl[0] = s1L;
        sl[1] = s2L;
        sr[0] = s1R;
        sr[1] = s2R;
    }
}
