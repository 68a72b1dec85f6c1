package io.mixgraph.model;

import io.mixgraph.fx.Parameter;

/** A copy of a strip's signal to another bus. */
public record Send(
        @Parameter(doc = "The bus it goes to.", required = true)
        String to,

        @Parameter(doc = "Its level.", min = -144, max = 60, absent = "0")
        double gainDb,

        @Parameter(doc = "Left to right, as the strip's own pan.", min = -1, max = 1, absent = "0")
        double pan,

        @Parameter(
                doc = "Where in the strip it is taken: before the effects, after them, or after the fader.",
                absent = "post_fader")
        Tap tap,

        @Parameter(doc = "Whether it is left out.", absent = "false")
        boolean mute,

        @Parameter(doc = "Curves that replace gain_db, pan and mute.")
        SendAutomation automation) {

    public Send {
        to = Normal.text(to);
        tap = tap == null ? Tap.POST_FADER : tap;
        automation = automation == null ? SendAutomation.NONE : automation;
    }

    /** A post-fader send in the centre. */
    public static Send of(String to, double gainDb) {
        return of(to, gainDb, 0, Tap.POST_FADER);
    }

    /** A send from a tap, at a level and a pan that do not move. */
    public static Send of(String to, double gainDb, double pan, Tap tap) {
        return new Send(to, gainDb, pan, tap, false, SendAutomation.NONE);
    }

    public Send withMute(boolean newMute) {
        return new Send(to, gainDb, pan, tap, newMute, automation);
    }

    public Send withAutomation(SendAutomation newAutomation) {
        return new Send(to, gainDb, pan, tap, mute, newAutomation);
    }
}
