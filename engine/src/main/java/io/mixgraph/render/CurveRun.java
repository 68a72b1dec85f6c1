package io.mixgraph.render;

import io.mixgraph.audio.Decibels;
import io.mixgraph.dsp.Log2Exp2;
import io.mixgraph.routing.Curve;
import java.util.Arrays;

/**
 * Evaluates a curve for a stretch of the timeline: each value is a function of its absolute frame alone. Used by one
 * thread at a time.
 */
final class CurveRun {
    private final Curve curve;

    CurveRun(Curve curve) {
        this.curve = curve;
    }

    /** Whether every frame from {@code start} on, {@code frames} of them, has one value: {@link #valueAt}. */
    boolean isFlat(long start, int frames) {
        int segment = segmentAt(start);
        double first = value(segment, start);
        while (isFlat(segment) && endOf(segment) < start + frames) {
            segment++;
            if (segment <= curve.size() && value(segment, endOf(segment - 1)) != first) {
                return false;
            }
        }
        return isFlat(segment);
    }

    /** The value at a frame of the timeline. */
    double valueAt(long frame) {
        return value(segmentAt(frame), frame);
    }

    /** Writes the value of each frame from {@code start} on. */
    void values(long start, double[] to, int frames) {
        forSegments(start, frames, (segment, from, until) -> {
            for (int i = from; i < until; i++) {
                to[i] = value(segment, start + i);
            }
        });
    }

    /** Writes the linear gain of each frame from {@code start} on, the values being decibels. */
    void gains(long start, double[] to, int frames) {
        forSegments(start, frames, (segment, from, until) -> {
            if (isFlat(segment)) {
                Arrays.fill(to, from, until, Decibels.toGain(value(segment, start + from)));
            } else {
                for (int i = from; i < until; i++) {
                    to[i] = Log2Exp2.exp2(value(segment, start + i) / Log2Exp2.DB_PER_LOG2);
                }
            }
        });
    }

    private interface SegmentVisitor {
        void visit(int segment, int from, int until);
    }

    private void forSegments(long start, int frames, SegmentVisitor visitor) {
        int done = 0;
        while (done < frames) {
            int segment = segmentAt(start + done);
            int until = (int) Math.min(frames, endOf(segment) - start);
            visitor.visit(segment, done, until);
            done = until;
        }
    }

    /** Segment k runs from point k−1 to point k; 0 is all before the first point, and the last has no end. */
    private int segmentAt(long frame) {
        int segment = 0;
        while (segment < curve.size() && curve.frame(segment) <= frame) {
            segment++;
        }
        return segment;
    }

    private long endOf(int segment) {
        return segment == curve.size() ? Long.MAX_VALUE / 2 : curve.frame(segment);
    }

    private boolean isFlat(int segment) {
        return segment == 0 || segment == curve.size() || curve.value(segment - 1) == curve.value(segment);
    }

    private double value(int segment, long frame) {
        if (segment == 0) {
            return curve.value(0);
        }
        double from = curve.value(segment - 1);
        if (isFlat(segment)) {
            return from;
        }
        long start = curve.frame(segment - 1);
        double way = (double) (frame - start) / (curve.frame(segment) - start);
        return from + (curve.value(segment) - from) * way;
    }
}
