package io.mixgraph.audio;

import java.io.IOException;

/** Finds recordings by the name that a session gives them. */
@FunctionalInterface
public interface SourceOpener {
    /**
     * The recording that a session calls {@code source}.
     *
     * @throws IOException saying what is wrong with it and what to do, when it cannot be found or read
     */
    AudioSource open(String source) throws IOException;
}
