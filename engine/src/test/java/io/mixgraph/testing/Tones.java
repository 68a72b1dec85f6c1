package io.mixgraph.testing;

import java.util.Arrays;
import java.util.function.IntSupplier;

/** Test signals of one channel, and what is measured of them. */
public final class Tones {
    /** All frames in one block. */
    public static final IntSupplier WHOLE = () -> Integer.MAX_VALUE;

    private Tones() {}

    /** A sine that begins at 0. */
    public static double[] sine(double hz, double amplitude, int rate, int frames) {
        double[] x = new double[frames];
        for (int i = 0; i < frames; i++) {
            x[i] = amplitude * Math.sin(2 * Math.PI * hz / rate * i);
        }
        return x;
    }

    /** A sine that comes up from nothing over its first quarter, so that no filter overshoots. */
    public static double[] risingSine(double hz, double amplitude, int rate, int frames) {
        double[] x = sine(hz, amplitude, rate, frames);
        for (int i = 0; i < frames / 4; i++) {
            x[i] *= 0.5 - 0.5 * Math.cos(4 * Math.PI * i / frames);
        }
        return x;
    }

    /** The same value all the time. */
    public static double[] constant(double value, int frames) {
        double[] x = new double[frames];
        Arrays.fill(x, value);
        return x;
    }

    /** The tone at half the sample rate: a constant of alternating sign, of one magnitude. */
    public static double[] alternating(double value, int frames) {
        double[] x = new double[frames];
        for (int i = 0; i < frames; i++) {
            x[i] = i % 2 == 0 ? value : -value;
        }
        return x;
    }

    /** 1, then nothing. */
    public static double[] impulse(int frames) {
        double[] x = new double[frames];
        x[0] = 1;
        return x;
    }

    /** The sum of two signals of one length. */
    public static double[] sum(double[] a, double[] b) {
        double[] x = a.clone();
        for (int i = 0; i < x.length; i++) {
            x[i] += b[i];
        }
        return x;
    }

    /**
     * The amplitude of the tone of a frequency in x from a frame on, under a Blackman-Harris window, whose leakage is
     * below −90 dB four bins away.
     */
    public static double amplitude(double[] x, int from, double hz, int rate) {
        int frames = x.length - from;
        double re = 0;
        double im = 0;
        double weights = 0;
        for (int i = 0; i < frames; i++) {
            double t = 2 * Math.PI * i / frames;
            double weight = 0.35875 - 0.48829 * Math.cos(t) + 0.14128 * Math.cos(2 * t) - 0.01168 * Math.cos(3 * t);
            double phase = 2 * Math.PI * hz / rate * (from + i);
            re += weight * x[from + i] * Math.cos(phase);
            im += weight * x[from + i] * Math.sin(phase);
            weights += weight;
        }
        return 2 * Math.hypot(re, im) / weights;
    }

    /** Real and imaginary part of Σ h[n]·e^(−jωn), by Horner's rule from the last frame. */
    public static double[] response(double[] h, double hz, int rate) {
        double cos = Math.cos(2 * Math.PI * hz / rate);
        double sin = -Math.sin(2 * Math.PI * hz / rate);
        double re = 0;
        double im = 0;
        for (int n = h.length - 1; n >= 0; n--) {
            double t = re * cos - im * sin + h[n];
            im = re * sin + im * cos;
            re = t;
        }
        return new double[] {re, im};
    }

    /** The magnitude of {@link #response}. */
    public static double magnitude(double[] h, double hz, int rate) {
        double[] response = response(h, hz, rate);
        return Math.hypot(response[0], response[1]);
    }

    /** Decibels of an amplitude. */
    public static double db(double amplitude) {
        return 20 * Math.log10(amplitude);
    }

    /** The amplitude of decibels. */
    public static double gain(double db) {
        return Math.pow(10, db / 20);
    }
}
