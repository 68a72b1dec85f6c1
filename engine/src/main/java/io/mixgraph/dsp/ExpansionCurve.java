package io.mixgraph.dsp;

/**
 * The static curve of a downward expander: by how much a level is to be reduced. All its quantities are in one
 * logarithmic unit, dB or log2, whichever its user works in.
 *
 * <p>The mirror of equation 4 of D. Giannoulis, M. Massberg and J. D. Reiss, "Digital Dynamic Range Compressor Design:
 * A Tutorial and Analysis", J. Audio Eng. Soc. 60(6), 2012. With u = threshold − level, how far a level lies below the
 * threshold, and W for the knee:
 *
 * <pre>
 * 0                                 where 2u &lt; −W
 * (ratio − 1)·(u + W/2)² / (2W)     where 2|u| ≤ W
 * (ratio − 1)·u                     where 2u &gt; W
 * </pre>
 *
 * and never more than the range: below the knee, the output falls by {@code ratio} for each unit of the input. Here
 * without a branch, as {@link CompressionCurve} does it; the range is exact, however far below it a level is.
 *
 * @param threshold the middle of the knee
 * @param ratio how much the output falls for a fall of the input by 1, below the knee; 1 or more
 * @param knee its width, 0 or more
 * @param range the most it reduces, 0 or more
 */
public record ExpansionCurve(double threshold, double ratio, double knee, double range) {

    /** By how much a signal at {@code level} is to be reduced, from 0 to the range. */
    public double reduction(double level) {
        return reduction(level, start(), knee, curvature(), ratio - 1.0, range);
    }

    /** Replaces the first {@code frames} levels by their {@link #reduction(double)}. */
    public void reduction(double[] levels, int frames) {
        double start = start();
        double width = knee;
        double curvature = curvature();
        double slope = ratio - 1.0;
        double most = range;
        for (int i = 0; i < frames; i++) {
            levels[i] = reduction(levels[i], start, width, curvature, slope, most);
        }
    }

    private static double reduction(
            double level, double start, double width, double curvature, double slope, double most) {
        double intoKnee = start - level;
        double pastKnee = intoKnee - width;
        double below = 0.5 * (intoKnee + Math.abs(intoKnee));
        double beyond = 0.5 * (pastKnee + Math.abs(pastKnee));
        double inside = below - beyond;
        double left = most - slope * (curvature * (inside * inside) + beyond);
        return most - 0.5 * (left + Math.abs(left));
    }

    private double start() {
        return threshold + 0.5 * knee;
    }

    private double curvature() {
        return knee == 0.0 ? 0.0 : 0.5 / knee;
    }
}
