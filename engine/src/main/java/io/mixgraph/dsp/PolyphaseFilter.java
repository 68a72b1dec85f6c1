package io.mixgraph.dsp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * A filter of finite length between signals that are kept in phases: the frames of a signal of P phases are phase 0, 1,
 * …, P − 1 at index 0, then at index 1, and so on. So rates differ by the number of phases, and all arrays are equally
 * long.
 *
 * <p>Each output phase is a weighted sum of shifted input phases. Each of these is copied out once, so that all loops
 * run over same indices and vectorise, and is used by all output phases; four at a time, and those four that a phase
 * has no use for are left out. Sums are in one order, so blocks do not matter. Used by one thread at a time; allocates
 * nothing while running.
 */
final class PolyphaseFilter {
    /** The most frames, in indices of phases, that one call takes. */
    static final int WINDOW = 256;

    private static final int GROUP = 4;

    /** The input phases: what is remembered, then the window. */
    private final double[][] lines;

    private final int history;

    /** Of each shifted copy: which phase, and from which index in its line. */
    private final int[] phases;

    private final int[] starts;

    /** By output phase, then by copy. */
    private final double[][] weights;

    /** By output phase, then by group of copies: whether any weight is not 0. */
    private final boolean[][] used;

    private final double[][] copies = new double[GROUP][WINDOW];

    private PolyphaseFilter(int inputPhases, int[] offsets, double[][] weights) {
        int longest = 0;
        for (int offset : offsets) {
            longest = Math.max(longest, -Math.floorDiv(offset, inputPhases));
        }
        this.history = longest;
        this.lines = new double[inputPhases][history + WINDOW];
        this.weights = weights;
        this.phases = new int[offsets.length];
        this.starts = new int[offsets.length];
        this.used = new boolean[weights.length][offsets.length / GROUP];
        for (int k = 0; k < offsets.length; k++) {
            phases[k] = Math.floorMod(offsets[k], inputPhases);
            starts[k] = history + Math.floorDiv(offsets[k], inputPhases);
            for (int q = 0; q < weights.length; q++) {
                used[q][k / GROUP] |= weights[q][k] != 0.0;
            }
        }
    }

    /**
     * From a signal to one of twice the rate: zeros between its frames, filtered, and doubled.
     *
     * @param inputPhases of the slower signal
     * @param h the filter at the faster rate
     */
    static PolyphaseFilter doubling(int inputPhases, double[] h) {
        double[] doubled = new double[h.length];
        for (int n = 0; n < h.length; n++) {
            doubled[n] = 2.0 * h[n];
        }
        return of(inputPhases, 2 * inputPhases, doubled, 0);
    }

    /**
     * From a signal to one of half the rate: filtered, and every second frame taken.
     *
     * @param outputPhases of the slower signal
     * @param h the filter at the faster rate
     * @param delay by how many frames of the faster signal it is delayed before, 0 or more
     */
    static PolyphaseFilter halving(int outputPhases, double[] h, int delay) {
        return of(2 * outputPhases, outputPhases, h, delay);
    }

    /**
     * With two output frames to an input frame, output frame t is Σ h[n]·x[(t − n)/2] over those n for which that is
     * whole; with two input frames to an output frame it is Σ h[n]·x[2t − n − delay].
     */
    private static PolyphaseFilter of(int inputPhases, int outputPhases, double[] h, int delay) {
        int up = outputPhases > inputPhases ? 2 : 1;
        int down = outputPhases > inputPhases ? 1 : 2;
        List<Integer> offsets = new ArrayList<>();
        for (int q = 0; q < outputPhases; q++) {
            for (int n = 0; n < h.length; n++) {
                int position = q * down - n - delay;
                if (h[n] != 0.0 && position % up == 0 && !offsets.contains(position / up)) {
                    offsets.add(position / up);
                }
            }
        }
        // What a half-band filter has no use for comes together, and is left out.
        offsets.sort(Comparator.<Integer>comparingInt(offset -> Math.floorMod(offset, 2))
                .thenComparing(Comparator.reverseOrder()));
        while (offsets.size() % GROUP != 0) {
            offsets.add(offsets.get(offsets.size() - 1));
        }
        double[][] weights = new double[outputPhases][offsets.size()];
        for (int q = 0; q < outputPhases; q++) {
            for (int n = 0; n < h.length; n++) {
                int position = q * down - n - delay;
                if (h[n] != 0.0 && position % up == 0) {
                    weights[q][offsets.indexOf(position / up)] = h[n];
                }
            }
        }
        return new PolyphaseFilter(
                inputPhases, offsets.stream().mapToInt(Integer::intValue).toArray(), weights);
    }

    /**
     * Filters the next frames.
     *
     * @param input its phases, the caller's, only read
     * @param output the caller's, written; other arrays than the input's
     * @param frames how many indices of each phase, at most {@link #WINDOW}
     */
    void process(double[][] input, double[][] output, int frames) {
        for (int p = 0; p < lines.length; p++) {
            System.arraycopy(input[p], 0, lines[p], history, frames);
        }
        for (int q = 0; q < weights.length; q++) {
            Arrays.fill(output[q], 0, frames, 0.0);
        }
        for (int k = 0; k < starts.length; k += GROUP) {
            for (int j = 0; j < GROUP; j++) {
                System.arraycopy(lines[phases[k + j]], starts[k + j], copies[j], 0, frames);
            }
            for (int q = 0; q < weights.length; q++) {
                if (used[q][k / GROUP]) {
                    double[] w = weights[q];
                    addFour(
                            output[q], copies[0], copies[1], copies[2], copies[3], w[k], w[k + 1], w[k + 2], w[k + 3],
                            frames);
                }
            }
        }
        for (double[] line : lines) {
            System.arraycopy(line, frames, line, 0, history);
        }
    }

    /** Forgets everything. */
    void reset() {
        for (double[] line : lines) {
            Arrays.fill(line, 0.0);
        }
    }

    private static void addFour(
            double[] sum,
            double[] x0,
            double[] x1,
            double[] x2,
            double[] x3,
            double w0,
            double w1,
            double w2,
            double w3,
            int frames) {
        for (int i = 0; i < frames; i++) {
            sum[i] = sum[i] + ((w0 * x0[i] + w1 * x1[i]) + (w2 * x2[i] + w3 * x3[i]));
        }
    }
}
