package io.mixgraph.model;

/** How a source of more than two channels becomes stereo. */
public enum Downmix {
    /**
     * ITU-R BS.775-4, Annex 4, Table 2: centre and each surround at −3 dB into their sides, LFE dropped, no
     * normalising.
     */
    ITU
}
