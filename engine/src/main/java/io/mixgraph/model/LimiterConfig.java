package io.mixgraph.model;

import io.mixgraph.fx.Parameter;
import org.jspecify.annotations.Nullable;

/** The master's limiter as written; {@code limiter: false} is {@link #OFF}. */
public record LimiterConfig(
        @Parameter(doc = "Whether there is one; false is written `limiter: false`.", absent = "true")
        boolean enabled,

        @Parameter(doc = "The ceiling in dBTP; the loudness target's, else -1, when absent.", min = -60, max = 0)
        @Nullable
        Double truePeakDb) {
    public static final LimiterConfig OFF = new LimiterConfig(false, null);

    /** A limiter with this ceiling in dBTP. */
    public static LimiterConfig at(double truePeakDb) {
        return new LimiterConfig(true, truePeakDb);
    }
}
