package io.mixgraph.dsp;

/**
 * The gain of each side for a position p from −1 (left) to 1 (right), exactly 0 and 1 at the ends.
 *
 * <p>Mono signals are placed by one of the four usual laws, named by the level of each side at the centre (G. Ballou,
 * ed., Handbook for Sound Engineers, on panpots): −3 dB, constant power, sin((1 ± p)·π/4); −6 dB, constant sum, (1 ±
 * p)/2; −4.5 dB, the geometric mean of the two; 0 dB, balance. Stereo signals are balanced: the near side stays at 1,
 * the far side falls as cos(|p|·π/2).
 */
public final class PanLaw {
    private PanLaw() {}

    /**
     * The gain of a mono signal on one side.
     *
     * @param towards how far the position is towards that side, −1 to 1: p for the right, −p for the left
     * @param lawDb −3, −4.5, −6 or 0
     */
    public static double mono(double towards, double lawDb) {
        if (lawDb == -3.0) {
            return QuarterSine.at(0.5 * (1.0 + towards));
        }
        if (lawDb == -6.0) {
            return 0.5 * (1.0 + towards);
        }
        if (lawDb == 0.0) {
            return balance(towards);
        }
        double sum = 0.5 * (1.0 + towards);
        return Math.sqrt(sum * QuarterSine.at(sum));
    }

    /** The gain of a side of a stereo signal, for a position so far towards that side, −1 to 1. */
    public static double balance(double towards) {
        return QuarterSine.at(1.0 + Math.min(0.0, towards));
    }

    /**
     * Both sides of a mono signal, frame by frame.
     *
     * @param p positions, {@code frames} of them
     * @param left receives the left gains
     * @param right receives the right gains
     */
    public static void mono(double[] p, double lawDb, double[] left, double[] right, int frames) {
        for (int i = 0; i < frames; i++) {
            left[i] = mono(-p[i], lawDb);
            right[i] = mono(p[i], lawDb);
        }
    }

    /** Both sides of a stereo signal, frame by frame. */
    public static void balance(double[] p, double[] left, double[] right, int frames) {
        for (int i = 0; i < frames; i++) {
            left[i] = balance(-p[i]);
            right[i] = balance(p[i]);
        }
    }
}
