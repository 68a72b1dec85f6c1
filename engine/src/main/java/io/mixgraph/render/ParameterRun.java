package io.mixgraph.render;

import io.mixgraph.fx.Effect;
import io.mixgraph.routing.Curve;
import io.mixgraph.routing.EffectSlot;

/**
 * Cuts the timeline into stretches for the parameters of an effect that move: at every point of their curves, and while
 * one of them slopes at every {@value #STEP_FRAMES} frames. Where it is cut depends on absolute frames alone.
 */
final class ParameterRun {
    /** How many frames a sloping parameter is taken for one: a third of a millisecond at 48 kHz. */
    static final int STEP_FRAMES = 16;

    private final EffectSlot slot;

    ParameterRun(EffectSlot slot) {
        this.slot = slot;
    }

    /** The frame after the stretch that {@code frame} is in. */
    long end(long frame) {
        long end = Long.MAX_VALUE;
        for (Curve curve : slot.curves().values()) {
            int segment = curve.segmentAt(frame);
            if (segment < curve.size()) {
                end = Math.min(end, curve.frame(segment));
            }
            if (!curve.isFlat(segment)) {
                end = Math.min(end, (Math.floorDiv(frame, STEP_FRAMES) + 1) * STEP_FRAMES);
            }
        }
        return end;
    }

    /** The frame at which the stretch that {@code frame} is in starts; the lowest there is when nothing is before. */
    long start(long frame) {
        long start = Long.MIN_VALUE;
        for (Curve curve : slot.curves().values()) {
            int segment = curve.segmentAt(frame);
            if (segment > 0) {
                start = Math.max(start, curve.frame(segment - 1));
            }
            if (!curve.isFlat(segment)) {
                start = Math.max(start, Math.floorDiv(frame, STEP_FRAMES) * STEP_FRAMES);
            }
        }
        return start;
    }

    /** Whether a parameter slopes at {@code frame}. */
    boolean slopes(long frame) {
        for (Curve curve : slot.curves().values()) {
            if (!curve.isFlat(curve.segmentAt(frame))) {
                return true;
            }
        }
        return false;
    }

    /** The effect at the first frame of a stretch. */
    Effect at(long frame) {
        return slot.effectAt(frame);
    }

    /** The effect when a stretch is over, before anything jumps. */
    Effect towards(long frame, long end) {
        return slot.effectTowards(frame, end);
    }
}
