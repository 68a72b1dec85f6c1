package io.mixgraph.dsp;

import java.util.Arrays;

/**
 * Allpasses in a row, which turn one echo into many without colour (M. R. Schroeder, "Natural sounding artificial
 * reverberation", J. Audio Eng. Soc. 10(3), 1962): v[n] = x[n] + g·v[n − m], y[n] = v[n − m] − g·v[n]. Used by one
 * thread at a time; allocates nothing.
 */
final class AllpassChain {
    private final double gain;
    private final double[][] rings;
    private final int[] position;
    private final double[] delayed;

    /**
     * @param delays m of each, in frames, at least {@code blockFrames}
     * @param gain g, between −1 and 1
     * @param blockFrames the most frames that are processed at once
     */
    AllpassChain(int[] delays, double gain, int blockFrames) {
        this.gain = gain;
        this.rings = new double[delays.length][];
        for (int i = 0; i < delays.length; i++) {
            rings[i] = new double[delays[i]];
        }
        this.position = new int[delays.length];
        this.delayed = new double[blockFrames];
    }

    /** Replaces the first {@code frames} values, at most a block of them. */
    void process(double[] x, int frames) {
        for (int k = 0; k < rings.length; k++) {
            Ring.read(rings[k], position[k], delayed, frames);
            cross(x, delayed, gain, frames);
            position[k] = Ring.write(rings[k], position[k], delayed, frames);
        }
    }

    /** x and the delayed v become y and the new v. */
    private static void cross(double[] x, double[] v, double g, int frames) {
        for (int i = 0; i < frames; i++) {
            double old = v[i];
            double now = x[i] + g * old;
            v[i] = now;
            x[i] = old - g * now;
        }
    }

    /** Clears what was written during the last {@code frames} frames where all of it is below {@code level}. */
    void flush(int frames, double level) {
        for (int k = 0; k < rings.length; k++) {
            if (Ring.isBelow(rings[k], position[k], frames, level)) {
                Ring.clear(rings[k], position[k], frames);
            }
        }
    }

    void reset() {
        for (double[] ring : rings) {
            Arrays.fill(ring, 0.0);
        }
        Arrays.fill(position, 0);
    }
}
