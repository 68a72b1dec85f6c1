package io.mixgraph.routing;

import io.mixgraph.audio.Numbers;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Seconds to frames: exact decimal arithmetic on the number as written, half up. */
public final class Timeline {
    private Timeline() {}

    /** The frame nearest to {@code seconds}. */
    public static long frame(double seconds, int sampleRate) {
        return round(Numbers.exact(seconds), sampleRate);
    }

    /** The frame nearest to the exact sum of two times, which is not the sum of their nearest frames. */
    public static long frameOfSum(double seconds, double moreSeconds, int sampleRate) {
        return round(Numbers.exact(seconds).add(Numbers.exact(moreSeconds)), sampleRate);
    }

    private static long round(BigDecimal seconds, int sampleRate) {
        return seconds.multiply(BigDecimal.valueOf(sampleRate))
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact();
    }
}
