package io.mixgraph.dsp;

/**
 * The gain of each side for a position p from −1 (left) to 1 (right), exactly 0 and 1 at the ends.
 *
 * <p>Mono signals are placed with constant power: cos((p+1)·π/4) left and sin((p+1)·π/4) right, −3 dB at the centre.
 * Stereo signals are balanced: the near side stays at 1, the far side falls as cos(|p|·π/2).
 */
public final class PanLaw {
    private PanLaw() {}

    /** Left gain of a mono signal at {@code p}. */
    public static double monoLeft(double p) {
        return QuarterSine.at(0.5 * (1.0 - p));
    }

    /** Right gain of a mono signal at {@code p}. */
    public static double monoRight(double p) {
        return QuarterSine.at(0.5 * (1.0 + p));
    }

    /** Left gain of a stereo signal at {@code p}. */
    public static double balanceLeft(double p) {
        return QuarterSine.at(1.0 - Math.max(0.0, p));
    }

    /** Right gain of a stereo signal at {@code p}. */
    public static double balanceRight(double p) {
        return QuarterSine.at(1.0 + Math.min(0.0, p));
    }

    /**
     * Both sides, frame by frame.
     *
     * @param p positions, {@code frames} of them
     * @param mono whether the signal is mono
     * @param left receives the left gains
     * @param right receives the right gains
     */
    public static void gains(double[] p, boolean mono, double[] left, double[] right, int frames) {
        for (int i = 0; i < frames; i++) {
            left[i] = mono ? monoLeft(p[i]) : balanceLeft(p[i]);
            right[i] = mono ? monoRight(p[i]) : balanceRight(p[i]);
        }
    }
}
