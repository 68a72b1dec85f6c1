package io.mixgraph.dsp;

import java.util.Arrays;
import java.util.List;

/**
 * Convolves a channel with a {@link PartitionedImpulse}, in place, late by that one's latency: y[n] = Σ h[k]·x[n − k].
 * Where partitions are cut is a matter of the frames since {@link #reset}, so that blocks do not matter. A block of
 * input that is silent is not transformed. Used by one thread at a time; allocates nothing while running.
 */
public final class Convolver {
    private static final int STEP = PartitionedImpulse.STEP;

    private final double[][] head;
    private final int headFrames;
    /** What is due from this step's first frame on. */
    private final double[] due;

    private final StageRun[] stages;
    /** The input, cyclic, as long as the longest partition; blocks of any partition's length lie in it in one piece. */
    private final double[] history;

    private int position;

    /** @param impulse what to convolve with; kept */
    public Convolver(PartitionedImpulse impulse) {
        List<PartitionedImpulse.Stage> parts = impulse.stages();
        this.head = impulse.head();
        this.headFrames = impulse.headFrames();
        this.due = new double[headFrames + STEP];
        this.stages = parts.stream().map(StageRun::new).toArray(StageRun[]::new);
        this.history = new double[parts.isEmpty() ? STEP : stages[stages.length - 1].length];
    }

    /** Replaces the first {@code frames} values of {@code x} by the convolution. */
    public void process(double[] x, int frames) {
        int from = 0;
        while (from < frames) {
            int at = position % STEP;
            int to = Math.min(frames, from + STEP - at);
            int count = to - from;
            if (at == 0) {
                for (StageRun stage : stages) {
                    stage.addTo(due, position % stage.length);
                }
            }
            System.arraycopy(x, from, history, position, count);
            for (int j = 0; j < count && headFrames > 0; j += 4) {
                direct(x, from + j, at + j, Math.min(4, count - j));
            }
            System.arraycopy(due, at, x, from, count);
            position += count;
            if (at + count == STEP) {
                advance();
            }
            from = to;
        }
    }

    /** Adds what up to four frames of input are heard as, in the order of the frames. */
    private void direct(double[] x, int from, int row, int count) {
        int length = Math.min(due.length, row + count - 1 + headFrames);
        if (count == 4) {
            add4(
                    due,
                    x[from],
                    head[row],
                    x[from + 1],
                    head[row + 1],
                    x[from + 2],
                    head[row + 2],
                    x[from + 3],
                    head[row + 3],
                    length);
        } else {
            for (int j = 0; j < count; j++) {
                Mixing.add(head[row + j], x[from + j], due, length);
            }
        }
    }

    private static void add4(
            double[] y,
            double x0,
            double[] h0,
            double x1,
            double[] h1,
            double x2,
            double[] h2,
            double x3,
            double[] h3,
            int length) {
        for (int i = 0; i < length; i++) {
            y[i] = (((y[i] + x0 * h0[i]) + x1 * h1[i]) + x2 * h2[i]) + x3 * h3[i];
        }
    }

    private void advance() {
        System.arraycopy(due, STEP, due, 0, headFrames);
        Arrays.fill(due, headFrames, headFrames + STEP, 0.0);
        for (StageRun stage : stages) {
            if (position % stage.length == 0) {
                stage.run(history, position - stage.length);
            }
        }
        if (position == history.length) {
            position = 0;
        }
    }

    /** Returns to the state of a fresh one. */
    public void reset() {
        Arrays.fill(due, 0.0);
        Arrays.fill(history, 0.0);
        for (StageRun stage : stages) {
            stage.reset();
        }
        position = 0;
    }

    /** The partitions of one length at work. */
    private static final class StageRun {
        private final int length;
        private final PartitionedImpulse.Stage stage;
        /** The transforms of the last blocks of input, cyclic: what each partition meets when its time comes. */
        private final double[][] pastRe;

        private final double[][] pastIm;
        private final boolean[] pastSilent;
        /** What comes out during the next block, and what spills over into the one after. */
        private double[] ready;

        private double[] spill;
        private final double[] re;
        private boolean readySilent = true;
        private boolean spillSilent = true;
        private int newest;

        StageRun(PartitionedImpulse.Stage stage) {
            this.stage = stage;
            this.length = stage.transform.size();
            this.pastRe = new double[stage.re.length][length];
            this.pastIm = new double[stage.re.length][length];
            this.pastSilent = new boolean[stage.re.length];
            this.ready = new double[length];
            this.spill = new double[length];
            this.re = new double[length];
            Arrays.fill(pastSilent, true);
        }

        void addTo(double[] due, int from) {
            if (!readySilent) {
                for (int i = 0; i < STEP; i++) {
                    due[i] += ready[from + i];
                }
            }
        }

        /** Takes the block of input that has just been completed. */
        void run(double[] input, int from) {
            newest = newest == 0 ? pastRe.length - 1 : newest - 1;
            pastSilent[newest] = silent(input, from);
            if (!pastSilent[newest]) {
                stage.transform.forward(input, from, pastRe[newest], pastIm[newest]);
            }
            // The old ready array becomes the imaginary part, which is the next spill.
            double[] im = ready;
            ready = spill;
            readySilent = spillSilent;
            spill = im;
            spillSilent = true;
            for (int k = 0; k < pastRe.length; k++) {
                int past = newest + k < pastRe.length ? newest + k : newest + k - pastRe.length;
                if (!pastSilent[past]) {
                    if (spillSilent) {
                        Arrays.fill(re, 0.0);
                        Arrays.fill(im, 0.0);
                        spillSilent = false;
                    }
                    addProduct(pastRe[past], pastIm[past], stage.re[k], stage.im[k], re, im, length);
                }
            }
            if (!spillSilent) {
                stage.transform.inverse(re, im);
                if (readySilent) {
                    Arrays.fill(ready, 0.0);
                }
                Mixing.add(re, 1.0, ready, length);
                readySilent = false;
            }
        }

        private boolean silent(double[] input, int from) {
            for (int i = from; i < from + length; i++) {
                if (input[i] != 0.0) {
                    return false;
                }
            }
            return true;
        }

        /** y += a·b, complex. */
        private static void addProduct(
                double[] ar, double[] ai, double[] br, double[] bi, double[] yr, double[] yi, int n) {
            for (int i = 0; i < n; i++) {
                double p = ar[i];
                double q = ai[i];
                double r = br[i];
                double s = bi[i];
                double re = yr[i] + (p * r - q * s);
                double im = yi[i] + (p * s + q * r);
                yr[i] = re;
                yi[i] = im;
            }
        }

        void reset() {
            Arrays.fill(pastSilent, true);
            readySilent = true;
            spillSilent = true;
            newest = 0;
        }
    }
}
