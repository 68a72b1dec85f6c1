package io.mixgraph.dsp;

/**
 * Base-2 logarithm and power made of + − × ÷ and bit operations alone: the same bits everywhere, and no branch, so that
 * levels can be turned into gains sample by sample. The coefficients are minimax fits to the functions' definitions;
 * the tests bound the errors against {@link StrictMath}. Array forms give the bits of the scalar ones.
 */
public final class Log2Exp2 {
    /** Decibels in one unit of log2 of an amplitude: 20·log10(2) ≈ 6.02. */
    public static final double DB_PER_LOG2 = 20.0 * StrictMath.log10(2.0);

    private static final long SQRT_HALF = Double.doubleToRawLongBits(0.7071067811865476);

    private Log2Exp2() {}

    /**
     * log2 of an amplitude of 0 or more, within 1e-13 of the true value (1e-12 dB), exactly 0 at 1. At 0 it is −1023,
     * and it stays near that for subnormal numbers, so that silence needs no special case.
     *
     * <p>x = m·2^k with m in √½…√2, t = (m−1)/(m+1), log2 x = k + (2/ln 2)·artanh t; artanh(t)/t is a polynomial in t².
     */
    public static double log2(double x) {
        long bits = Double.doubleToRawLongBits(x);
        long k = (bits - SQRT_HALF) >> 52;
        double m = Double.longBitsToDouble(bits - (k << 52));
        return k + log2OfMantissa(m);
    }

    private static double log2OfMantissa(double m) {
        double t = (m - 1.0) / (m + 1.0);
        double u = t * t;
        double p = 0.2828870394156083;
        p = p * u + 0.3199066703689245;
        p = p * u + 0.4122092271136529;
        p = p * u + 0.5770779426322548;
        p = p * u + 0.9617966941123531;
        p = p * u + 2.8853900817778504;
        return t * p;
    }

    /**
     * 2^x within 1e-11 relative (1e-10 dB) for |x| ≤ 64, exactly 1 at 0; further out it stays at the value of ±64, as
     * far as |x| ≤ 2^40.
     *
     * <p>2^x = (2^(x/64))^64: a polynomial on −1…1, then six squarings. In pieces short enough for the JIT to take them
     * into the loop of the array form, which it vectorises only then.
     */
    public static double exp2(double x) {
        return power64(exp2OfSixtyFourth((Math.abs(x + 64.0) - Math.abs(x - 64.0)) * (1.0 / 128.0)));
    }

    private static double exp2OfSixtyFourth(double y) {
        double p = 4.483340995814805e-10 * y + 7.1258544808140655e-09;
        p = (p * y + 1.0177707495640732e-07) * y + 1.321477630851789e-06;
        p = (p * y + 1.5252735461036953e-05) * y + 0.0001540353350386098;
        p = (p * y + 0.0013333558143468686) * y + 0.009618129102072168;
        p = (p * y + 0.055504108664836384) * y + 0.24022650695937856;
        return (p * y + 0.6931471805599453) * y + 1.0;
    }

    private static double power64(double x) {
        double x2 = x * x;
        double x4 = x2 * x2;
        double x8 = x4 * x4;
        double x16 = x8 * x8;
        double x32 = x16 * x16;
        return x32 * x32;
    }

    /**
     * Replaces the first {@code frames} values by their {@link #log2(double)}.
     *
     * @param scratch at least {@code frames} long, overwritten: taking numbers apart and computing on them in two loops
     *     lets the JIT vectorise the second
     */
    public static void log2(double[] x, double[] scratch, int frames) {
        for (int i = 0; i < frames; i++) {
            long bits = Double.doubleToRawLongBits(x[i]);
            long k = (bits - SQRT_HALF) >> 52;
            x[i] = Double.longBitsToDouble(bits - (k << 52));
            scratch[i] = k;
        }
        for (int i = 0; i < frames; i++) {
            x[i] = scratch[i] + log2OfMantissa(x[i]);
        }
    }

    /** Replaces the first {@code frames} values x by {@code scale} · 2^({@code factor}·x), by {@link #exp2(double)}. */
    public static void exp2(double[] x, double factor, double scale, int frames) {
        for (int i = 0; i < frames; i++) {
            x[i] = scale * exp2(factor * x[i]);
        }
    }
}
