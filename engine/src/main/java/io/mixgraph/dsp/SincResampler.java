package io.mixgraph.dsp;

import java.util.Arrays;

/**
 * The inner loops of the sample-rate converter. It makes output in blocks of fixed size and place: block b holds the
 * output frames from b·{@link #blockFrames} on and is a function of one window of the input, so converting may begin at
 * any block. It keeps nothing but scratch space; one thread uses it at a time, for any number of channels in turn.
 *
 * <p>With few phases, {@link #RUNS} superframes (stretches after which the phases repeat) are converted side by side:
 * the window is dealt into rows that each hold every M-th frame, and each phase is a weighted sum of rows, four at a
 * time, in loops over same-index arrays. With many phases each output frame is one scalar product with phases
 * interpolated for it.
 */
public final class SincResampler {
    private static final int RUNS = 64;
    private static final int MIN_SUPERFRAME = 64;
    private static final int INTERPOLATED_BLOCK = 4_096;

    private final ResamplerDesign design;
    private final int blockFrames;
    private final int windowFrames;
    /** Output and input frames of one superframe; 0 where phases are interpolated. */
    private final int superframe;

    private final int stride;
    private final double[][] rows;
    private final double[] sum = new double[RUNS];
    private final double[] phase;

    public SincResampler(ResamplerDesign design) {
        this.design = design;
        int up = design.up();
        int down = design.down();
        int taps = design.taps();
        this.phase = new double[taps];
        if (!design.exact()) {
            this.superframe = 0;
            this.stride = 0;
            this.blockFrames = INTERPOLATED_BLOCK;
            this.windowFrames = Math.toIntExact((long) INTERPOLATED_BLOCK * down / up) + taps + 1;
            this.rows = new double[0][];
            return;
        }
        int repeats = (MIN_SUPERFRAME + up - 1) / up;
        this.superframe = up * repeats;
        this.stride = down * repeats;
        this.rows = new double[row(superframe - 1) + taps][RUNS];
        this.blockFrames = superframe * RUNS;
        this.windowFrames = stride * (RUNS - 1) + Math.max(rows.length, stride);
    }

    /** Output frames in a block. */
    public int blockFrames() {
        return blockFrames;
    }

    /** Input frames that a block is made of. */
    public int windowFrames() {
        return windowFrames;
    }

    /**
     * The first input frame of a block's window, negative for the first block: what lies outside the signal is silence.
     *
     * @param block 0 or more
     */
    public long windowStart(long block) {
        return block * blockFrames * design.down() / design.up() + 1 - design.taps() / 2;
    }

    /**
     * Makes one block of one channel.
     *
     * @param window the {@link #windowFrames} input frames from {@link #windowStart} on; only read
     * @param block 0 or more
     * @param output takes {@link #blockFrames} frames
     */
    public void convert(double[] window, long block, double[] output) {
        if (superframe > 0) {
            convertSuperframes(window, output);
        } else {
            convertInterpolated(window, block, output);
        }
    }

    private void convertSuperframes(double[] window, double[] output) {
        for (int r = 0; r < rows.length; r++) {
            deal(window, r, stride, rows[r]);
        }
        for (int frame = 0; frame < superframe; frame++) {
            double[] h = design.table()[phaseOf(frame)];
            int row = row(frame);
            Arrays.fill(sum, 0.0);
            for (int k = 0; k < h.length; k += 4) {
                addFour(
                        sum,
                        rows[row + k],
                        rows[row + k + 1],
                        rows[row + k + 2],
                        rows[row + k + 3],
                        h[k],
                        h[k + 1],
                        h[k + 2],
                        h[k + 3]);
            }
            spread(sum, output, frame, superframe);
        }
    }

    private static void deal(double[] from, int first, int step, double[] to) {
        for (int j = 0; j < RUNS; j++) {
            to[j] = from[first + step * j];
        }
    }

    private static void spread(double[] from, double[] to, int first, int step) {
        for (int j = 0; j < RUNS; j++) {
            to[first + step * j] = from[j];
        }
    }

    private static void addFour(
            double[] sum,
            double[] x0,
            double[] x1,
            double[] x2,
            double[] x3,
            double h0,
            double h1,
            double h2,
            double h3) {
        for (int j = 0; j < RUNS; j++) {
            sum[j] = sum[j] + ((h0 * x0[j] + h1 * x1[j]) + (h2 * x2[j] + h3 * x3[j]));
        }
    }

    private void convertInterpolated(double[] window, long block, double[] output) {
        double[][] table = design.table();
        int steps = table.length - 1;
        long up = design.up();
        long first = block * blockFrames;
        long start = first * design.down() / up;
        for (int n = 0; n < blockFrames; n++) {
            long position = (first + n) * design.down();
            long scaled = position % up * steps;
            int step = (int) (scaled / up);
            interpolate(table[step], table[step + 1], (double) (scaled % up) / up, phase);
            output[n] = product(phase, window, (int) (position / up - start));
        }
    }

    private static void interpolate(double[] from, double[] to, double part, double[] phase) {
        for (int k = 0; k < phase.length; k++) {
            phase[k] = from[k] + part * (to[k] - from[k]);
        }
    }

    private static double product(double[] phase, double[] window, int first) {
        double a = 0.0;
        double b = 0.0;
        double c = 0.0;
        double d = 0.0;
        for (int k = 0; k < phase.length; k += 4) {
            a += phase[k] * window[first + k];
            b += phase[k + 1] * window[first + k + 1];
            c += phase[k + 2] * window[first + k + 2];
            d += phase[k + 3] * window[first + k + 3];
        }
        return (a + b) + (c + d);
    }

    /** The row at which an output frame of a superframe begins. */
    private int row(int frame) {
        return (int) ((long) frame * design.down() / design.up());
    }

    private int phaseOf(int frame) {
        return (int) ((long) frame * design.down() % design.up());
    }
}
