package io.mixgraph.fx;

/** What a highpass or lowpass is like around its cutoff. */
public enum FilterShape {
    /** As flat as can be where it passes, −3.01 dB at the cutoff. */
    BUTTERWORTH,
    /**
     * Two Butterworth filters in a row, −6.02 dB at the cutoff: a lowpass and a highpass add up to a flat level; at 12
     * and 36 dB per octave one of them has to be inverted for that.
     */
    LINKWITZ_RILEY;

    /**
     * Checks that there is such a filter of a slope.
     *
     * @throws IllegalArgumentException saying which slopes there are
     */
    void check(int slopeDbPerOctave) {
        if (this == LINKWITZ_RILEY && slopeDbPerOctave % 12 != 0) {
            throw new IllegalArgumentException(
                    "a linkwitz_riley filter is two equal ones in a row, so its slope is 12, 24,"
                            + " 36 or 48 dB per octave, not " + slopeDbPerOctave
                            + "; take one of these, or shape butterworth");
        }
    }
}
