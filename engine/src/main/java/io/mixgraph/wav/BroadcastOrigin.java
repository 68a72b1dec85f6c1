package io.mixgraph.wav;

/**
 * What a file says of itself in its {@code bext} chunk (EBU Tech 3285). Dates stay empty: files hold no clock.
 *
 * @param description what it is, ASCII, cut after 256 characters
 * @param timeReferenceFrames where its first frame lies on the timeline, in frames since midnight, 0 or more
 */
public record BroadcastOrigin(String description, long timeReferenceFrames) {
    public BroadcastOrigin {
        if (timeReferenceFrames < 0) {
            throw new IllegalArgumentException("a time reference of " + timeReferenceFrames + " frames is below 0");
        }
    }
}
