package io.mixgraph.media.store;

import java.time.Duration;

/**
 * How long to wait for a service. Time is allowed by the byte, so that a slow line is not cut and a stalled one is.
 *
 * @param connect until a connection is there
 * @param silence until the next byte, or the answer
 * @param slowestBytesPerSecond slower than this a line counts as stalled
 */
record Patience(Duration connect, Duration silence, long slowestBytesPerSecond) {
    static final Patience USUAL = new Patience(Duration.ofSeconds(10), Duration.ofSeconds(60), 16 << 10);

    /** For that many bytes to go and the answer to come. */
    Duration forBytes(long bytes) {
        return silence.plusSeconds(bytes / slowestBytesPerSecond);
    }
}
