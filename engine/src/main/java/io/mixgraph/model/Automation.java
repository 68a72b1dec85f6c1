package io.mixgraph.model;

import io.mixgraph.fx.Parameter;
import java.util.List;

/**
 * Curves over the timeline that replace a strip's static values: linear in the parameter's unit, held outside their
 * points.
 */
public record Automation(
        @Parameter(doc = "The fader over time: [time_s, gain_db] points.", min = -144, max = 60)
        List<Point> gainDb,

        @Parameter(doc = "The pan over time: [time_s, pan] points.", min = -1, max = 1)
        List<Point> pan) {
    /** No curve at all. */
    public static final Automation NONE = new Automation(List.of(), List.of());

    /**
     * A point of a curve, written {@code [time_s, value]}.
     *
     * @param timeS seconds on the timeline, 0 or more; strictly rising within a curve
     * @param value in the unit of the parameter
     */
    public record Point(double timeS, double value) {}

    public Automation {
        gainDb = Normal.copy(gainDb);
        pan = Normal.copy(pan);
    }
}
