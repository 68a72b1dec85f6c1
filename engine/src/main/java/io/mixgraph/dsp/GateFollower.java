package io.mixgraph.dsp;

/**
 * The position of a gate, from 0 (open) to 1 (closed), by the level that drives it. It opens when the level reaches one
 * threshold, and closes when the level has stayed below a lower one for longer than the hold. It moves in a straight
 * line.
 *
 * <p>Its output depends on the frames since {@link #reset}, not on how they are cut into blocks. Used by one thread at
 * a time; allocates nothing.
 */
public final class GateFollower {
    private final int sampleRate;
    private double openAt;
    private double closeBelow;
    private long holdFrames;
    private double openingStep;
    private double closingStep;

    private boolean open;
    private long heldFrames;
    private double position = 1.0;

    /**
     * @param openAt linear level that opens it
     * @param closeBelow linear level under which it may close, not above {@code openAt}
     * @param attackMs from closed to open, in milliseconds; one frame at least
     * @param holdMs how long it stays open without being driven, in milliseconds
     * @param releaseMs from open to closed, in milliseconds; one frame at least
     * @param sampleRate in Hz
     */
    public GateFollower(
            double openAt, double closeBelow, double attackMs, double holdMs, double releaseMs, int sampleRate) {
        this.sampleRate = sampleRate;
        retune(openAt, closeBelow, attackMs, holdMs, releaseMs);
    }

    /** Goes on from where it is with other settings. */
    public final void retune(double openAt, double closeBelow, double attackMs, double holdMs, double releaseMs) {
        this.openAt = openAt;
        this.closeBelow = closeBelow;
        this.holdFrames = frames(holdMs, sampleRate);
        this.openingStep = 1.0 / Math.max(1, frames(attackMs, sampleRate));
        this.closingStep = 1.0 / Math.max(1, frames(releaseMs, sampleRate));
    }

    /** Replaces the first {@code frames} linear levels by positions. */
    public void process(double[] levels, int frames) {
        for (int i = 0; i < frames; i++) {
            double level = levels[i];
            if (level >= openAt) {
                open = true;
            }
            if (open) {
                if (level >= closeBelow) {
                    heldFrames = 0;
                } else if (heldFrames < holdFrames) {
                    heldFrames++;
                } else {
                    open = false;
                }
            }
            position = open ? Math.max(0.0, position - openingStep) : Math.min(1.0, position + closingStep);
            levels[i] = position;
        }
    }

    /** Returns to closed. */
    public void reset() {
        open = false;
        heldFrames = 0;
        position = 1.0;
    }

    private static long frames(double ms, int sampleRate) {
        return (long) StrictMath.rint(ms * sampleRate / 1000.0);
    }
}
