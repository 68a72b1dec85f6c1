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
