package io.mixgraph.wav;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * The loudness that a file says of itself in its {@code bext} chunk (EBU Tech 3285, version 2). A value that is not
 * finite, or outside what the chunk may hold (±99.99, the range from 0 up), is written as not defined.
 *
 * @param integratedLufs programme loudness
 * @param rangeLu loudness range
 * @param truePeakDbtp highest true peak
 * @param maxMomentaryLufs loudest 400 ms
 * @param maxShortTermLufs loudest 3 s
 */
public record BroadcastLoudness(
        double integratedLufs, double rangeLu, double truePeakDbtp, double maxMomentaryLufs, double maxShortTermLufs) {
    /** Says that a value is not defined. */
    static final short UNDEFINED = 0x7FFF;

    private static final int MAX_HUNDREDTHS = 9999;

    /** The five fields in the order of the chunk, as it stores them. */
    short[] fields() {
        return new short[] {
            hundredths(integratedLufs, -MAX_HUNDREDTHS),
            hundredths(rangeLu, 0),
            hundredths(truePeakDbtp, -MAX_HUNDREDTHS),
            hundredths(maxMomentaryLufs, -MAX_HUNDREDTHS),
            hundredths(maxShortTermLufs, -MAX_HUNDREDTHS)
        };
    }

    /** round(100 · value), half away from zero. */
    private static short hundredths(double value, int lowest) {
        if (!(Math.abs(value) < 100)) {
            return UNDEFINED;
        }
        int rounded = new BigDecimal(value)
                .movePointRight(2)
                .setScale(0, RoundingMode.HALF_UP)
                .intValueExact();
        return rounded < lowest || rounded > MAX_HUNDREDTHS ? UNDEFINED : (short) rounded;
    }
}
