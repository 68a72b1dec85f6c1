package io.mixgraph.fx;

import io.mixgraph.audio.AudioBlock;

/**
 * Turns a signal into control curves. Its output depends on the frames it was given since {@link #reset}, never on how
 * they were cut into blocks. Used by one thread at a time; allocates nothing while running.
 */
public interface Detector {
    /**
     * @param input the driving signal, owned by the caller and not changed
     * @param frames how many frames of it are valid
     * @param curves the caller's arrays, one per curve, at least {@code frames} long; their first {@code frames} values
     *     are written
     */
    void detect(AudioBlock input, int frames, double[][] curves);

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
}
