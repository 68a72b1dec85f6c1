package io.mixgraph.dsp;

import java.util.Arrays;

/**
 * From the peaks of a signal to the gain that holds them: the gain each peak needs, the lowest of it over a hold time,
 * a release in two stages, and two running means. Both means together reach the held gain exactly as long as the hold
 * is at least as long as they are.
 *
 * <p>A release rises as g' = t − (t − g)·k towards a t above 1 and stops at 1, so it ends after a time that depends on
 * the depth alone. The first stage begins as soon as the hold ends. The second knows only reduction that is sustained:
 * the smaller of the deepest in the last window and of the deepest in the window before the one before. What is no
 * longer than a window, such as a lone peak, is in one of them at a time, so it does not count; a tone whose peaks are
 * no further apart than a window is in both, and counts as steady. Towards that the second stage falls by a one-pole,
 * and from it it rises by its own release. The gain is the lower of both stages, so never above what a peak needs.
 *
 * <p>The means run over whole numbers in 2⁻³² over powers of two: a gain of 1 is exactly 1.0, before the first peak and
 * again after the release, and nothing of an old gain is left. Used by one thread at a time.
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
    private double slowReleaseKeep;
    private final double fallKeep;
    private final int meanFrames;
    private final double scale;

    /** After so many frames without reduction nothing is left of it in the windows, their delay and the means. */
    private final int restFrames;

    /** The held candidates, gains rising from the oldest; frame f of a candidate counts until f + hold. */
    private final double[] heldGain;

    private final long[] heldFrame;
    private int heldFirst;
    private int heldCount;

    private final PeakHold deepest;

    /** The deepest reductions of the windows that ended up to two windows ago. */
    private final double[] earlier;

    private final double[] held = new double[TruePeak.WINDOW];
    private final double[] reduction = new double[TruePeak.WINDOW];

    private final long[] first;
    private final long[] second;
    private int position;
    private int earlierPosition;
    private long firstSum;
    private long secondSum;
    private double level;
    private double slowLevel;
    private long frame;
    private long restFrom;

    /**
     * @param threshold a linear magnitude; a peak above it is brought down
     * @param limit to what it is brought down, at most the threshold
     * @param holdFrames for how many frames from a peak on its gain is held, 1 or more
     * @param sustainFrames the length of a window of the second stage, 1 or more
     * @param fallKeep how much of the distance to sustained reduction is left after one frame, 0 to 1
     * @param releaseTarget towards what the gain rises, above 1
     * @param meanFrames the length of each mean, a power of two up to {@link #MAX_MEAN_FRAMES}
     */
    public LimiterGain(
            double threshold,
            double limit,
            int holdFrames,
            int sustainFrames,
            double fallKeep,
            double releaseTarget,
            double releaseKeep,
            double slowReleaseKeep,
            int meanFrames) {
        if (Integer.bitCount(meanFrames) != 1 || meanFrames > MAX_MEAN_FRAMES) {
            throw new IllegalArgumentException("a mean of " + meanFrames + " frames");
        }
        this.holdFrames = holdFrames;
        this.fallKeep = fallKeep;
        this.releaseTarget = releaseTarget;
        retune(threshold, limit, releaseKeep, slowReleaseKeep);
        this.meanFrames = meanFrames;
        this.scale = 1.0 / ((double) ONE * meanFrames * meanFrames);
        this.restFrames = Math.max(2 * meanFrames, 4 * sustainFrames);
        this.heldGain = new double[holdFrames];
        this.heldFrame = new long[holdFrames];
        this.deepest = new PeakHold(sustainFrames);
        this.earlier = new double[2 * sustainFrames];
        this.first = new long[meanFrames];
        this.second = new long[meanFrames];
        reset();
    }

    /**
     * Goes on from where it is with another threshold, limit and releases.
     *
     * @param releaseKeep how much of the distance to the target of the release is left after one frame, 0 to 1
     * @param slowReleaseKeep the same of the second stage
     */
    public final void retune(double threshold, double limit, double releaseKeep, double slowReleaseKeep) {
        this.threshold = threshold;
        this.limit = limit;
        this.releaseKeep = releaseKeep;
        this.slowReleaseKeep = slowReleaseKeep;
    }

    /**
     * Computes the gain of the next frames.
     *
     * @param peaks the highest magnitude of each frame, from index 0
     * @param frames how many, at most {@link TruePeak#WINDOW}
     * @param gain the caller's; {@code frames} values are written from {@code at} on, each above 0 and at most 1
     * @param at the first index to write
     */
    public void process(double[] peaks, int frames, double[] gain, int at) {
        if (frame >= restFrom && !anyOver(peaks, frames)) {
            Arrays.fill(gain, at, at + frames, 1.0);
            frame += frames;
            return;
        }
        for (int i = 0; i < frames; i++) {
            if (peaks[i] > threshold) {
                hold(limit / peaks[i]);
            }
            held[i] = held();
            reduction[i] = 1.0 - held[i];
            frame++;
        }
        deepest.process(reduction, frames);
        for (int i = 0; i < frames; i++) {
            level = Math.min(held[i], releaseTarget - (releaseTarget - level) * releaseKeep);
            double sustained = 1.0 - Math.min(reduction[i], earlier[earlierPosition]);
            earlier[earlierPosition] = reduction[i];
            earlierPosition = earlierPosition + 1 == earlier.length ? 0 : earlierPosition + 1;
            slowLevel = slowLevel > sustained
                    ? sustained + (slowLevel - sustained) * fallKeep
                    : Math.min(sustained, releaseTarget - (releaseTarget - slowLevel) * slowReleaseKeep);
            long whole = (long) (Math.min(level, slowLevel) * ONE);
            firstSum += whole - first[position];
            first[position] = whole;
            secondSum += firstSum - second[position];
            second[position] = firstSum;
            position = position + 1 == meanFrames ? 0 : position + 1;
            gain[at + i] = secondSum * scale;
            if (whole < ONE) {
                restFrom = frame - frames + i + 1 + restFrames;
            }
        }
    }

    /** Returns to the state of a fresh one. */
    public void reset() {
        heldFirst = 0;
        heldCount = 0;
        deepest.reset();
        Arrays.fill(earlier, 0.0);
        earlierPosition = 0;
        Arrays.fill(first, ONE);
        Arrays.fill(second, ONE * meanFrames);
        firstSum = ONE * meanFrames;
        secondSum = firstSum * meanFrames;
        position = 0;
        level = 1.0;
        slowLevel = 1.0;
        frame = 0;
        restFrom = 0;
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
