package io.mixgraph.dsp;

import io.mixgraph.audio.AudioBlock;

/**
 * A value, such as a gain, that goes to where it is sent in a straight line of {@value #FRAMES} frames, so that no step
 * is heard. Sent anywhere before its first frame it is there at once. Its values depend on the frames since it was
 * sent, not on how they are cut into blocks. Used by one thread at a time; allocates nothing.
 */
public final class GainRamp {
    /** How long it takes. */
    public static final int FRAMES = 16;

    private double start;
    private double target;
    private int left;
    private boolean running;

    /** One that rests at a value. */
    public GainRamp(double value) {
        this.start = value;
        this.target = value;
    }

    /** Sends it to a value; to where it is going or rests already, this changes nothing. */
    public void to(double value) {
        if (value == target) {
            return;
        }
        start = current();
        target = value;
        left = FRAMES;
        if (!running) {
            reset();
        }
    }

    /**
     * Takes the next frames.
     *
     * @param values at least {@code frames} long; written as far as the value moves
     * @return how many were written; from there on it is {@link #target}
     */
    public int next(double[] values, int frames) {
        running = true;
        int moving = Math.min(left, frames);
        int done = FRAMES - left;
        for (int i = 0; i < moving; i++) {
            values[i] = at(done + 1 + i);
        }
        left -= moving;
        return moving;
    }

    /** Where it rests when it no longer moves. */
    public double target() {
        return target;
    }

    /**
     * Multiplies all channels by the next values, in place.
     *
     * @param block the signal, which stays the caller's
     * @param scratch at least {@code frames} long, overwritten
     */
    public void multiply(AudioBlock block, double[] scratch, int frames) {
        int moving = next(scratch, frames);
        if (moving > 0) {
            for (int i = moving; i < frames; i++) {
                scratch[i] = target;
            }
            for (int c = 0; c < block.channels(); c++) {
                Mixing.multiply(block.channel(c), scratch, frames);
            }
        } else if (target != 1.0) {
            for (int c = 0; c < block.channels(); c++) {
                double[] x = block.channel(c);
                for (int i = 0; i < frames; i++) {
                    x[i] *= target;
                }
            }
        }
    }

    /** Rests where it was last sent. */
    public void reset() {
        start = target;
        left = 0;
        running = false;
    }

    private double current() {
        return left == 0 ? target : at(FRAMES - left);
    }

    private double at(int frame) {
        return frame == FRAMES ? target : start + (target - start) * (frame * (1.0 / FRAMES));
    }
}
