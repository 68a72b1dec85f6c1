package io.mixgraph.routing;

import io.mixgraph.audio.Numbers;
import io.mixgraph.model.Automation;
import java.util.Arrays;
import java.util.List;

/**
 * A parameter over the timeline: straight lines between points, held before the first and after the last. A constant is
 * a curve of one point. Immutable.
 */
public final class Curve {
    private final long[] frames;
    private final double[] values;

    private Curve(long[] frames, double[] values) {
        this.frames = frames;
        this.values = values;
    }

    /** A parameter that never moves. */
    public static Curve constant(double value) {
        return new Curve(new long[] {0}, new double[] {value});
    }

    /**
     * The curve of a strip's parameter.
     *
     * @param points what automates it, in rising order of time; when empty it is constant
     * @param fixed its value when nothing automates it
     */
    public static Curve of(List<Automation.Point> points, double fixed, int sampleRate) {
        if (points.isEmpty()) {
            return constant(fixed);
        }
        long[] frames = new long[points.size()];
        double[] values = new double[points.size()];
        for (int i = 0; i < frames.length; i++) {
            frames[i] = Timeline.frame(points.get(i).timeS(), sampleRate);
            values[i] = points.get(i).value();
        }
        return new Curve(frames, values);
    }

    /** Number of points, at least 1. */
    public int size() {
        return frames.length;
    }

    /** The timeline frame of a point; points that round to one frame are a jump, of which the last counts. */
    public long frame(int point) {
        return frames[point];
    }

    /** The value of a point, in the parameter's unit. */
    public double value(int point) {
        return values[point];
    }

    /** Whether it never moves. */
    public boolean isConstant() {
        for (double value : values) {
            if (value != values[0]) {
                return false;
            }
        }
        return true;
    }

    /** This curve with {@code offset} added to every value. */
    public Curve plus(double offset) {
        double[] moved = values.clone();
        for (int i = 0; i < moved.length; i++) {
            moved[i] += offset;
        }
        return new Curve(frames, moved);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Curve curve
                && Arrays.equals(frames, curve.frames)
                && Arrays.equals(values, curve.values);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(frames) + Arrays.hashCode(values);
    }

    /** Its canonical text: the value when constant, else {@code frame:value} for each point. */
    @Override
    public String toString() {
        if (isConstant()) {
            return Numbers.text(values[0]);
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < frames.length; i++) {
            text.append(i == 0 ? "" : ",").append(frames[i]).append(':').append(Numbers.text(values[i]));
        }
        return text.toString();
    }
}
