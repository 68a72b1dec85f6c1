package io.mixgraph.dsp;

/**
 * The static curve of a band that leaves its rest when its level is above a threshold, or below one: by how much, 0 or
 * more, up to a limit. Above, it is a {@link CompressionCurve}; below, the same one mirrored at the threshold. All its
 * quantities are in one logarithmic unit, dB or log2, whichever its user works in.
 *
 * @param curve of the levels; of their negatives when {@code below}
 * @param below whether low levels make it depart
 * @param most the limit, finite
 */
public record DepartureCurve(CompressionCurve curve, boolean below, double most) {
    /** Departs above a threshold, without a limit that would ever be reached. */
    public static DepartureCurve above(double threshold, double ratio, double knee) {
        return above(threshold, ratio, knee, 1e6);
    }

    /** Departs above a threshold, by {@code most} at most. */
    public static DepartureCurve above(double threshold, double ratio, double knee, double most) {
        return new DepartureCurve(new CompressionCurve(threshold, ratio, knee), false, most);
    }

    /** Departs below a threshold, by {@code most} at most. */
    public static DepartureCurve below(double threshold, double ratio, double knee, double most) {
        return new DepartureCurve(new CompressionCurve(-threshold, ratio, knee), true, most);
    }

    /** By how much a signal at {@code level} departs. */
    public double departure(double level) {
        return capped(curve.reduction(below ? -level : level), most);
    }

    /** Replaces the first {@code frames} levels by their {@link #departure(double)}. */
    public void departure(double[] levels, int frames) {
        if (below) {
            for (int i = 0; i < frames; i++) {
                levels[i] = -levels[i];
            }
        }
        curve.reduction(levels, frames);
        double limit = most;
        for (int i = 0; i < frames; i++) {
            levels[i] = capped(levels[i], limit);
        }
    }

    /** min(x, limit) without a branch, and exactly x up to the limit. */
    private static double capped(double x, double limit) {
        double over = x - limit;
        return x - 0.5 * (over + Math.abs(over));
    }
}
