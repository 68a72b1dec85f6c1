package io.mixgraph.dsp;

/** An S-shaped way between two ends: 3p² − 2p³, level at both of them, exact at 0, ½ and 1. */
public final class SmoothStep {
    private SmoothStep() {}

    /** Replaces the first {@code frames} positions p, 0 to 1, by 3q² − 2q³ with q = 1 − p. */
    public static void reversed(double[] positions, int frames) {
        for (int i = 0; i < frames; i++) {
            double q = 1.0 - positions[i];
            positions[i] = q * q * (3.0 - 2.0 * q);
        }
    }
}
