package io.mixgraph.routing;

import io.mixgraph.audio.AudioSource;
import io.mixgraph.model.Downmix;
import io.mixgraph.model.FadeShape;
import org.jspecify.annotations.Nullable;

/**
 * A clip on the timeline in frames of the session's rate.
 *
 * @param source what it plays, already at the session's rate
 * @param sourceRate the rate the source was recorded at
 * @param startFrame where it starts on the timeline, 0 or more
 * @param offsetFrames how much of the source's beginning is left out
 * @param lengthFrames how long it plays, at least 1; never beyond the source's end
 * @param gainDb its gain
 * @param fadeInFrames length of the fade at its start, at most {@code lengthFrames}
 * @param fadeOutFrames length of the fade at its end, at most {@code lengthFrames}
 * @param fadeShape the curve of both fades
 * @param envelope a gain in dB beside {@code gainDb}, over the frames since its start
 * @param downmix how more than two channels become stereo
 */
public record ClipPlacement(
        AudioSource source,
        int sourceRate,
        long startFrame,
        long offsetFrames,
        long lengthFrames,
        double gainDb,
        long fadeInFrames,
        long fadeOutFrames,
        FadeShape fadeShape,
        Curve envelope,
        @Nullable Downmix downmix) {

    /** The timeline frame after its last. */
    public long endFrame() {
        return startFrame + lengthFrames;
    }
}
