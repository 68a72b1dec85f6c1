package io.mixgraph.model;

/** Where stems are taken. */
public enum StemTap {
    /** What each bus hands to the master: the stems sum to the master's input. */
    PRE_MASTER,
    /**
     * Through the master's effects, loudness gain and limiter, all of them moved by what they heard in the full mix:
     * the stems sum to the master.
     */
    MASTERED,
    /**
     * Each through the master alone, as if everything else were muted and the loudness gain left where it was: what
     * other tools give. The stems do not sum to the master; the certificate says by how much.
     */
    SOLOED
}
