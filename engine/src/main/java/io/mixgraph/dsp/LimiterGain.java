package io.mixgraph.dsp;

import java.util.Arrays;

/**
 * From the peaks of a signal to the gain that holds them: the gain each peak needs, the lowest of it over a hold time,
 * a release that ends, and two running means. Both means together reach the held gain exactly as long as the hold is at
 * least as long as they are.
 *
 * <p>The release rises as g' = t − (t − g)·k towards a t above 1 and stops at 1, so it ends after a time that depends
 * on the depth alone. The means run over whole numbers in 2⁻³² over powers of two: a gain of 1 is exactly 1.0, before
 * the first peak and again after the release, and nothing of an old gain is left. Used by one thread at a time.
 */
public final class LimiterGain {
    /** The most frames of one mean: two of them squared fit in the 53 bits of a double. */
    public static final int MAX_MEAN_FRAMES = 1024;

    private static final long ONE = 1L << 32;

    private final int holdFrames;
    private final double releaseTarget;
    private double threshold;
    private double limit;
    private double releaseKeep;
    private final int meanFrames;
    private final double scale;

    /** The held candidates, gains rising from the oldest; frame f of a candidate counts until f + hold. */
    private final double[] heldGain;

    private final long[] heldFrame;
    private int heldFirst;
    private int heldCount;

    private final long[] first;
    private final long[] second;
    private int position;
    private long firstSum;
    private long secondSum;
    private double level;
    private long frame;
    private long idleFrom;

    /**
     * @param threshold a linear magnitude; a peak above it is brought down
     * @param limit to what it is brought down, at most the threshold
     * @param holdFrames for how many frames from a peak on its gain is held, 1 or more
     * @param releaseTarget towards what the gain rises, above 1
     * @param releaseKeep how much of the distance to the target is left after one frame, 0 to 1
     * @param meanFrames the length of each mean, a power of two up to {@link #MAX_MEAN_FRAMES}
     */
    public LimiterGain(
            double threshold, double limit, int holdFrames, double releaseTarget, double releaseKeep, int meanFrames) {
        if (Integer.bitCount(meanFrames) != 1 || meanFrames > MAX_MEAN_FRAMES) {
            throw new IllegalArgumentException("a mean of " + meanFrames + " frames");
        }
        this.holdFrames = holdFrames;
        this.releaseTarget = releaseTarget;
        retune(threshold, limit, releaseKeep);
        this.meanFrames = meanFrames;
        this.scale = 1.0 / ((double) ONE * meanFrames * meanFrames);
        this.heldGain = new double[holdFrames];
        this.heldFrame = new long[holdFrames];
        this.first = new long[meanFrames];
        this.second = new long[meanFrames];
        reset();
    }

    /** Goes on from where it is with another threshold, limit and release. */
    public final void retune(double threshold, double limit, double releaseKeep) {
        this.threshold = threshold;
        this.limit = limit;
        this.releaseKeep = releaseKeep;
    }

    /**
     * Computes the gain of the next frames.
     *
     * @param peaks the highest magnitude of each frame, from index 0
     * @param frames how many
     * @param gain the caller's; {@code frames} values are written from {@code at} on, each above 0 and at most 1
     * @param at the first index to write
     */
    public void process(double[] peaks, int frames, double[] gain, int at) {
        if (frame >= idleFrom && !anyOver(peaks, frames)) {
            Arrays.fill(gain, at, at + frames, 1.0);
            frame += frames;
            return;
        }
        for (int i = 0; i < frames; i++) {
            if (peaks[i] > threshold) {
                hold(limit / peaks[i]);
            }
            double held = held();
            level = Math.min(held, releaseTarget - (releaseTarget - level) * releaseKeep);
            long whole = (long) (level * ONE);
            firstSum += whole - first[position];
            first[position] = whole;
            secondSum += firstSum - second[position];
            second[position] = firstSum;
            position = position + 1 == meanFrames ? 0 : position + 1;
            gain[at + i] = secondSum * scale;
            frame++;
            if (level < 1.0) {
                idleFrom = frame + 2L * meanFrames;
            }
        }
    }

    /** Returns to the state of a fresh one. */
    public void reset() {
        heldFirst = 0;
        heldCount = 0;
        Arrays.fill(first, ONE);
        Arrays.fill(second, ONE * meanFrames);
        firstSum = ONE * meanFrames;
        secondSum = firstSum * meanFrames;
        position = 0;
        level = 1.0;
        frame = 0;
        idleFrom = 0;
    }

    private boolean anyOver(double[] peaks, int frames) {
        for (int i = 0; i < frames; i++) {
            if (peaks[i] > threshold) {
                return true;
            }
        }
        return false;
    }

    private void hold(double needed) {
        while (heldCount > 0 && heldGain[index(heldCount - 1)] >= needed) {
            heldCount--;
        }
        if (heldCount == holdFrames) { // The oldest runs out with this frame.
            heldFirst = index(1);
            heldCount--;
        }
        int at = index(heldCount);
        heldGain[at] = needed;
        heldFrame[at] = frame;
        heldCount++;
    }

    private double held() {
        if (heldCount > 0 && heldFrame[heldFirst] + holdFrames <= frame) {
            heldFirst = index(1);
            heldCount--;
        }
        return heldCount == 0 ? 1.0 : heldGain[heldFirst];
    }

    private int index(int offset) {
        int at = heldFirst + offset;
        return at < holdFrames ? at : at - holdFrames;
    }
}
