package io.mixgraph.media;

import java.util.Locale;

/** What an artifact is. */
public enum ArtifactKind {
    AUDIO_BUS_STEM,
    AUDIO_PRE_MASTER,
    AUDIO_DELIVERABLE,
    AUDIO_MASTER,
    MIX_REPORT;

    /** The word for it in tables, documents and on the command line: {@code audio_bus_stem}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The kind that a word means.
     *
     * @throws IllegalArgumentException when it means none
     */
    public static ArtifactKind of(String word) {
        for (ArtifactKind kind : values()) {
            if (kind.word().equals(word)) {
                return kind;
            }
        }
        throw new IllegalArgumentException(word + " is no kind of artifact");
    }
}
