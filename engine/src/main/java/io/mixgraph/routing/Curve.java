package io.mixgraph.routing;

import io.mixgraph.audio.Numbers;
import io.mixgraph.model.Automation;
import io.mixgraph.model.CurveShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.function.DoubleBinaryOperator;

/**
 * A parameter over the timeline: straight lines between points, held before the first and after the last. Two points at
 * one frame are a jump, from the value of the first to that of the second. A constant is a curve of one point.
 * Immutable.
 */
public final class Curve {
    /** How long a mute takes to open or close: long enough not to click. */
    static final double MUTE_RAMP_S = 0.005;

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
     * The curve of a parameter.
     *
     * @param points what automates it, in rising order of time; when empty it is constant
     * @param fixed its value when nothing automates it
     */
    public static Curve of(List<Automation.Point> points, double fixed, int sampleRate) {
        if (points.isEmpty()) {
            return constant(fixed);
        }
        Builder curve = new Builder();
        for (int i = 0; i < points.size(); i++) {
            Automation.Point point = points.get(i);
            long frame = Timeline.frame(point.timeS(), sampleRate);
            if (i > 0 && points.get(i - 1).shape() == CurveShape.HOLD) {
                curve.add(frame, points.get(i - 1).value());
            }
            curve.add(frame, point.value());
        }
        return curve.build();
    }

    /**
     * The gain of a mute that is turned on and off: 1 open, 0 closed, and a straight line of 5 ms from each switch on.
     *
     * @param switches in rising order of time; the first holds before itself
     * @param muted the state when there is none
     */
    public static Curve mute(List<Automation.Switch> switches, boolean muted, int sampleRate) {
        if (switches.isEmpty()) {
            return constant(muted ? 0 : 1);
        }
        long ramp = Timeline.frame(MUTE_RAMP_S, sampleRate);
        Builder curve = new Builder();
        double gain = switches.get(0).on() ? 0 : 1;
        long end = 0;
        double target = gain;
        curve.add(Timeline.frame(switches.get(0).timeS(), sampleRate), gain);
        for (Automation.Switch change : switches.subList(1, switches.size())) {
            long frame = Timeline.frame(change.timeS(), sampleRate);
            double wanted = change.on() ? 0 : 1;
            if (wanted == target) {
                continue;
            }
            double now = target;
            if (frame < end) {
                // The ramp before is still on its way: it turns where it is.
                now = target + (gain - target) * (end - frame) / ramp;
                curve.removeLast();
            }
            curve.add(frame, now);
            gain = now;
            target = wanted;
            end = frame + ramp;
            curve.add(end, target);
        }
        return curve.build();
    }

    private static final class Builder {
        private final List<Long> frames = new ArrayList<>();
        private final List<Double> values = new ArrayList<>();

        void add(long frame, double value) {
            int last = frames.size() - 1;
            boolean repeats = last >= 0 && frames.get(last) == frame && values.get(last) == value;
            if (!repeats) {
                frames.add(frame);
                values.add(value);
            }
        }

        void removeLast() {
            frames.remove(frames.size() - 1);
            values.remove(values.size() - 1);
        }

        Curve build() {
            return new Curve(
                    frames.stream().mapToLong(Long::longValue).toArray(),
                    values.stream().mapToDouble(Double::doubleValue).toArray());
        }
    }

    /** Number of points, at least 1. */
    public int size() {
        return frames.length;
    }

    /** The timeline frame of a point; of several at one frame the last counts from there on. */
    public long frame(int point) {
        return frames[point];
    }

    /** The value of a point, in the parameter's unit. */
    public double value(int point) {
        return values[point];
    }

    /** The stretch that a frame is in: k runs from point k − 1 to point k; 0 is all before the first point. */
    public int segmentAt(long frame) {
        int low = 0;
        int high = frames.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (frames[middle] <= frame) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The value at a frame of the timeline. */
    public double valueAt(long frame) {
        return valueIn(segmentAt(frame), frame);
    }

    /** The value at a frame of a stretch, as {@link #segmentAt} numbers them. */
    public double valueIn(int segment, long frame) {
        if (segment == 0) {
            return values[0];
        }
        double from = values[segment - 1];
        if (isFlat(segment)) {
            return from;
        }
        long start = frames[segment - 1];
        double way = (double) (frame - start) / (frames[segment] - start);
        return from + (values[segment] - from) * way;
    }

    /** Whether a stretch has one value. */
    public boolean isFlat(int segment) {
        return segment == 0 || segment == frames.length || values[segment - 1] == values[segment];
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

    /** The sum of this curve and another; straight lines add up to straight lines. */
    public Curve plus(Curve other) {
        if (other.isConstant()) {
            return other.values[0] == 0 ? this : plus(other.values[0]);
        }
        if (isConstant()) {
            return other.plus(values[0]);
        }
        return combined(other, (a, b) -> a + b);
    }

    /**
     * The product of two gains of which at most one moves at a time; where both do, it goes in straight lines between
     * their points.
     */
    public Curve times(Curve other) {
        if (other.equals(constant(1))) {
            return this;
        }
        return equals(constant(1)) ? other : combined(other, (a, b) -> a * b);
    }

    private Curve combined(Curve other, DoubleBinaryOperator operator) {
        TreeSet<Long> at = new TreeSet<>();
        for (long frame : frames) {
            at.add(frame);
        }
        for (long frame : other.frames) {
            at.add(frame);
        }
        Builder both = new Builder();
        for (long frame : at) {
            both.add(frame, operator.applyAsDouble(leftLimit(frame), other.leftLimit(frame)));
            both.add(frame, operator.applyAsDouble(valueAt(frame), other.valueAt(frame)));
        }
        return both.build();
    }

    /** The value that the curve comes from at a frame: where it jumps, not the one it has there. */
    private double leftLimit(long frame) {
        int point = Arrays.binarySearch(frames, frame);
        if (point < 0) {
            return valueAt(frame);
        }
        while (point > 0 && frames[point - 1] == frame) {
            point--;
        }
        return values[point];
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
