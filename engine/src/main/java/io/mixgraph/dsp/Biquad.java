package io.mixgraph.dsp;

/**
 * A second-order filter section as a value: H(z) = (b0 + b1·z⁻¹ + b2·z⁻²) / (1 + a1·z⁻¹ + a2·z⁻²). A first-order one
 * has b2 = a2 = 0.
 *
 * @param b0 the first sample of the impulse response, never 0
 */
public record Biquad(double b0, double b1, double b2, double a1, double a2) {
    public Biquad {
        if (b0 == 0.0 || !Double.isFinite(b0 + b1 + b2 + a1 + a2)) {
            throw new IllegalArgumentException("a section needs finite coefficients and a direct path");
        }
    }

    /** A section whose coefficients are all divided by {@code a0}. */
    public static Biquad normalised(double b0, double b1, double b2, double a0, double a1, double a2) {
        return new Biquad(b0 / a0, b1 / a0, b2 / a0, a1 / a0, a2 / a0);
    }

    /** |H| at a frequency in Hz, linear. */
    public double magnitude(double hz, int sampleRate) {
        double w = 2.0 * StrictMath.PI * hz / sampleRate;
        return modulus(b0, b1, b2, w) / modulus(1.0, a1, a2, w);
    }

    /** The phase of H at a frequency in Hz, in radians from −π to π; negative is a delay. */
    public double phase(double hz, int sampleRate) {
        double w = 2.0 * StrictMath.PI * hz / sampleRate;
        double phase = argument(b0, b1, b2, w) - argument(1.0, a1, a2, w);
        return StrictMath.IEEEremainder(phase, 2.0 * StrictMath.PI);
    }

    /**
     * The distance from the origin of the pole farthest out: below 1 for a stable filter, whose response decays by this
     * factor each frame in the end.
     */
    public double poleRadius() {
        double discriminant = a1 * a1 - 4.0 * a2;
        return discriminant < 0 ? Math.sqrt(a2) : (Math.abs(a1) + Math.sqrt(discriminant)) / 2.0;
    }

    private static double modulus(double c0, double c1, double c2, double w) {
        return StrictMath.hypot(real(c0, c1, c2, w), imaginary(c1, c2, w));
    }

    private static double argument(double c0, double c1, double c2, double w) {
        return StrictMath.atan2(imaginary(c1, c2, w), real(c0, c1, c2, w));
    }

    private static double real(double c0, double c1, double c2, double w) {
        return c0 + c1 * StrictMath.cos(w) + c2 * StrictMath.cos(2.0 * w);
    }

    private static double imaginary(double c1, double c2, double w) {
        return -c1 * StrictMath.sin(w) - c2 * StrictMath.sin(2.0 * w);
    }
}
