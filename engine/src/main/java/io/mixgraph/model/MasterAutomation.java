package io.mixgraph.model;

import io.mixgraph.fx.Parameter;
import java.util.List;

/** The curve over the timeline that replaces the master's fader. */
public record MasterAutomation(
        @Parameter(doc = "The fader over time: [time_s, gain_db] points.", min = -144, max = 60)
        List<Automation.Point> gainDb) {
    /** No curve. */
    public static final MasterAutomation NONE = new MasterAutomation(List.of());

    public MasterAutomation {
        gainDb = Normal.copy(gainDb);
    }
}
