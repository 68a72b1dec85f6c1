package io.mixgraph.dsp;

/**
 * First-order filters with three gains prescribed: at 0 Hz, at one frequency, and at half the sample rate. In a delay
 * network they are what a round trip loses (J.-M. Jot and A. Chaigne, "Digital delay networks for designing artificial
 * reverberators", AES 90th Convention, 1991).
 *
 * <p>With φ = sin²(ω/2), from 0 at 0 Hz to 1 at half the sample rate, the squared magnitude of a first-order filter is
 * (n0 + n1·φ)/(1 + d1·φ). Three values of it give n0, n1 and d1 as the solution of linear equations, and numerator and
 * denominator are the squared magnitudes of c0 + c1·z⁻¹ with c0 + c1 and c0 − c1 the square roots of their values at φ
 * = 0 and 1. Both c0 are the larger ones: the filter is stable and of minimum phase.
 */
public final class AbsorptionDesign {
    private AbsorptionDesign() {}

    /**
     * A first-order section.
     *
     * @param low gain at 0 Hz, above 0
     * @param middle gain at {@code hz}, between {@code low} and {@code high}; where it is one of them, to the last bit,
     *     all are taken as {@code low}
     * @param hz above 0 and below half the sample rate
     * @param high gain at half the sample rate, above 0
     */
    public static Biquad through(double low, double middle, double hz, double high, int sampleRate) {
        if (middle == low || middle == high) {
            return new Biquad(low, 0.0, 0.0, 0.0, 0.0);
        }
        double sine = StrictMath.sin(StrictMath.PI * hz / sampleRate);
        double phi = sine * sine;
        // 1 + d1, and with m = middle and so on: (1 − φ)(m² − low²) / (φ(high² − m²)); the squares taken apart, so that
        // gains close to each other lose no digits.
        double denominator = (1.0 - phi) * (middle - low) * (middle + low) / (phi * (high - middle) * (high + middle));
        double root = Math.sqrt(denominator);
        double a0 = 0.5 * (1.0 + root);
        double a1 = 0.5 * (1.0 - root);
        double b0 = 0.5 * (low + high * root);
        double b1 = 0.5 * (low - high * root);
        return Biquad.normalised(b0, b1, 0.0, a0, a1, 0.0);
    }
}
