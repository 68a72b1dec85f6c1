package io.mixgraph.dsp;

/**
 * The static curve of a compressor: by how much a level is to be reduced. All its quantities are in one logarithmic
 * unit, dB or log2, whichever its user works in.
 *
 * <p>D. Giannoulis, M. Massberg and J. D. Reiss, "Digital Dynamic Range Compressor Design: A Tutorial and Analysis", J.
 * Audio Eng. Soc. 60(6), 2012, equation 4: no reduction up to half a knee below the threshold, a parabola through the
 * knee, and (1 − 1/ratio) of the excess from half a knee above it. Here without a branch: with r(x) = max(x, 0), the
 * parabola's argument is what r(level − start) and r(level − end) of the knee differ by.
 *
 * @param threshold the middle of the knee
 * @param ratio input over output above the knee, 1 or more
 * @param knee its width, 0 or more
 */
public record CompressionCurve(double threshold, double ratio, double knee) {

    /** By how much a signal at {@code level} is to be reduced, 0 or more. */
    public double reduction(double level) {
        return reduction(level, start(), knee, curvature(), slope());
    }

    /** Replaces the first {@code frames} levels by their {@link #reduction(double)}. */
    public void reduction(double[] levels, int frames) {
        double start = start();
        double width = knee;
        double curvature = curvature();
        double slope = slope();
        for (int i = 0; i < frames; i++) {
            levels[i] = reduction(levels[i], start, width, curvature, slope);
        }
    }

    private static double reduction(double level, double start, double width, double curvature, double slope) {
        double intoKnee = level - start;
        double pastKnee = intoKnee - width;
        double above = 0.5 * (intoKnee + Math.abs(intoKnee));
        double beyond = 0.5 * (pastKnee + Math.abs(pastKnee));
        double inside = above - beyond;
        return slope * (curvature * (inside * inside) + beyond);
    }

    private double start() {
        return threshold - 0.5 * knee;
    }

    private double curvature() {
        return knee == 0.0 ? 0.0 : 0.5 / knee;
    }

    private double slope() {
        return 1.0 - 1.0 / ratio;
    }
}
