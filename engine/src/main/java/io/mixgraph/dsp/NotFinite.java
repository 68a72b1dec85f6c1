package io.mixgraph.dsp;

/** Finds NaN and infinity. */
public final class NotFinite {
    private NotFinite() {}

    /**
     * The index of the first NaN or infinity among the first {@code frames} samples, or −1.
     *
     * <p>x · 0 is 0 for every finite x and NaN otherwise, and a sum keeps a NaN; four sums run side by side.
     */
    public static int first(double[] x, int frames) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int fours = frames & -4;
        for (int i = 0; i < fours; i += 4) {
            a += x[i] * 0.0;
            b += x[i + 1] * 0.0;
            c += x[i + 2] * 0.0;
            d += x[i + 3] * 0.0;
        }
        for (int i = fours; i < frames; i++) {
            a += x[i] * 0.0;
        }
        if (a + b + c + d == 0) {
            return -1;
        }
        int first = 0;
        while (Double.isFinite(x[first])) {
            first++;
        }
        return first;
    }
}
