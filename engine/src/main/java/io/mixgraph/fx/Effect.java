package io.mixgraph.fx;

import io.mixgraph.audio.AudioFormat;
import org.jspecify.annotations.Nullable;

/**
 * An effect: an immutable record of parameters. It is an optional {@link Detector}, which turns MAIN (or a key signal)
 * into control curves, and an {@link Applicator}, which changes MAIN by them. No effect knows where it stands in the
 * graph; it keeps the number of channels.
 *
 * <p>The engine does for every effect what all of them need: it delays MAIN by the look-ahead and the rest of the graph
 * by the latency, brings the key and filters it, mixes dry and wet, cuts out mid or side, and moves parameters along
 * their curves by {@link Applicator#retune} and {@link Detector#retune}.
 */
public interface Effect {
    Nature nature();

    /**
     * How many frames the detector sees ahead of the applicator. The effect only declares it: the engine delays MAIN by
     * it between the two. Depends on nothing but the rate and parameters that cannot be automated, as all latency does.
     */
    default int lookaheadFrames(int sampleRate) {
        return 0;
    }

    /** How many frames the applicator itself delays MAIN, look-ahead not counted. */
    default int applicatorLatencyFrames(int sampleRate) {
        return 0;
    }

    /** By how many frames the effect delays MAIN in all. */
    default int latencyFrames(int sampleRate) {
        return lookaheadFrames(sampleRate) + applicatorLatencyFrames(sampleRate);
    }

    /**
     * Frames after the latency until what remains of the effect's impulse response is below −120 dB of its peak; 0 when
     * it rings for no frame longer than its input.
     */
    default long tailFrames(int sampleRate) {
        return 0;
    }

    /** Whether it makes no sense without a key, the signal of another track or bus that drives its detector. */
    default boolean needsKey() {
        return false;
    }

    /**
     * How many control curves the detector writes: 0 exactly when {@link #newDetector} gives null. Does not depend on
     * parameters that can be automated.
     */
    default int curveCount() {
        return 0;
    }

    /**
     * A fresh detector, or null for an effect without one.
     *
     * @param input the format of the signal that drives it: MAIN's, or the key's
     */
    default @Nullable Detector newDetector(AudioFormat input) {
        return null;
    }

    /**
     * A fresh applicator.
     *
     * @param main the format of MAIN, mono or stereo
     */
    Applicator newApplicator(AudioFormat main);
}
