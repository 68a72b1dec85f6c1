package io.mixgraph.testing;

/** Linkwitz-Riley crossovers of 24 dB per octave as the textbook has them, to compare with. */
public final class Crossovers {
    private Crossovers() {}

    /**
     * A signal through the allpass (s² − √2·s + 1)/(s² + √2·s + 1) of each crossover, by the bilinear transform s = (1
     * − z⁻¹)/(1 + z⁻¹)/tan(π·f/Fs) written out and run in direct form.
     */
    public static double[] throughAllpasses(double[] x, int rate, double... crossoversHz) {
        double[] y = x.clone();
        for (double hz : crossoversHz) {
            double c = Math.tan(Math.PI * hz / rate);
            double a0 = 1 + Math.sqrt(2) * c + c * c;
            double a1 = 2 * (c * c - 1) / a0;
            double a2 = (1 - Math.sqrt(2) * c + c * c) / a0;
            double x1 = 0;
            double x2 = 0;
            double y1 = 0;
            double y2 = 0;
            for (int i = 0; i < y.length; i++) {
                double in = y[i];
                double out = a2 * in + a1 * x1 + x2 - a1 * y1 - a2 * y2;
                x2 = x1;
                x1 = in;
                y2 = y1;
                y1 = out;
                y[i] = out;
            }
        }
        return y;
    }

    /** |1/(1 + w⁴)| of the lowpass; w is the frequency over the crossover, both warped by the tangent. */
    public static double lowpass(double hz, double crossoverHz, int rate) {
        return 1 / (1 + Math.pow(warped(hz, rate) / warped(crossoverHz, rate), 4));
    }

    /** |w⁴/(1 + w⁴)| of the highpass. */
    public static double highpass(double hz, double crossoverHz, int rate) {
        return 1 / (1 + Math.pow(warped(crossoverHz, rate) / warped(hz, rate), 4));
    }

    private static double warped(double hz, int rate) {
        return Math.tan(Math.PI * hz / rate);
    }
}
