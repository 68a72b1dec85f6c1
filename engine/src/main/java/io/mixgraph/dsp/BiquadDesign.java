package io.mixgraph.dsp;

import io.mixgraph.audio.Decibels;
import java.util.ArrayList;
import java.util.List;

/**
 * Coefficients of the usual equaliser sections.
 *
 * <p>Second order: R. Bristow-Johnson, "Cookbook formulae for audio equalizer biquad filter coefficients" (W3C Working
 * Group Note "Audio EQ Cookbook", 2021), in its names: ω0 = 2π·f/Fs, α = sin ω0 / (2Q), A = 10^(dB/40). First order:
 * the bilinear transform of 1/(s+1) and s/(s+1), prewarped to the cutoff (Oppenheim and Schafer, Discrete-Time Signal
 * Processing, on the bilinear transform).
 *
 * <p>Frequencies are in Hz and above 0. One above 0.49 of the sample rate is taken as 0.49 of it: a filter that belongs
 * above the band then works at the band's edge, and its coefficients stay sane. Q is above 0; 1/√2 is
 * {@link #BUTTERWORTH_Q}.
 */
public final class BiquadDesign {
    /** The Q of a second-order Butterworth filter, and of the steepest shelf without overshoot (slope S = 1). */
    public static final double BUTTERWORTH_Q = 0.7071067811865476;

    /** The highest frequency a design takes, as a part of the sample rate. */
    public static final double MAX_FREQUENCY = 0.49;

    private BiquadDesign() {}

    /** Cookbook "peakingEQ": a bell of {@code gainDb} at {@code hz}. */
    public static Biquad peak(double hz, double gainDb, double q, int sampleRate) {
        double w0 = angle(hz, sampleRate);
        double alpha = StrictMath.sin(w0) / (2.0 * q);
        double a = Decibels.toGain(gainDb / 2.0);
        double b1 = -2.0 * StrictMath.cos(w0);
        return Biquad.normalised(1.0 + alpha * a, b1, 1.0 - alpha * a, 1.0 + alpha / a, b1, 1.0 - alpha / a);
    }

    /** Cookbook "lowShelf": {@code gainDb} far below {@code hz}, half of it in dB at {@code hz}. */
    public static Biquad lowShelf(double hz, double gainDb, double q, int sampleRate) {
        double w0 = angle(hz, sampleRate);
        double a = Decibels.toGain(gainDb / 2.0);
        double cos = StrictMath.cos(w0);
        double slope = 2.0 * Math.sqrt(a) * StrictMath.sin(w0) / (2.0 * q);
        return Biquad.normalised(
                a * ((a + 1.0) - (a - 1.0) * cos + slope),
                2.0 * a * ((a - 1.0) - (a + 1.0) * cos),
                a * ((a + 1.0) - (a - 1.0) * cos - slope),
                (a + 1.0) + (a - 1.0) * cos + slope,
                -2.0 * ((a - 1.0) + (a + 1.0) * cos),
                (a + 1.0) + (a - 1.0) * cos - slope);
    }

    /** Cookbook "highShelf": {@code gainDb} far above {@code hz}, half of it in dB at {@code hz}. */
    public static Biquad highShelf(double hz, double gainDb, double q, int sampleRate) {
        double w0 = angle(hz, sampleRate);
        double a = Decibels.toGain(gainDb / 2.0);
        double cos = StrictMath.cos(w0);
        double slope = 2.0 * Math.sqrt(a) * StrictMath.sin(w0) / (2.0 * q);
        return Biquad.normalised(
                a * ((a + 1.0) + (a - 1.0) * cos + slope),
                -2.0 * a * ((a - 1.0) + (a + 1.0) * cos),
                a * ((a + 1.0) + (a - 1.0) * cos - slope),
                (a + 1.0) - (a - 1.0) * cos + slope,
                2.0 * ((a - 1.0) - (a + 1.0) * cos),
                (a + 1.0) - (a - 1.0) * cos - slope);
    }

    /** Cookbook "notch": nothing at {@code hz}, unity far from it; −3 dB at a width of {@code hz}/Q. */
    public static Biquad notch(double hz, double q, int sampleRate) {
        double w0 = angle(hz, sampleRate);
        double alpha = StrictMath.sin(w0) / (2.0 * q);
        double b1 = -2.0 * StrictMath.cos(w0);
        return Biquad.normalised(1.0, b1, 1.0, 1.0 + alpha, b1, 1.0 - alpha);
    }

    /** Cookbook "HPF": 12 dB per octave below {@code hz}, where the gain is Q. */
    public static Biquad highpass(double hz, double q, int sampleRate) {
        double w0 = angle(hz, sampleRate);
        double alpha = StrictMath.sin(w0) / (2.0 * q);
        double cos = StrictMath.cos(w0);
        double b0 = (1.0 + cos) / 2.0;
        return Biquad.normalised(b0, -2.0 * b0, b0, 1.0 + alpha, -2.0 * cos, 1.0 - alpha);
    }

    /** Cookbook "LPF": 12 dB per octave above {@code hz}, where the gain is Q. */
    public static Biquad lowpass(double hz, double q, int sampleRate) {
        double w0 = angle(hz, sampleRate);
        double alpha = StrictMath.sin(w0) / (2.0 * q);
        double cos = StrictMath.cos(w0);
        double b0 = (1.0 - cos) / 2.0;
        return Biquad.normalised(b0, 2.0 * b0, b0, 1.0 + alpha, -2.0 * cos, 1.0 - alpha);
    }

    /** Cookbook "BPF (constant 0 dB peak gain)": unity at {@code hz}, −3 dB at a width of {@code hz}/Q. */
    public static Biquad bandpass(double hz, double q, int sampleRate) {
        double w0 = angle(hz, sampleRate);
        double alpha = StrictMath.sin(w0) / (2.0 * q);
        return Biquad.normalised(alpha, 0.0, -alpha, 1.0 + alpha, -2.0 * StrictMath.cos(w0), 1.0 - alpha);
    }

    /** Cookbook "APF": unity everywhere, half a turn back at {@code hz}. */
    public static Biquad allpass(double hz, double q, int sampleRate) {
        double w0 = angle(hz, sampleRate);
        double alpha = StrictMath.sin(w0) / (2.0 * q);
        double b1 = -2.0 * StrictMath.cos(w0);
        return Biquad.normalised(direct(1.0 - alpha), b1, 1.0 + alpha, 1.0 + alpha, b1, 1.0 - alpha);
    }

    /** A direct path that may be 0 by its formula, which no {@link Biquad} has: then what is lost in its rounding. */
    private static double direct(double b0) {
        return b0 == 0.0 ? 0x1p-53 : b0;
    }

    /** s/(s+1): 6 dB per octave below {@code hz}, −3.01 dB there. */
    public static Biquad firstOrderHighpass(double hz, int sampleRate) {
        double k = StrictMath.tan(angle(hz, sampleRate) / 2.0);
        return Biquad.normalised(1.0, -1.0, 0.0, k + 1.0, k - 1.0, 0.0);
    }

    /** 1/(s+1): 6 dB per octave above {@code hz}, −3.01 dB there. */
    public static Biquad firstOrderLowpass(double hz, int sampleRate) {
        double k = StrictMath.tan(angle(hz, sampleRate) / 2.0);
        return Biquad.normalised(k, k, 0.0, k + 1.0, k - 1.0, 0.0);
    }

    /** (1−s)/(1+s): unity everywhere, a quarter turn back at {@code hz}. */
    public static Biquad firstOrderAllpass(double hz, int sampleRate) {
        double k = StrictMath.tan(angle(hz, sampleRate) / 2.0);
        return Biquad.normalised(direct(k - 1.0), k + 1.0, 0.0, k + 1.0, k - 1.0, 0.0);
    }

    /**
     * A tilt around {@code hz}: {@code gainDb} more far above than far below, half of it up above and half down below.
     * With a = 10^(gainDb/40) it is (a·s + 1)/(s + a). That is a first-order low shelf, (s + 1/a)/(s + 1), and a
     * first-order high shelf, (a·s + a)/(s + a), in a row: the pole of the one falls on the zero of the other.
     */
    public static Biquad tilt(double hz, double gainDb, int sampleRate) {
        double k = StrictMath.tan(angle(hz, sampleRate) / 2.0);
        double a = Decibels.toGain(gainDb / 2.0);
        return Biquad.normalised(a + k, k - a, 0.0, 1.0 + a * k, a * k - 1.0, 0.0);
    }

    /**
     * A Butterworth highpass: 6 dB per octave and order, −3.01 dB at {@code hz}.
     *
     * @param order 1 or more
     */
    public static List<Biquad> butterworthHighpass(double hz, int order, int sampleRate) {
        List<Biquad> sections = new ArrayList<>();
        for (int k = 0; k < order / 2; k++) {
            sections.add(highpass(hz, butterworthQ(k, order), sampleRate));
        }
        if (order % 2 == 1) {
            sections.add(firstOrderHighpass(hz, sampleRate));
        }
        return List.copyOf(sections);
    }

    /**
     * A Butterworth lowpass: 6 dB per octave and order, −3.01 dB at {@code hz}.
     *
     * @param order 1 or more
     */
    public static List<Biquad> butterworthLowpass(double hz, int order, int sampleRate) {
        List<Biquad> sections = new ArrayList<>();
        for (int k = 0; k < order / 2; k++) {
            sections.add(lowpass(hz, butterworthQ(k, order), sampleRate));
        }
        if (order % 2 == 1) {
            sections.add(firstOrderLowpass(hz, sampleRate));
        }
        return List.copyOf(sections);
    }

    /**
     * A Linkwitz-Riley highpass: two Butterworth highpasses of half the order in a row (S. H. Linkwitz, "Active
     * Crossover Networks for Noncoincident Drivers", JAES 24 (1), 1976), 6 dB per octave and order, −6.02 dB at
     * {@code hz}. With its lowpass it sums to an allpass, {@link #linkwitzRileyAllpass}: as it is in orders 4 and 8,
     * inverted in orders 2 and 6.
     *
     * @param order even and above 0
     * @return half as many sections as the order
     */
    public static List<Biquad> linkwitzRileyHighpass(double hz, int order, int sampleRate) {
        List<Biquad> sections = new ArrayList<>();
        for (double q : linkwitzRileyQs(order)) {
            sections.add(highpass(hz, q, sampleRate));
        }
        return List.copyOf(sections);
    }

    /**
     * A Linkwitz-Riley lowpass: two Butterworth lowpasses of half the order in a row, the counterpart of
     * {@link #linkwitzRileyHighpass}.
     *
     * @param order even and above 0
     * @return half as many sections as the order
     */
    public static List<Biquad> linkwitzRileyLowpass(double hz, int order, int sampleRate) {
        List<Biquad> sections = new ArrayList<>();
        for (double q : linkwitzRileyQs(order)) {
            sections.add(lowpass(hz, q, sampleRate));
        }
        return List.copyOf(sections);
    }

    /**
     * What a Linkwitz-Riley pair sums to. With the Butterworth polynomial B of half the order n, the lowpass is 1/B(s)²
     * and the highpass sⁿ/B(s)². As B(s)·B(−s) = 1 + sⁿ in orders 4 and 8 and 1 − sⁿ in orders 2 and 6, their sum, or
     * their difference, is B(−s)/B(s): unity everywhere, of half the order. In a crossover of more than two bands it
     * keeps those in step that another split does not touch.
     *
     * @param order of the pair: even and above 0
     */
    public static List<Biquad> linkwitzRileyAllpass(double hz, int order, int sampleRate) {
        int half = halfOf(order);
        List<Biquad> sections = new ArrayList<>();
        for (int k = 0; k < half / 2; k++) {
            sections.add(allpass(hz, butterworthQ(k, half), sampleRate));
        }
        if (half % 2 == 1) {
            sections.add(firstOrderAllpass(hz, sampleRate));
        }
        return List.copyOf(sections);
    }

    /**
     * Each pole pair of the Butterworth filter twice; the real pole of one of odd order, twice, is a section of Q = ½.
     */
    private static double[] linkwitzRileyQs(int order) {
        int half = halfOf(order);
        double[] qs = new double[half];
        for (int k = 0; k < half / 2; k++) {
            qs[2 * k] = butterworthQ(k, half);
            qs[2 * k + 1] = qs[2 * k];
        }
        if (half % 2 == 1) {
            qs[half - 1] = 0.5;
        }
        return qs;
    }

    private static int halfOf(int order) {
        if (order < 2 || order % 2 != 0) {
            throw new IllegalArgumentException(
                    "a Linkwitz-Riley filter is two equal ones in a row: its order is even, not " + order);
        }
        return order / 2;
    }

    /**
     * The Q of the k-th pole pair: Butterworth poles lie evenly on a circle, at angles (2k+1)·π/(2·order) from the
     * imaginary axis (Oppenheim and Schafer, appendix B.1), and a pair at angle θ from it has Q = 1/(2·sin θ).
     */
    private static double butterworthQ(int k, int order) {
        return 1.0 / (2.0 * StrictMath.sin((2 * k + 1) * StrictMath.PI / (2.0 * order)));
    }

    private static double angle(double hz, int sampleRate) {
        return 2.0 * StrictMath.PI * Math.min(hz / sampleRate, MAX_FREQUENCY);
    }
}
