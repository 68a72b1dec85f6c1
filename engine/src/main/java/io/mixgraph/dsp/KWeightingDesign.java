package io.mixgraph.dsp;

/**
 * Coefficients of the two filters of K-weighting: ITU-R BS.1770-5, Annex 1, a high shelf for the head and a high-pass.
 *
 * <p>The Recommendation tabulates the two filters for 48 kHz and asks for the same response at other rates. Here each
 * is taken back to the analogue prototype of which it is the bilinear transform, corner frequency matched, and
 * transformed again at the wanted rate: with K = tan(π·f0/rate), s = (1 − z⁻¹)/(K·(1 + z⁻¹)). At 48 kHz the table
 * itself is used.
 */
public final class KWeightingDesign {
    /** The lowest sample rate at which loudness can be measured. */
    public static final int MIN_SAMPLE_RATE = 8_000;

    private static final int TABLE_RATE = 48_000;

    /** ITU-R BS.1770-5, Annex 1, Table 1: b0, b1, b2, a1, a2. */
    private static final double[] SHELF = {
        1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241, 0.73248077421585
    };

    /** ITU-R BS.1770-5, Annex 1, Table 2. */
    private static final double[] HIGH_PASS = {1.0, -2.0, 1.0, -1.99004745483398, 0.99007225036621};

    private KWeightingDesign() {}

    /**
     * A fresh filter, for one channel or two.
     *
     * @throws IllegalArgumentException when the rate is below {@link #MIN_SAMPLE_RATE}
     */
    public static KWeightingFilter filter(int sampleRate) {
        return new KWeightingFilter(shelf(sampleRate), highPass(sampleRate));
    }

    /** The shelf's b0, b1, b2, a1, a2 at a sample rate. */
    public static double[] shelf(int sampleRate) {
        return atRate(SHELF, sampleRate);
    }

    /** The high-pass's b0, b1, b2, a1, a2 at a sample rate. */
    public static double[] highPass(int sampleRate) {
        return atRate(HIGH_PASS, sampleRate);
    }

    private static double[] atRate(double[] table, int sampleRate) {
        if (sampleRate < MIN_SAMPLE_RATE) {
            throw new IllegalArgumentException(
                    "loudness needs a sample rate of " + MIN_SAMPLE_RATE + " or more, not " + sampleRate);
        }
        if (sampleRate == TABLE_RATE) {
            return table.clone();
        }
        double b0 = table[0];
        double b1 = table[1];
        double b2 = table[2];
        double a1 = table[3];
        double a2 = table[4];
        // H(s) = (high·s² + middle·s + low) / (s² + damping·s + 1), s in units of the corner frequency.
        double atNyquist = 1.0 - a1 + a2;
        double tableK = Math.sqrt((1.0 + a1 + a2) / atNyquist);
        double damping = 2.0 * (1.0 - a2) / (atNyquist * tableK);
        double high = (b0 - b1 + b2) / atNyquist;
        double middle = 2.0 * (b0 - b2) / (atNyquist * tableK);
        double low = (b0 + b1 + b2) / (1.0 + a1 + a2);
        double k = StrictMath.tan(StrictMath.atan(tableK) * TABLE_RATE / sampleRate);
        double a0 = 1.0 + damping * k + k * k;
        return new double[] {
            (high + middle * k + low * k * k) / a0,
            2.0 * (low * k * k - high) / a0,
            (high - middle * k + low * k * k) / a0,
            2.0 * (k * k - 1.0) / a0,
            (1.0 - damping * k + k * k) / a0
        };
    }
}
