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
 * forms), y = b0·x + s1, s1 = b1·x − a1·y + s2, s2 = b2·x − a2·y, rewritten in three steps. b0 is taken out; the
 * product of those that run in one loop is applied once, at its input. y is eliminated from the state, which leaves one
 * addition between input and output. And v = s1 + s2 takes the place of s2: at low frequencies both are large and
 * nearly cancel, while v is small, so that rounding stays some 50 dB lower. With c = b1/b0 − a1, p = 1 + a1, e = 1 + a1
 * + a2 and d = (1 + b1/b0 + b2/b0) − e:
 *
 * <pre>
 * y = x + s1;   s1 = (c·x + v) − p·s1;   v = (d·x + v) − e·s1
 * </pre>
 *
 * where the last s1 is the one before. A highpass has d = −e to the bit, so that a constant dies away.
 */
public final class BiquadCascade {
    /** State is looked at for decayed remains every so many frames since the reset. */
    private static final int FLUSH_FRAMES = 64;

    /** What is left below this, for a full-scale input, is cleared before it becomes subnormal, which is slow. */
    private static final double FLUSH_BELOW = 1e-30;

    /** −120 dB, where a tail ends. */
    private static final double TAIL_END = 1e-6;

    private final int sections;
    /** What is applied at the input of the group that begins with a section; sections within a group have none. */
    private final double[] gain;
    /** What is too little to matter in the state of each section. */
    private final double[] flushBelow;
    /** c, d, p, e of each section. */
    private final double[] coefficients;
    /** b0 of each section. */
    private final double[] b0;
    /** s1 and v of each section, per channel. */
    private final double[][] state;

    private int framesSinceFlush;

    /**
     * @param sections in order; one that does nothing, such as a bell of 0 dB, changes no bit
     * @param channels 1 or 2
     */
    public BiquadCascade(List<Biquad> sections, int channels) {
        if (channels < 1 || channels > 2) {
            throw new IllegalArgumentException("a cascade is mono or stereo, not of " + channels + " channels");
        }
        this.sections = sections.size();
        this.gain = new double[this.sections];
        this.flushBelow = new double[this.sections];
        this.coefficients = new double[4 * this.sections];
        this.b0 = new double[this.sections];
        this.state = new double[channels][2 * this.sections];
        set(sections);
    }

    private void set(List<Biquad> designs) {
        for (int i = 0; i < sections; i++) {
            Biquad section = designs.get(i);
            b0[i] = section.b0();
            double b1 = section.b1() / section.b0();
            double b2 = section.b2() / section.b0();
            double e = 1.0 + section.a1() + section.a2();
            coefficients[4 * i] = b1 - section.a1();
            coefficients[4 * i + 1] = (1.0 + b1 + b2) - e;
            coefficients[4 * i + 2] = 1.0 + section.a1();
            coefficients[4 * i + 3] = e;
        }
        for (int first = 0; first < sections; first += group(first)) {
            int end = first + group(first);
            double product = 1.0;
            for (int i = first; i < end; i++) {
                product *= b0[i];
            }
            gain[first] = product;
            Arrays.fill(flushBelow, first, end, FLUSH_BELOW * Math.min(1.0, Math.abs(product)));
        }
    }

    /**
     * How many sections run in one loop from this one on: as many as the registers of a common CPU hold. The direct
     * paths of more than these would multiply to what no double holds: 10 Hz lowpasses have some 1e-8 each.
     */
    private int group(int first) {
        int left = sections - first;
        return left >= 4 ? 4 : left >= 2 ? 2 : 1;
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

    /**
     * Goes on with other coefficients. The state is kept: as b0 is taken out of each section, what a section remembers
     * is as large as the b0 of those after it in its group make it, and is scaled to the new ones.
     *
     * @param designs as many sections as before
     */
    public void retune(List<Biquad> designs) {
        if (designs.size() != sections) {
            throw new IllegalArgumentException("a cascade of " + sections + " sections cannot have " + designs.size());
        }
        for (int first = 0; first < sections; first += group(first)) {
            double scale = 1.0;
            for (int i = first + group(first) - 1; i >= first; i--) {
                for (double[] s : state) {
                    s[2 * i] *= scale;
                    s[2 * i + 1] *= scale;
                }
                scale *= designs.get(i).b0() / b0[i];
            }
        }
        set(designs);
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
     * below −120 dB of its peak. Found by running the impulse response for as long as the poles let it matter: with
     * radius r, an n-fold pole decays as t^(n−1)·r^t, which after 14·(1 + n) / −ln r frames is far below −120 dB of its
     * own peak, and one farther in adds less.
     *
     * @throws IllegalArgumentException when a section is not stable
     */
    public static long tailFrames(List<Biquad> sections) {
        double slowest = 0.0;
        double decay = 0.0;
        for (Biquad section : sections) {
            double radius = section.poleRadius();
            if (radius >= 1.0) {
                throw new IllegalArgumentException("an unstable filter rings for ever");
            }
            double frames = radius == 0.0 ? 0.0 : 14.0 / -StrictMath.log(radius);
            slowest = Math.max(slowest, frames);
            decay += frames;
        }
        long longest = 1 + 2L * sections.size() + (long) (decay + slowest);

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
            if (cascade.silent()) {
                break;
            }
            Arrays.fill(h, 0.0);
        }
        return last;
    }

    /** Whether nothing is left to ring. */
    private boolean silent() {
        for (double[] s : state) {
            for (double v : s) {
                if (v != 0.0) {
                    return false;
                }
            }
        }
        return true;
    }

    /**
     * Runs the sections in groups: of four channel by channel, of two and one for both channels at once. Both at once
     * hides the time that a section needs from one frame to the next.
     */
    private void run(AudioBlock block, int from, int to) {
        int section = 0;
        while (section < sections) {
            int group = group(section);
            double input = gain[section];
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
            section += group;
        }
    }

    private void flush() {
        for (double[] s : state) {
            for (int i = 0; i < s.length; i++) {
                if (Math.abs(s[i]) < flushBelow[i / 2]) {
                    s[i] = 0.0;
                }
            }
        }
    }

    private void mono1(double[] x, double[] s, int from, int to, int section, double input) {
        double[] k = coefficients;
        int o = 4 * section;
        double c = k[o];
        double d = k[o + 1];
        double p = k[o + 2];
        double e = k[o + 3];
        int q = 2 * section;
        double s1 = s[q];
        double v = s[q + 1];
        for (int i = from; i < to; i++) {
            double in = x[i] * input;
            x[i] = in + s1;
            double t = (c * in + v) - p * s1;
            v = (d * in + v) - e * s1;
            s1 = t;
        }
        s[q] = s1;
        s[q + 1] = v;
    }

    private void stereo1(double[] l, double[] r, int from, int to, int section, double input) {
        double[] k = coefficients;
        int o = 4 * section;
        double c = k[o];
        double d = k[o + 1];
        double p = k[o + 2];
        double e = k[o + 3];
        int q = 2 * section;
        double[] sl = state[0];
        double[] sr = state[1];
        double l1 = sl[q];
        double vL = sl[q + 1];
        double r1 = sr[q];
        double vR = sr[q + 1];
        for (int i = from; i < to; i++) {
            double inL = l[i] * input;
            double inR = r[i] * input;
            l[i] = inL + l1;
            r[i] = inR + r1;
            double tL = (c * inL + vL) - p * l1;
            double tR = (c * inR + vR) - p * r1;
            vL = (d * inL + vL) - e * l1;
            vR = (d * inR + vR) - e * r1;
            l1 = tL;
            r1 = tR;
        }
        sl[q] = l1;
        sl[q + 1] = vL;
        sr[q] = r1;
        sr[q + 1] = vR;
    }

    private void mono2(double[] x, double[] s, int from, int to, int section, double input) {
        double[] k = coefficients;
        int o = 4 * section;
        double cA = k[o];
        double dA = k[o + 1];
        double pA = k[o + 2];
        double eA = k[o + 3];
        double cB = k[o + 4];
        double dB = k[o + 5];
        double pB = k[o + 6];
        double eB = k[o + 7];
        int q = 2 * section;
        double s1A = s[q];
        double vA = s[q + 1];
        double s1B = s[q + 2];
        double vB = s[q + 3];
        for (int i = from; i < to; i++) {
            double inA = x[i] * input;
            double inB = inA + s1A;
            x[i] = inB + s1B;
            double tA = (cA * inA + vA) - pA * s1A;
            vA = (dA * inA + vA) - eA * s1A;
            s1A = tA;
            double tB = (cB * inB + vB) - pB * s1B;
            vB = (dB * inB + vB) - eB * s1B;
            s1B = tB;
        }
        s[q] = s1A;
        s[q + 1] = vA;
        s[q + 2] = s1B;
        s[q + 3] = vB;
    }

    private void stereo2(double[] l, double[] r, int from, int to, int section, double input) {
        double[] k = coefficients;
        int o = 4 * section;
        double cA = k[o];
        double dA = k[o + 1];
        double pA = k[o + 2];
        double eA = k[o + 3];
        double cB = k[o + 4];
        double dB = k[o + 5];
        double pB = k[o + 6];
        double eB = k[o + 7];
        int q = 2 * section;
        double[] sl = state[0];
        double[] sr = state[1];
        double l1A = sl[q];
        double vLA = sl[q + 1];
        double l1B = sl[q + 2];
        double vLB = sl[q + 3];
        double r1A = sr[q];
        double vRA = sr[q + 1];
        double r1B = sr[q + 2];
        double vRB = sr[q + 3];
        for (int i = from; i < to; i++) {
            double inLA = l[i] * input;
            double inRA = r[i] * input;
            double inLB = inLA + l1A;
            double inRB = inRA + r1A;
            l[i] = inLB + l1B;
            r[i] = inRB + r1B;
            double tLA = (cA * inLA + vLA) - pA * l1A;
            double tRA = (cA * inRA + vRA) - pA * r1A;
            vLA = (dA * inLA + vLA) - eA * l1A;
            vRA = (dA * inRA + vRA) - eA * r1A;
            l1A = tLA;
            r1A = tRA;
            double tLB = (cB * inLB + vLB) - pB * l1B;
            double tRB = (cB * inRB + vRB) - pB * r1B;
            vLB = (dB * inLB + vLB) - eB * l1B;
            vRB = (dB * inRB + vRB) - eB * r1B;
            l1B = tLB;
            r1B = tRB;
        }
        sl[q] = l1A;
        sl[q + 1] = vLA;
        sl[q + 2] = l1B;
        sl[q + 3] = vLB;
        sr[q] = r1A;
        sr[q + 1] = vRA;
        sr[q + 2] = r1B;
        sr[q + 3] = vRB;
    }

    private void mono4(double[] x, double[] s, int from, int to, int section, double input) {
        double[] k = coefficients;
        int o = 4 * section;
        double cA = k[o];
        double dA = k[o + 1];
        double pA = k[o + 2];
        double eA = k[o + 3];
        double cB = k[o + 4];
        double dB = k[o + 5];
        double pB = k[o + 6];
        double eB = k[o + 7];
        double cC = k[o + 8];
        double dC = k[o + 9];
        double pC = k[o + 10];
        double eC = k[o + 11];
        double cD = k[o + 12];
        double dD = k[o + 13];
        double pD = k[o + 14];
        double eD = k[o + 15];
        int q = 2 * section;
        double s1A = s[q];
        double vA = s[q + 1];
        double s1B = s[q + 2];
        double vB = s[q + 3];
        double s1C = s[q + 4];
        double vC = s[q + 5];
        double s1D = s[q + 6];
        double vD = s[q + 7];
        for (int i = from; i < to; i++) {
            double inA = x[i] * input;
            double inB = inA + s1A;
            double inC = inB + s1B;
            double inD = inC + s1C;
            x[i] = inD + s1D;
            double tA = (cA * inA + vA) - pA * s1A;
            vA = (dA * inA + vA) - eA * s1A;
            s1A = tA;
            double tB = (cB * inB + vB) - pB * s1B;
            vB = (dB * inB + vB) - eB * s1B;
            s1B = tB;
            double tC = (cC * inC + vC) - pC * s1C;
            vC = (dC * inC + vC) - eC * s1C;
            s1C = tC;
            double tD = (cD * inD + vD) - pD * s1D;
            vD = (dD * inD + vD) - eD * s1D;
            s1D = tD;
        }
        s[q] = s1A;
        s[q + 1] = vA;
        s[q + 2] = s1B;
        s[q + 3] = vB;
        s[q + 4] = s1C;
        s[q + 5] = vC;
        s[q + 6] = s1D;
        s[q + 7] = vD;
    }
}
