package io.mixgraph.dsp;

/**
 * Curves that bend a signal softly, made of + − × ÷ alone. All have slope 1 at 0, so that what is quiet passes as it
 * is. They are within 1e-9, relative, of their formulas everywhere.
 *
 * <p>Both functions in them have a continued fraction, which neither cancels near 0 nor needs a branch (NIST Digital
 * Library of Mathematical Functions, 4.39.1; J. H. Lambert, 1768):
 *
 * <pre>
 * tanh z       = z / (1 + z² / (3 + z² / (5 + …)))
 * coth z − 1/z = z / (3 + z² / (5 + z² / (7 + …)))
 * </pre>
 *
 * <p>Cut off after 2·16 + 1 and multiplied out, each is z times a ratio of two polynomials in z², whose coefficients
 * are all positive and rational. That holds for |z| up to {@value #REACH}; from there on the first is ±1 and the second
 * ±(1 − 1/|z|), within 1e-10. Which of them it is decides e, what z lies beyond the reach, and 0 within it.
 */
public final class SaturationCurve {
    /** The asymmetry of {@link #tube}. */
    public static final double TUBE_ASYMMETRY = 0.25;

    private static final double REACH = 12.0;

    private SaturationCurve() {}

    /** tanh x: its limits are ±1. */
    public static void tanh(double[] x, int frames) {
        for (int i = 0; i < frames; i++) {
            double z = x[i] - beyond(x[i]);
            double u = z * z;
            x[i] = z * tanhNumerator(u) / tanhDenominator(u);
        }
    }

    /**
     * tanh x / (1 + t·tanh x) with t = {@value #TUBE_ASYMMETRY}: its limits are 1/(1 + t) = 0.8 and −1/(1 − t) = −1.33.
     * It is the hyperbolic tangent around a working point, (tanh(x + b) − tanh b) / (1 − tanh² b) with tanh b = t, by
     * the addition theorem. It gives even harmonics, and an offset that depends on the signal; silence stays silent.
     */
    public static void tube(double[] x, int frames) {
        tanh(x, frames);
        for (int i = 0; i < frames; i++) {
            x[i] = x[i] / (1.0 + TUBE_ASYMMETRY * x[i]);
        }
    }

    /**
     * 1.5·(coth 2x − 1/(2x)): its limits are ±1.5, which it nears slowly: 1 at x = 1.48. The Langevin function, the
     * magnetisation of tape without its hysteresis (J. Chowdhury, "Real-time Physical Modelling for Analog Tape
     * Machines", DAFx 2019), scaled to slope 1 at 0.
     *
     * @param scratch at least {@code frames} long, overwritten: in two loops the JIT vectorises it
     */
    public static void tape(double[] x, double[] scratch, int frames) {
        for (int i = 0; i < frames; i++) {
            double z = 2.0 * x[i];
            double e = beyond(z);
            x[i] = z - e;
            // 1.5·(1/REACH − 1/(REACH + |e|)), with the sign of e.
            scratch[i] = 1.5 * e / (REACH * (REACH + Math.abs(e)));
        }
        for (int i = 0; i < frames; i++) {
            double z = x[i];
            double u = z * z;
            x[i] = 0.5 * z * langevinNumerator(u) / tanhNumerator(u) + scratch[i];
        }
    }

    /** max(z − reach, 0) + min(z + reach, 0), exactly 0 within ±reach. */
    private static double beyond(double z) {
        double above = z - REACH;
        double below = z + REACH;
        return 0.5 * ((above + Math.abs(above)) + (below - Math.abs(below)));
    }

    private static double tanhNumerator(double u) {
        double p = 1.5791152855325184e-19;
        p = p * u + 1.8361952540172124e-15;
        p = p * u + 3.374008779256628e-12;
        p = p * u + 2.21942297499501e-09;
        p = p * u + 6.539371265610296e-07;
        p = p * u + 9.181277256916856e-05;
        p = p * u + 0.005930270446399479;
        p = p * u + 0.15151515151515152;
        return p * u + 1.0;
    }

    private static double tanhDenominator(double u) {
        double p = 2.416046386864753e-17;
        p = p * u + 9.180976270086063e-14;
        p = p * u + 9.649665108673956e-11;
        p = p * u + 4.18519760999059e-08;
        p = p * u + 8.501182645293386e-06;
        p = p * u + 0.0008179683374344109;
        p = p * u + 0.03421309872922776;
        p = p * u + 0.48484848484848486;
        return p * u + 1.0;
    }

    /** The second fraction's numerator; its denominator is the numerator of the first, one step further down. */
    private static double langevinNumerator(double u) {
        double p = 7.200765702028284e-17;
        p = p * u + 2.6992070234053024e-13;
        p = p * u + 2.793679269224488e-10;
        p = p * u + 1.1889765937473266e-07;
        p = p * u + 2.3541736556197067e-05;
        p = p * u + 0.002178466694595727;
        p = p * u + 0.08484848484848485;
        return p * u + 1.0;
    }
}
