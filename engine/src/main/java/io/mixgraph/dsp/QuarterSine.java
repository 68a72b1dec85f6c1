package io.mixgraph.dsp;

/**
 * The first quarter of a sine, sin(t·π/2) for t in 0…1, made of + − × alone: exactly 0 at 0 and exactly 1 at 1, within
 * 1e-15 between. cos(t·π/2) is its value at 1 − t. The curve of equal-power pans and fades.
 *
 * <p>sin(t·π/2) = t·(1 + (1 − t²)·Q(t²)), which has both ends right whatever Q is; Q is a minimax fit of degree 6.
 */
public final class QuarterSine {
    private QuarterSine() {}

    /** sin(t·π/2) for t in 0…1. */
    public static double at(double t) {
        double u = t * t;
        double q = 6.420185895630037e-10;
        q = q * u - 5.623054511986822e-08;
        q = q * u + 3.542564966273909e-06;
        q = q * u - 0.00015689859374833355;
        q = q * u + 0.00452485553369277;
        q = q * u - 0.07516777071127938;
        q = q * u + 0.5707963267948959;
        return t * (1.0 + (1.0 - u) * q);
    }

    /** {@code y[i]} = {@link #at}({@code t[i]}) for the first {@code frames} values; the arrays may be the same. */
    public static void at(double[] t, double[] y, int frames) {
        for (int i = 0; i < frames; i++) {
            y[i] = at(t[i]);
        }
    }
}
