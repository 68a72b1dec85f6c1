package io.mixgraph.dsp;

import java.util.ArrayList;
import java.util.List;

/**
 * An impulse response cut into partitions whose lengths grow, so that a long one costs little and a short delay is kept
 * (W. G. Gardner, "Efficient convolution without input-output delay", J. Audio Eng. Soc. 43(3), 1995): the first
 * {@value #HEAD} frames are convolved directly when no latency is allowed; after them come up to {@value #PER_STAGE}
 * partitions of one length, then of eight times that, and so on. With latency L a partition of length P may begin at
 * frame P − L and not earlier, because P frames of input must be there before it can be worked on; a growth by eight
 * with seven partitions each meets that exactly.
 *
 * <p>Holds the partitions' transforms and the scratch to make more of them: used by one thread at a time, by any number
 * of {@link Convolver}s. Memory: 16 bytes per frame of the response.
 */
public final class PartitionedImpulse {
    /** Frames that are convolved directly. */
    static final int HEAD = 256;

    /** All partitions are whole multiples of it, and the work of a convolver is cut at its multiples. */
    static final int STEP = 64;

    private static final int GROWTH = 8;
    private static final int PER_STAGE = GROWTH - 1;

    /** A stage takes all that is left rather than open the next one for so few partitions more. */
    private static final int SPARE = 5;

    /** Partitions of one length. */
    static final class Stage {
        /** Of the partitions' length. */
        final RightAngleTransform transform;
        /** One per partition: the transforms' real parts, divided by the length. */
        final double[][] re;
        /** Their imaginary parts. */
        final double[][] im;

        Stage(RightAngleTransform transform, double[][] re, double[][] im) {
            this.transform = transform;
            this.re = re;
            this.im = im;
        }
    }

    private final int latencyFrames;
    private final double[][] head;
    private final int headFrames;
    private final List<Stage> stages;

    /**
     * @param h the impulse response, at least one frame; not kept
     * @param latencyFrames by how much the convolution may be late: 0, or a power of two of 64 or more
     */
    public PartitionedImpulse(double[] h, int latencyFrames) {
        if (h.length == 0) {
            throw new IllegalArgumentException("an impulse response of no frames");
        }
        if (latencyFrames != 0 && (latencyFrames < STEP || Integer.bitCount(latencyFrames) != 1)) {
            throw new IllegalArgumentException("a latency of " + latencyFrames + " frames");
        }
        this.latencyFrames = latencyFrames;
        this.headFrames = latencyFrames == 0 ? Math.min(h.length, HEAD) : 0;
        this.head = head(h, headFrames);
        this.stages = List.copyOf(stages(h, headFrames, latencyFrames == 0 ? HEAD : latencyFrames));
    }

    /** Row j is the head moved j frames to the right, so that every loop over it starts at index 0. */
    private static double[][] head(double[] h, int frames) {
        double[][] rows = new double[frames == 0 ? 0 : STEP][];
        for (int j = 0; j < rows.length; j++) {
            rows[j] = new double[frames + STEP];
            System.arraycopy(h, 0, rows[j], j, frames);
        }
        return rows;
    }

    private static List<Stage> stages(double[] h, int from, int firstLength) {
        List<Stage> stages = new ArrayList<>();
        int at = from;
        int length = firstLength;
        while (at < h.length) {
            int left = (int) ((h.length - at + length - 1L) / length);
            int partitions = left <= PER_STAGE + SPARE ? left : PER_STAGE;
            stages.add(stage(h, at, partitions, new RightAngleTransform(length)));
            at = (int) Math.min(h.length, at + (long) partitions * length);
            length *= GROWTH;
        }
        return stages;
    }

    private static Stage stage(double[] h, int from, int partitions, RightAngleTransform transform) {
        int length = transform.size();
        double[][] re = new double[partitions][length];
        double[][] im = new double[partitions][length];
        double[] part = new double[length];
        for (int k = 0; k < partitions; k++) {
            for (int i = 0; i < length; i++) {
                int at = from + k * length + i;
                part[i] = at < h.length ? h[at] / length : 0.0;
            }
            transform.forward(part, 0, re[k], im[k]);
        }
        return new Stage(transform, re, im);
    }

    /** By how many frames a convolution with it is late. */
    public int latencyFrames() {
        return latencyFrames;
    }

    /** How many frames of it are convolved directly: 0 when there is latency. */
    int headFrames() {
        return headFrames;
    }

    /** {@link #STEP} rows; none when there is no head. */
    double[][] head() {
        return head;
    }

    List<Stage> stages() {
        return stages;
    }
}
