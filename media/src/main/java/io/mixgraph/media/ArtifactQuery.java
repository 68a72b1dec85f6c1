package io.mixgraph.media;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which artifacts are wanted: those that meet every condition that is not null, the last registered first, whatever the
 * clocks said.
 *
 * @param kind what they are
 * @param session the name of the mix, exactly
 * @param name the bus of a stem, or the id of a deliverable, exactly
 * @param hash the SHA-256 of their bytes, their graph hash or their node digest, whole or the first 8 or more digits
 * @param from the first moment of registering that counts
 * @param until the first moment after it that no longer counts
 * @param limit how many at most, 1 or more
 * @param offset how many of the first to leave out
 */
public record ArtifactQuery(
        @Nullable ArtifactKind kind,
        @Nullable String session,
        @Nullable String name,
        @Nullable String hash,
        @Nullable Instant from,
        @Nullable Instant until,
        int limit,
        int offset) {
    public ArtifactQuery {
        if (limit < 1 || offset < 0) {
            throw new IllegalArgumentException("limit " + limit + ", offset " + offset);
        }
    }

    /** The newest artifacts of any kind. */
    public static ArtifactQuery newest(int limit) {
        return new ArtifactQuery(null, null, null, null, null, null, limit, 0);
    }
}
