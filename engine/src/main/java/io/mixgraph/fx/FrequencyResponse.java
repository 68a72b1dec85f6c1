package io.mixgraph.fx;

import io.mixgraph.audio.Decibels;

/**
 * What a filter does to a sine of one frequency: a complex number, told by its polar form.
 *
 * @param magnitude how much larger the sine comes out, linear, 0 or more
 * @param phase by how much it is shifted, in radians from −π to π; negative is a delay
 */
public record FrequencyResponse(double magnitude, double phase) {
    /** The magnitude in dB; negative infinity where nothing comes out. */
    public double magnitudeDb() {
        return Decibels.fromGain(magnitude);
    }

    /** The real part; those of filters side by side add up. */
    public double real() {
        return magnitude * StrictMath.cos(phase);
    }

    /** The imaginary part; those of filters side by side add up. */
    public double imaginary() {
        return magnitude * StrictMath.sin(phase);
    }
}
