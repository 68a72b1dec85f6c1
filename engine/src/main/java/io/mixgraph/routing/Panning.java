package io.mixgraph.routing;

import io.mixgraph.audio.Numbers;
import io.mixgraph.model.PanMode;

/**
 * Where a signal goes between left and right.
 *
 * @param mode one pan for a stereo signal, or two
 * @param lawDb the level of each side of a mono signal in the centre: −6, −4.5, −3 or 0
 * @param pan of the whole signal; for {@link PanMode#DUAL} of its left channel
 * @param panRight for {@link PanMode#DUAL} of its right channel
 * @param width of a stereo signal before that: 0 mono, 1 as it is, 2 twice the side
 */
public record Panning(PanMode mode, double lawDb, Curve pan, Curve panRight, Curve width) {
    /** The law of constant power. */
    public static final double CONSTANT_POWER_DB = -3;

    /** One pan, by constant power or balance, at full width. */
    public static Panning of(Curve pan, double lawDb) {
        return new Panning(PanMode.BALANCE, lawDb, pan, Curve.constant(1), Curve.constant(1));
    }

    /** Whether a stereo signal keeps its sides apart: a gain for each is all there is to it. */
    public boolean keepsSides() {
        return mode == PanMode.BALANCE && width.isConstant() && width.value(0) == 1;
    }

    /** Whether none of it moves. */
    public boolean isConstant() {
        return pan.isConstant() && panRight.isConstant() && width.isConstant();
    }

    /** Its canonical text: the pan, and what is not as usual. */
    @Override
    public String toString() {
        return pan
                + (mode == PanMode.DUAL ? " pan_right=" + panRight : "")
                + (width.isConstant() && width.value(0) == 1 ? "" : " width=" + width)
                + (lawDb == CONSTANT_POWER_DB ? "" : " pan_law_db=" + Numbers.text(lawDb));
    }
}
