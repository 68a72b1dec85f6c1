package io.mixgraph.dsp;

import io.mixgraph.audio.AudioBlock;
import java.util.Arrays;
import java.util.List;

/**
 * Runs sections one after another over a mono or stereo signal, in place, with double state. Its output depends on the
 * frames since {@link #reset}, not on how they are cut into blocks. Used by one thread at a time; allocates nothing
 * while running.
 *
 * <p>Each section is a transposed direct form II (Oppenheim and Schafer, Discrete-Time Signal Processing, on transposed
 * forms) with its b0 taken out and its output eliminated from the state updates, which leaves one addition between
 * input and output: with c1 = b1/b0 − a1 and c2 = b2/b0 − a2,
 *
 * <pre>
 * y = x + s1;   s1 = (c1·x + s2) − a1·s1;   s2 = c2·x − a2·s1
 * </pre>
 *
 * The product of all b0 is applied once, at the input.
 */
public final class BiquadCascade {
    /** State is looked at for decayed remains every so many frames since the reset. */
    private static final int FLUSH_FRAMES = 64;

    /** What is left below this, for a full-scale input, is cleared before it becomes subnormal, which is slow. */
    private static final double FLUSH_BELOW = 1e-30;

    /** −120 dB, where a tail ends. */
    private static final double TAIL_END = 1e-6;

    private final int sections;
    private final double gain;
    private final double flushBelow;
    /** c1, c2, a1, a2 of each section. */
    private final double[] coefficients;
    /** s1, s2 of each section, per channel. */
    private final double[][] state;

    private int framesSinceFlush;

    /**
     * @param sections in order; none is a plain wire
     * @param channels 1 or 2
     */
    public BiquadCascade(List<Biquad> sections, int channels) {
        if (channels < 1 || channels > 2) {
            throw new IllegalArgumentException("a cascade is mono or stereo, not of " + channels + " channels");
        }
        this.sections = sections.size();
        this.coefficients = new double[4 * this.sections];
        this.state = new double[channels][2 * this.sections];
        double product = 1.0;
        for (int i = 0; i < this.sections; i++) {
            Biquad section = sections.get(i);
            product *= section.b0();
            coefficients[4 * i] = section.b1() / section.b0() - section.a1();
            coefficients[4 * i + 1] = section.b2() / section.b0() - section.a2();
            coefficients[4 * i + 2] = section.a1();
            coefficients[4 * i + 3] = section.a2();
        }
        this.gain = product;
        this.flushBelow = FLUSH_BELOW * Math.min(1.0, Math.abs(product));
    }

    /**
     * Filters a signal in place.
     *
     * @param block of as many channels as the cascade
     * @param frames how many of its frames to filter
     */
    public void process(AudioBlock block, int frames) {
        int from = 0;
        while (from < frames) {
            int to = Math.min(frames, from + FLUSH_FRAMES - framesSinceFlush);
            run(block, from, to);
            framesSinceFlush += to - from;
            if (framesSinceFlush == FLUSH_FRAMES) {
                flush();
                framesSinceFlush = 0;
            }
            from = to;
        }
    }

    /** Returns to the state of a fresh cascade. */
    public void reset() {
        for (double[] channel : state) {
            Arrays.fill(channel, 0.0);
        }
        framesSinceFlush = 0;
    }

    /**
     * How many frames longer than its input the cascade's output is: until what remains of the impulse response stays
     * below −120 dB of its peak. Found by running the impulse response for as long as the pole farthest out lets it
     * matter: with radius r, an n-fold pole decays as t^(n−1)·r^t, which after 14·(1 + n) / −ln r frames is far below
     * −120 dB of its own peak.
     *
     * @throws IllegalArgumentException when a section is not stable
     */
    public static long tailFrames(List<Biquad> sections) {
        double radius = 0.0;
        for (Biquad section : sections) {
            radius = Math.max(radius, section.poleRadius());
        }
        if (radius >= 1.0) {
            throw new IllegalArgumentException("an unstable filter rings for ever");
        }
        double decay = radius == 0.0 ? 0.0 : 14.0 * (1 + sections.size()) / -StrictMath.log(radius);
        long longest = 1 + 2L * sections.size() + (long) decay;

        BiquadCascade cascade = new BiquadCascade(sections, 1);
        AudioBlock block = new AudioBlock(1, 1024);
        double[] h = block.channel(0);
        h[0] = 1.0;
        double peak = 0.0;
        long last = 0;
        for (long start = 0; start < longest; start += h.length) {
            cascade.process(block, h.length);
            for (int i = 0; i < h.length; i++) {
                double magnitude = Math.abs(h[i]);
                if (magnitude > peak) {
                    peak = magnitude;
                }
                if (magnitude >= TAIL_END * peak && magnitude > 0.0) {
                    last = start + i;
                }
            }
            Arrays.fill(h, 0.0);
        }
        return last;
    }

    /**
     * Runs the sections in groups, which are as large as the registers of a common CPU hold: four for one channel, two
     * for both at once. Both at once hides the time that a section needs from one frame to the next.
     */
    private void run(AudioBlock block, int from, int to) {
        double input = gain;
        int section = 0;
        while (section < sections) {
            int left = sections - section;
            int group = left >= 4 ? 4 : left >= 2 ? 2 : 1;
            if (group == 4 || state.length == 1) {
                for (int c = 0; c < state.length; c++) {
                    double[] x = block.channel(c);
                    switch (group) {
                        case 4 -> mono4(x, state[c], from, to, section, input);
                        case 2 -> mono2(x, state[c], from, to, section, input);
                        default -> mono1(x, state[c], from, to, section, input);
                    }
                }
            } else if (group == 2) {
                stereo2(block.channel(0), block.channel(1), from, to, section, input);
            } else {
                stereo1(block.channel(0), block.channel(1), from, to, section, input);
            }
            input = 1.0;
            section += group;
        }
    }

    private void flush() {
        for (double[] s : state) {
            for (int i = 0; i < s.length; i++) {
                if (Math.abs(s[i]) < flushBelow) {
                    s[i] = 0.0;
                }
            }
        }
    }

    private void mono1(double[] x, double[] s, int from, int to, int section, double input) {
        double[] k = coefficients;
        int o = 4 * section;
        double c1 = k[o];
        double c2 = k[o + 1];
        double a1 = k[o + 2];
        double a2 = k[o + 3];
        int p = 2 * section;
        double s1 = s[p];
        double s2 = s[p + 1];
        for (int i = from; i < to; i++) {
            double in = x[i] * input;
            x[i] = in + s1;
            double t = (c1 * in + s2) - a1 * s1;
            s2 = c2 * in - a2 * s1;
            s1 = t;
        }
        s[p] = s1;
        s[p + 1] = s2;
    }

    private void stereo1(double[] l, double[] r, int from, int to, int section, double input) {
        double[] k = coefficients;
        int o = 4 * section;
        double c1 = k[o];
        double c2 = k[o + 1];
        double a1 = k[o + 2];
        double a2 = k[o + 3];
        int p = 2 * section;
        double[] sl = state[0];
        double[] sr = state[1];
        double l1 = sl[p];
        double l2 = sl[p + 1];
        double r1 = sr[p];
        double r2 = sr[p + 1];
        for (int i = from; i < to; i++) {
            double inL = l[i] * input;
            double inR = r[i] * input;
            l[i] = inL + l1;
            r[i] = inR + r1;
            double tL = (c1 * inL + l2) - a1 * l1;
            double tR = (c1 * inR + r2) - a1 * r1;
            l2 = c2 * inL - a2 * l1;
            r2 = c2 * inR - a2 * r1;
            l1 = tL;
            r1 = tR;
        }
        sl[p] = l1;
        sl[p + 1] = l2;
        sr[p] = r1;
        sr[p + 1] = r2;
    }

    private void mono2(double[] x, double[] s, int from, int to, int section, double input) {
        double[] k = coefficients;
        int o = 4 * section;
        double c1A = k[o];
        double c2A = k[o + 1];
        double a1A = k[o + 2];
        double a2A = k[o + 3];
        double c1B = k[o + 4];
        double c2B = k[o + 5];
        double a1B = k[o + 6];
        double a2B = k[o + 7];
        int p = 2 * section;
        double s1A = s[p];
        double s2A = s[p + 1];
        double s1B = s[p + 2];
        double s2B = s[p + 3];
        for (int i = from; i < to; i++) {
            double inA = x[i] * input;
            double inB = inA + s1A;
            x[i] = inB + s1B;
            double tA = (c1A * inA + s2A) - a1A * s1A;
            s2A = c2A * inA - a2A * s1A;
            s1A = tA;
            double tB = (c1B * inB + s2B) - a1B * s1B;
            s2B = c2B * inB - a2B * s1B;
            s1B = tB;
        }
        s[p] = s1A;
        s[p + 1] = s2A;
        s[p + 2] = s1B;
        s[p + 3] = s2B;
    }

    private void stereo2(double[] l, double[] r, int from, int to, int section, double input) {
        double[] k = coefficients;
        int o = 4 * section;
        double c1A = k[o];
        double c2A = k[o + 1];
        double a1A = k[o + 2];
        double a2A = k[o + 3];
        double c1B = k[o + 4];
        double c2B = k[o + 5];
        double a1B = k[o + 6];
        double a2B = k[o + 7];
        int p = 2 * section;
        double[] sl = state[0];
        double[] sr = state[1];
        double l1A = sl[p];
        double l2A = sl[p + 1];
        double l1B = sl[p + 2];
        double l2B = sl[p + 3];
        double r1A = sr[p];
        double r2A = sr[p + 1];
        double r1B = sr[p + 2];
        double r2B = sr[p + 3];
        for (int i = from; i < to; i++) {
            double inLA = l[i] * input;
            double inRA = r[i] * input;
            double inLB = inLA + l1A;
            double inRB = inRA + r1A;
            l[i] = inLB + l1B;
            r[i] = inRB + r1B;
            double tLA = (c1A * inLA + l2A) - a1A * l1A;
            double tRA = (c1A * inRA + r2A) - a1A * r1A;
            l2A = c2A * inLA - a2A * l1A;
            r2A = c2A * inRA - a2A * r1A;
            l1A = tLA;
            r1A = tRA;
            double tLB = (c1B * inLB + l2B) - a1B * l1B;
            double tRB = (c1B * inRB + r2B) - a1B * r1B;
            l2B = c2B * inLB - a2B * l1B;
            r2B = c2B * inRB - a2B * r1B;
            l1B = tLB;
            r1B = tRB;
        }
        sl[p] = l1A;
        sl[p + 1] = l2A;
        sl[p + 2] = l1B;
        sl[p + 3] = l2B;
        sr[p] = r1A;
        sr[p + 1] = r2A;
        sr[p + 2] = r1B;
        sr[p + 3] = r2B;
    }

    private void mono4(double[] x, double[] s, int from, int to, int section, double input) {
        double[] k = coefficients;
        int o = 4 * section;
        double c1A = k[o];
        double c2A = k[o + 1];
        double a1A = k[o + 2];
        double a2A = k[o + 3];
        double c1B = k[o + 4];
        double c2B = k[o + 5];
        double a1B = k[o + 6];
        double a2B = k[o + 7];
        double c1C = k[o + 8];
        double c2C = k[o + 9];
        double a1C = k[o + 10];
        double a2C = k[o + 11];
        double c1D = k[o + 12];
        double c2D = k[o + 13];
        double a1D = k[o + 14];
        double a2D = k[o + 15];
        int p = 2 * section;
        double s1A = s[p];
        double s2A = s[p + 1];
        double s1B = s[p + 2];
        double s2B = s[p + 3];
        double s1C = s[p + 4];
        double s2C = s[p + 5];
        double s1D = s[p + 6];
        double s2D = s[p + 7];
        for (int i = from; i < to; i++) {
            double inA = x[i] * input;
            double inB = inA + s1A;
            double inC = inB + s1B;
            double inD = inC + s1C;
            x[i] = inD + s1D;
            double tA = (c1A * inA + s2A) - a1A * s1A;
            s2A = c2A * inA - a2A * s1A;
            s1A = tA;
            double tB = (c1B * inB + s2B) - a1B * s1B;
            s2B = c2B * inB - a2B * s1B;
            s1B = tB;
            double tC = (c1C * inC + s2C) - a1C * s1C;
            s2C = c2C * inC - a2C * s1C;
            s1C = tC;
            double tD = (c1D * inD + s2D) - a1D * s1D;
            s2D = c2D * inD - a2D * s1D;
            s1D = tD;
        }
        s[p] = s1A;
        s[p + 1] = s2A;
        s[p + 2] = s1B;
        s[p + 3] = s2B;
        s[p + 4] = s1C;
        s[p + 5] = s2C;
        s[p + 6] = s1D;
        s[p + 7] = s2D;
    }
}
