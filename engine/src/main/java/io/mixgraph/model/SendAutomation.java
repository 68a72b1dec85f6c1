package io.mixgraph.model;

import io.mixgraph.fx.Parameter;
import java.util.List;

/** Curves over the timeline that replace a send's static values, as {@link Automation} does a strip's. */
public record SendAutomation(
        @Parameter(doc = "The level over time: [time_s, gain_db] points.", min = -144, max = 60)
        List<Automation.Point> gainDb,

        @Parameter(doc = "The pan over time: [time_s, pan] points.", min = -1, max = 1)
        List<Automation.Point> pan,

        @Parameter(doc = "Mute over time: [time_s, true or false] points; each change is a ramp of 5 ms.")
        List<Automation.Switch> mute) {
    /** No curve at all. */
    public static final SendAutomation NONE = new SendAutomation(List.of(), List.of(), List.of());

    public SendAutomation {
        gainDb = Normal.copy(gainDb);
        pan = Normal.copy(pan);
        mute = Normal.copy(mute);
    }
}
