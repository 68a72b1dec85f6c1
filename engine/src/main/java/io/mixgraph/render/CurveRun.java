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

    /** The latest value that was made a gain, and that gain: mostly it is asked for again. */
    private double latestDb;

    private double latestGain = 1.0;

    CurveRun(Curve curve) {
        this.curve = curve;
    }

    /** Whether every frame from {@code start} on, {@code frames} of them, has one value: {@link #valueAt}. */
    boolean isFlat(long start, int frames) {
        int segment = curve.segmentAt(start);
        double first = curve.valueIn(segment, start);
        while (curve.isFlat(segment) && endOf(segment) < start + frames) {
            segment = curve.segmentAt(endOf(segment));
            if (curve.valueIn(segment, curve.frame(segment - 1)) != first) {
                return false;
            }
        }
        return curve.isFlat(segment);
    }

    /** The value at a frame of the timeline. */
    double valueAt(long frame) {
        return curve.valueAt(frame);
    }

    /** The linear gain at a frame of the timeline, the values being decibels. */
    double gainAt(long frame) {
        double db = valueAt(frame);
        if (db != latestDb) {
            latestDb = db;
            latestGain = Decibels.toGain(db);
        }
        return latestGain;
    }

    /** Writes the value of each frame from {@code start} on. */
    void values(long start, double[] to, int frames) {
        int done = 0;
        while (done < frames) {
            int segment = curve.segmentAt(start + done);
            int until = (int) Math.min(frames, endOf(segment) - start);
            for (int i = done; i < until; i++) {
                to[i] = curve.valueIn(segment, start + i);
            }
            done = until;
        }
    }

    /** Writes the linear gain of each frame from {@code start} on, the values being decibels. */
    void gains(long start, double[] to, int frames) {
        int done = 0;
        while (done < frames) {
            int segment = curve.segmentAt(start + done);
            int until = (int) Math.min(frames, endOf(segment) - start);
            if (curve.isFlat(segment)) {
                Arrays.fill(to, done, until, gainAt(start + done));
            } else {
                for (int i = done; i < until; i++) {
                    to[i] = Log2Exp2.exp2(curve.valueIn(segment, start + i) / Log2Exp2.DB_PER_LOG2);
                }
            }
            done = until;
        }
    }

    private long endOf(int segment) {
        return segment == curve.size() ? Long.MAX_VALUE / 2 : curve.frame(segment);
    }
}
