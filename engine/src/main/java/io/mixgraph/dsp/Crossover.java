package io.mixgraph.dsp;

import io.mixgraph.audio.AudioBlock;
import java.util.Arrays;

/**
 * Splits a signal into bands by Linkwitz-Riley filters of 24 dB per octave, or gives each band a gain and adds them up
 * again: what {@link CrossoverDesign} says of the bands. Its output depends on the frames since {@link #reset}, not on
 * how they are cut into blocks. Used by one thread at a time, for one of the two; allocates nothing while running,
 * except for scratch that grows once to the capacity of the blocks.
 *
 * <p>Each crossover is two state-variable filters in a row (V. Zavalishin, "The Art of VA Filter Design", 2018, chapter
 * 4: trapezoidal integrators with the loop resolved), which are the bilinear transforms of the analogue ones and stay
 * exact at low frequencies. The first one yields the lowpass and, from its bandpass, the allpass x − 2√2·bandpass; the
 * second makes the lowpass fourth order; the highpass is the allpass less that, by the identity of Linkwitz, so that
 * the two add up to the allpass to the last bit or two.
 *
 * <p>The gain of a band is applied where the band is split off, before the allpasses of the crossovers above it: the
 * sum of the bands below passes each of those allpasses once, as one signal.
 */
public final class Crossover {
    private static final int FLUSH_FRAMES = 64;

    /** What decays below this becomes 0 before it becomes subnormal, which is slow; and rest is exact. */
    private static final double FLUSH_BELOW = 1e-30;

    /** The damping of a Butterworth filter, 1/Q. */
    private static final double DAMPING = 1.0 / BiquadDesign.BUTTERWORTH_Q;

    /** An allpass is the signal less so much of the bandpass: 2/Q. */
    private static final double ALLPASS = 2.0 * DAMPING;

    /** Two integrators for each lowpass, and two for the allpass. */
    private static final int STATES = 6;

    private final int sampleRate;
    private final int crossovers;
    /** 1/(1 + g·(g + k)), g and g² times that, for each crossover; g = tan(π·f/Fs), k = 1/Q. */
    private final double[] coefficients;
    /** Per channel. */
    private final double[][] state;

    /** What a crossover has split off, and the sum so far, per channel. */
    private final double[][] low;

    private final double[][] sum;
    private int framesSinceFlush;

    /**
     * @param crossoversHz rising; one above 0.49 of the sample rate works at 0.49 of it
     * @param channels 1 or 2
     */
    public Crossover(double[] crossoversHz, int sampleRate, int channels) {
        if (channels < 1 || channels > 2) {
            throw new IllegalArgumentException("a crossover is mono or stereo, not of " + channels + " channels");
        }
        this.sampleRate = sampleRate;
        this.crossovers = crossoversHz.length;
        this.coefficients = new double[3 * crossovers];
        this.state = new double[channels][STATES * crossovers];
        this.low = new double[channels][0];
        this.sum = new double[channels][0];
        retune(crossoversHz);
    }

    /**
     * Goes on from where it is at other frequencies.
     *
     * @param crossoversHz as many as before
     */
    public final void retune(double[] crossoversHz) {
        for (int k = 0; k < crossovers; k++) {
            double cycles = Math.min(crossoversHz[k] / sampleRate, BiquadDesign.MAX_FREQUENCY);
            double g = StrictMath.tan(StrictMath.PI * cycles);
            double a1 = 1.0 / (1.0 + g * (g + DAMPING));
            coefficients[3 * k] = a1;
            coefficients[3 * k + 1] = g * a1;
            coefficients[3 * k + 2] = g * (g * a1);
        }
    }

    /**
     * Splits a signal, without the allpasses that would let the bands add up.
     *
     * @param block the signal, not changed
     * @param bands one more than there are crossovers, from the lowest up, each of as many channels; written
     */
    public void split(AudioBlock block, AudioBlock[] bands, int frames) {
        AudioBlock rest = bands[crossovers];
        rest.copyFrom(block, frames);
        for (int from = 0; from < frames; ) {
            int to = segmentEnd(from, frames);
            for (int k = 0; k < crossovers; k++) {
                if (state.length == 2) {
                    splitStereo(
                            rest.channel(0), rest.channel(1), bands[k].channel(0), bands[k].channel(1), from, to, k);
                } else {
                    split(rest.channel(0), bands[k].channel(0), from, to, k);
                }
            }
            advance(to - from);
            from = to;
        }
    }

    /**
     * Gives each band its gain and adds them up, in place.
     *
     * @param block the signal, of as many channels as the crossover
     * @param gains linear, one array for each band, from the lowest up
     */
    public void apply(AudioBlock block, double[][] gains, int frames) {
        if (low[0].length < frames) {
            for (int c = 0; c < state.length; c++) {
                low[c] = new double[block.capacity()];
                sum[c] = new double[block.capacity()];
            }
        }
        for (int from = 0; from < frames; ) {
            int to = segmentEnd(from, frames);
            for (int c = 0; c < state.length; c++) {
                Arrays.fill(sum[c], from, to, 0.0);
            }
            for (int k = 0; k < crossovers; k++) {
                if (state.length == 2) {
                    splitStereo(block.channel(0), block.channel(1), low[0], low[1], from, to, k);
                    if (k > 0) {
                        allpassStereo(sum[0], sum[1], from, to, k);
                    }
                } else {
                    split(block.channel(0), low[0], from, to, k);
                    if (k > 0) {
                        allpass(sum[0], from, to, k);
                    }
                }
                for (int c = 0; c < state.length; c++) {
                    accumulate(low[c], gains[k], sum[c], from, to);
                }
            }
            for (int c = 0; c < state.length; c++) {
                accumulate(block.channel(c), gains[crossovers], sum[c], from, to);
                System.arraycopy(sum[c], from, block.channel(c), from, to - from);
            }
            advance(to - from);
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

    private int segmentEnd(int from, int frames) {
        return Math.min(frames, from + FLUSH_FRAMES - framesSinceFlush);
    }

    private void advance(int frames) {
        framesSinceFlush += frames;
        if (framesSinceFlush == FLUSH_FRAMES) {
            framesSinceFlush = 0;
            for (double[] s : state) {
                for (int i = 0; i < s.length; i++) {
                    s[i] = Math.abs(s[i]) < FLUSH_BELOW ? 0.0 : s[i];
                }
            }
        }
    }

    /** What lies below the crossover goes from {@code rest} into {@code low}; what lies above stays. */
    private void split(double[] rest, double[] low, int from, int to, int k) {
        double a1 = coefficients[3 * k];
        double a2 = coefficients[3 * k + 1];
        double a3 = coefficients[3 * k + 2];
        double[] s = state[0];
        int q = STATES * k;
        double p1 = s[q];
        double p2 = s[q + 1];
        double q1 = s[q + 2];
        double q2 = s[q + 3];
        for (int i = from; i < to; i++) {
            double x = rest[i];
            double e = x - p2;
            double band = a1 * p1 + a2 * e;
            double step = a2 * p1 + a3 * e;
            double lowpass = p2 + step;
            p1 = 2.0 * band - p1;
            p2 = lowpass + step;

            e = lowpass - q2;
            double band2 = a1 * q1 + a2 * e;
            step = a2 * q1 + a3 * e;
            double lowpass4 = q2 + step;
            q1 = 2.0 * band2 - q1;
            q2 = lowpass4 + step;

            low[i] = lowpass4;
            rest[i] = (x - ALLPASS * band) - lowpass4;
        }
        s[q] = p1;
        s[q + 1] = p2;
        s[q + 2] = q1;
        s[q + 3] = q2;
    }

    /** Both channels at once, which hides the time that a filter needs from one frame to the next. */
    private void splitStereo(double[] restL, double[] restR, double[] lowL, double[] lowR, int from, int to, int k) {
        double a1 = coefficients[3 * k];
        double a2 = coefficients[3 * k + 1];
        double a3 = coefficients[3 * k + 2];
        double[] sl = state[0];
        double[] sr = state[1];
        int q = STATES * k;
        double p1L = sl[q];
        double p2L = sl[q + 1];
        double q1L = sl[q + 2];
        double q2L = sl[q + 3];
        double p1R = sr[q];
        double p2R = sr[q + 1];
        double q1R = sr[q + 2];
        double q2R = sr[q + 3];
        for (int i = from; i < to; i++) {
            double xL = restL[i];
            double xR = restR[i];
            double eL = xL - p2L;
            double eR = xR - p2R;
            double bandL = a1 * p1L + a2 * eL;
            double bandR = a1 * p1R + a2 * eR;
            double stepL = a2 * p1L + a3 * eL;
            double stepR = a2 * p1R + a3 * eR;
            double lowpassL = p2L + stepL;
            double lowpassR = p2R + stepR;
            p1L = 2.0 * bandL - p1L;
            p1R = 2.0 * bandR - p1R;
            p2L = lowpassL + stepL;
            p2R = lowpassR + stepR;

            eL = lowpassL - q2L;
            eR = lowpassR - q2R;
            double band2L = a1 * q1L + a2 * eL;
            double band2R = a1 * q1R + a2 * eR;
            stepL = a2 * q1L + a3 * eL;
            stepR = a2 * q1R + a3 * eR;
            double lowpass4L = q2L + stepL;
            double lowpass4R = q2R + stepR;
            q1L = 2.0 * band2L - q1L;
            q1R = 2.0 * band2R - q1R;
            q2L = lowpass4L + stepL;
            q2R = lowpass4R + stepR;

            lowL[i] = lowpass4L;
            lowR[i] = lowpass4R;
            restL[i] = (xL - ALLPASS * bandL) - lowpass4L;
            restR[i] = (xR - ALLPASS * bandR) - lowpass4R;
        }
        sl[q] = p1L;
        sl[q + 1] = p2L;
        sl[q + 2] = q1L;
        sl[q + 3] = q2L;
        sr[q] = p1R;
        sr[q + 1] = p2R;
        sr[q + 2] = q1R;
        sr[q + 3] = q2R;
    }

    private void allpass(double[] x, int from, int to, int k) {
        double a1 = coefficients[3 * k];
        double a2 = coefficients[3 * k + 1];
        double a3 = coefficients[3 * k + 2];
        double[] s = state[0];
        int q = STATES * k + 4;
        double p1 = s[q];
        double p2 = s[q + 1];
        for (int i = from; i < to; i++) {
            double e = x[i] - p2;
            double band = a1 * p1 + a2 * e;
            double step = a2 * p1 + a3 * e;
            p1 = 2.0 * band - p1;
            p2 = (p2 + step) + step;
            x[i] -= ALLPASS * band;
        }
        s[q] = p1;
        s[q + 1] = p2;
    }

    private void allpassStereo(double[] l, double[] r, int from, int to, int k) {
        double a1 = coefficients[3 * k];
        double a2 = coefficients[3 * k + 1];
        double a3 = coefficients[3 * k + 2];
        double[] sl = state[0];
        double[] sr = state[1];
        int q = STATES * k + 4;
        double p1L = sl[q];
        double p2L = sl[q + 1];
        double p1R = sr[q];
        double p2R = sr[q + 1];
        for (int i = from; i < to; i++) {
            double eL = l[i] - p2L;
            double eR = r[i] - p2R;
            double bandL = a1 * p1L + a2 * eL;
            double bandR = a1 * p1R + a2 * eR;
            double stepL = a2 * p1L + a3 * eL;
            double stepR = a2 * p1R + a3 * eR;
            p1L = 2.0 * bandL - p1L;
            p1R = 2.0 * bandR - p1R;
            p2L = (p2L + stepL) + stepL;
            p2R = (p2R + stepR) + stepR;
            l[i] -= ALLPASS * bandL;
            r[i] -= ALLPASS * bandR;
        }
        sl[q] = p1L;
        sl[q + 1] = p2L;
        sr[q] = p1R;
        sr[q + 1] = p2R;
    }

    private static void accumulate(double[] x, double[] gain, double[] sum, int from, int to) {
        for (int i = from; i < to; i++) {
            sum[i] += gain[i] * x[i];
        }
    }
}
