package io.mixgraph.routing;

import io.mixgraph.audio.ChannelLayout;
import io.mixgraph.model.InputMode;
import java.util.List;

/**
 * A track, a bus or the master: sums its incoming MAIN edges in order (a track: its clips), then runs its effects.
 *
 * @param kind which of the three
 * @param id the id that people gave it; {@code master} for the master
 * @param name what to call it
 * @param layout mono or stereo
 * @param input what it makes of its two channels before its effects
 * @param phaseInvert whether the polarity is turned over there
 * @param trimDelayFrames by how much all that leaves it is moved later against the others; their edges do it
 * @param clips what a track plays; empty for others
 * @param effects run in order
 * @param arrivalLatencyFrames by how much its input is late against the timeline, all edges aligned
 * @param outputLatencyFrames the same after its effects
 * @param endFrames its natural end, the timeline frame by which everything in it has decayed: the end of the last clip
 *     that it hears, directly or through others, and on the way from there the declared tails and the trim delays, its
 *     own tails included and its own trim delay not. From there on a bus hands on silence, however long the mix is
 */
public record Node(
        Kind kind,
        String id,
        String name,
        ChannelLayout layout,
        InputMode input,
        boolean phaseInvert,
        int trimDelayFrames,
        List<ClipPlacement> clips,
        List<EffectSlot> effects,
        int arrivalLatencyFrames,
        int outputLatencyFrames,
        long endFrames) {

    /** What a node is to the people who wrote it; all kinds are rendered alike. */
    public enum Kind {
        TRACK,
        BUS,
        MASTER
    }

    public Node {
        clips = List.copyOf(clips);
        effects = List.copyOf(effects);
    }
}
