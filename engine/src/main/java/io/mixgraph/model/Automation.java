package io.mixgraph.model;

import io.mixgraph.fx.Parameter;
import java.util.List;

/**
 * Curves over the timeline that replace a strip's static values: straight lines or steps in the parameter's unit, held
 * outside their points.
 */
public record Automation(
        @Parameter(doc = "The fader over time: [time_s, gain_db] points.", min = -144, max = 60)
        List<Point> gainDb,

        @Parameter(doc = "The pan over time: [time_s, pan] points.", min = -1, max = 1)
        List<Point> pan,

        @Parameter(doc = "The width over time: [time_s, width] points.", min = 0, max = 2)
        List<Point> width,

        @Parameter(doc = "pan_left over time: [time_s, pan] points.", min = -1, max = 1)
        List<Point> panLeft,

        @Parameter(doc = "pan_right over time: [time_s, pan] points.", min = -1, max = 1)
        List<Point> panRight,

        @Parameter(doc = "Mute over time: [time_s, true or false] points; each change is a ramp of 5 ms.")
        List<Switch> mute) {
    /** No curve at all. */
    public static final Automation NONE =
            new Automation(List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

    /**
     * A point of a curve, written {@code [time_s, value]} or {@code [time_s, value, hold]}.
     *
     * @param timeS seconds on the timeline, 0 or more; strictly rising within a curve
     * @param value in the unit of the parameter
     * @param shape how the curve goes on to the next point
     */
    public record Point(double timeS, double value, CurveShape shape) {
        public Point {
            shape = shape == null ? CurveShape.LINEAR : shape;
        }

        /** A point from which a straight line goes to the next. */
        public Point(double timeS, double value) {
            this(timeS, value, CurveShape.LINEAR);
        }
    }

    /**
     * A point at which something is turned on or off, written {@code [time_s, true]}.
     *
     * @param timeS seconds on the timeline, 0 or more; strictly rising
     * @param on from then on
     */
    public record Switch(double timeS, boolean on) {}

    public Automation {
        gainDb = Normal.copy(gainDb);
        pan = Normal.copy(pan);
        width = Normal.copy(width);
        panLeft = Normal.copy(panLeft);
        panRight = Normal.copy(panRight);
        mute = Normal.copy(mute);
    }

    /** Curves of the fader and the pan alone. */
    public static Automation of(List<Point> gainDb, List<Point> pan) {
        return new Automation(gainDb, pan, List.of(), List.of(), List.of(), List.of());
    }
}
