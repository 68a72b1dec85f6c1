package io.mixgraph.model;

import io.mixgraph.fx.Parameter;
import org.jspecify.annotations.Nullable;

/** What drives an effect's detector, and how it is filtered before. It is heard by the detector alone. */
public record Key(
        @Parameter(doc = "The track or bus; the signal itself when absent.") @Nullable
        String from,

        @Parameter(doc = "Where in that strip it is taken.", absent = "pre_fader")
        Tap tap,

        @Parameter(doc = "Takes away what lies below, 12 dB per octave; nothing when absent.", min = 10, max = 24000)
        @Nullable
        Double highpassHz,

        @Parameter(doc = "Takes away what lies above, 12 dB per octave; nothing when absent.", min = 10, max = 24000)
        @Nullable
        Double lowpassHz) {

    public Key {
        tap = tap == null ? Tap.PRE_FADER : tap;
    }

    /** A track or bus before its fader, unfiltered. */
    public static Key of(String from) {
        return new Key(from, Tap.PRE_FADER, null, null);
    }
}
