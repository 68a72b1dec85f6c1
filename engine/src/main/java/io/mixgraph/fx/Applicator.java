package io.mixgraph.fx;

import io.mixgraph.audio.AudioBlock;

/**
 * Changes a signal in place. Its output depends on the frames it was given since {@link #reset}, never on how they were
 * cut into blocks. Used by one thread at a time; allocates nothing while running.
 */
public interface Applicator {
    /**
     * @param main the signal, owned by the caller, already delayed by the effect's look-ahead; changed in place
     * @param frames how many frames of it are valid
     * @param curves what the detector wrote for the same frames; empty when the effect has none
     */
    void apply(AudioBlock main, int frames, double[][] curves);

    /** Returns to the state of a fresh one, with the parameters it was last given. */
    void reset();

    /**
     * Goes on with other parameters, from the next frame on and without a click where the parameter allows it. Needed
     * by effects with a parameter that can be automated.
     *
     * @param effect the same effect, with other values of parameters that are {@link Parameter#automatable}
     */
    default void retune(Effect effect) {
        throw new UnsupportedOperationException(effect + " cannot change while it runs");
    }

    /**
     * Goes on with parameters that move in straight lines for a few frames. Unless an effect does better, it has those
     * of the first of them throughout.
     *
     * @param from what it is at the first of the frames
     * @param to what it is when they are over
     * @param frames how many, at least 1
     */
    default void glide(Effect from, Effect to, int frames) {
        retune(from);
    }
}
