package io.mixgraph.routing;

import io.mixgraph.model.Tap;

/**
 * The way of a signal from a tap of one node into a port of another: gain and pan, then delay. What a bus hands on over
 * a MAIN edge is rounded to 32-bit float.
 *
 * @param from index of the node it comes from
 * @param tap where in that node it is taken; {@link Tap#POST_FADER} curves include the fader
 * @param to index of the node it goes to
 * @param port what it is there
 * @param effect for {@link Port#KEY}, the index of the effect it drives; else 0
 * @param role whether it is the strip's own output, a send, or a key
 * @param gainDb level over the timeline
 * @param gate the linear gain of a mute that is turned on and off, 0 to 1
 * @param panning left to right over the timeline; ignored by keys
 * @param silent whether mute or solo zeroes it throughout
 * @param delayFrames compensating delay, 0 or more
 */
public record Edge(
        int from,
        Tap tap,
        int to,
        Port port,
        int effect,
        Role role,
        Curve gainDb,
        Curve gate,
        Panning panning,
        boolean silent,
        int delayFrames) {

    /** What the signal is at the node it goes to. */
    public enum Port {
        /** It is summed. */
        MAIN,
        /** It drives an effect's detector, unpanned, in its own layout. */
        KEY
    }

    /** What people call it. */
    public enum Role {
        OUTPUT,
        SEND,
        KEY
    }
}
