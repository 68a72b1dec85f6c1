package io.mixgraph.audio;

/** Level in decibels to linear amplitude and back: g = 10^(dB/20). */
public final class Decibels {
    private Decibels() {}

    /** The linear gain of {@code db}; exactly 1.0 at 0 dB, 0.0 at negative infinity. */
    public static double toGain(double db) {
        return StrictMath.pow(10.0, db / 20.0);
    }

    /** The level of a linear amplitude of 0 or more; negative infinity at 0. */
    public static double fromGain(double gain) {
        return 20.0 * StrictMath.log10(gain);
    }

    /** The level of a power (a mean square) of 0 or more; negative infinity at 0. */
    public static double fromPower(double power) {
        return 10.0 * StrictMath.log10(power);
    }
}
