package io.mixgraph.fx;

import io.mixgraph.audio.AudioSource;
import org.jspecify.annotations.Nullable;

/**
 * A recording that an effect is made of, such as an impulse response: a file's name as people write it, and once a
 * graph is compiled what it holds, mono or stereo and at the graph's rate. An effect names it by a component of this
 * type and never opens a file itself.
 *
 * @param name the file, as the session writes it
 * @param source what it holds; null before the graph is compiled
 */
public record Recording(String name, @Nullable AudioSource source) {
    /** A recording that is only named yet. */
    public static Recording named(String name) {
        return new Recording(name, null);
    }

    /** This recording with what it holds. */
    public Recording opened(AudioSource opened) {
        return new Recording(name, opened);
    }

    /**
     * What it holds.
     *
     * @throws IllegalStateException before the graph is compiled
     */
    public AudioSource opened() {
        if (source == null) {
            throw new IllegalStateException(name + " has not been opened");
        }
        return source;
    }
}
