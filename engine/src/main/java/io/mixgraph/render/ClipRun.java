package io.mixgraph.render;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioSource;
import io.mixgraph.audio.Decibels;
import io.mixgraph.audio.FrameSource;
import io.mixgraph.dsp.Mixing;
import io.mixgraph.dsp.QuarterSine;
import io.mixgraph.model.FadeShape;
import io.mixgraph.routing.ClipPlacement;
import io.mixgraph.routing.Curve;
import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Plays one clip into its track's buffer. The source is opened when the clip begins and closed when it ends. Used by
 * one thread at a time.
 */
final class ClipRun implements Closeable {
    private final ClipPlacement clip;
    private final AudioSource source;
    private final double clipGain;
    private final AudioBlock scratch;
    private final double[] fade;
    private final CurveRun envelope;
    private final boolean enveloped;
    private final double[] envelopeGains;
    private @Nullable FrameSource stream;

    /**
     * @param source what the clip plays
     * @param trackChannels the track's channels; a mono clip in a stereo track goes to both sides at −3 dB, as loud as
     *     on a mono track
     * @param scratch a block of the source's channels, shared by the clips of a track
     * @param fade an array as long as the block, shared likewise
     */
    ClipRun(ClipPlacement clip, AudioSource source, int trackChannels, AudioBlock scratch, double[] fade) {
        this.clip = clip;
        this.source = source;
        boolean spread = source.format().channels() < trackChannels;
        double gain = Decibels.toGain(clip.gainDb());
        this.clipGain = spread ? gain * QuarterSine.at(0.5) : gain;
        this.scratch = scratch;
        this.fade = fade;
        this.envelope = new CurveRun(clip.envelope());
        this.enveloped = !clip.envelope().equals(Curve.constant(0));
        this.envelopeGains = new double[enveloped ? fade.length : 0];
    }

    /** Whether it plays any of so many frames from timeline frame {@code start} on. */
    boolean plays(long start, int frames) {
        return start < clip.endFrame() && start + frames > clip.startFrame();
    }

    /** Whether it plays all of them, in as many channels as the track has. */
    boolean fills(AudioBlock track, long start, int frames) {
        return start >= clip.startFrame()
                && start + frames <= clip.endFrame()
                && scratch.channels() == track.channels();
    }

    /**
     * Writes what the clip plays from timeline frame {@code start} on over what is in the track's buffer, as if adding
     * it to silence, but that a zero may stay negative, of which no sum knows; it {@link #fills} these frames.
     */
    void fill(AudioBlock track, long start, int frames) throws IOException {
        long at = start - clip.startFrame();
        read(track, at, frames);
        boolean faded = fades(at, frames);
        for (int c = 0; c < track.channels(); c++) {
            double[] x = track.channel(c);
            if (faded) {
                Mixing.scale(x, fade, x, frames);
            } else if (clipGain != 1) {
                Mixing.scale(x, clipGain, x, frames);
            }
        }
        endAt(start + frames);
    }

    /**
     * Adds what the clip plays from timeline frame {@code start} on.
     *
     * @param to the track's buffer, whose first {@code frames} frames are those of the timeline from {@code start}
     */
    void addTo(AudioBlock to, long start, int frames) throws IOException {
        long first = Math.max(start, clip.startFrame());
        long end = Math.min(start + frames, clip.endFrame());
        int count = (int) (end - first);
        int offset = (int) (first - start);
        read(scratch, first - clip.startFrame(), count);
        boolean faded = fades(first - clip.startFrame(), count);
        for (int c = 0; c < to.channels(); c++) {
            double[] from = scratch.channel(Math.min(c, scratch.channels() - 1));
            double[] into = to.channel(c);
            if (faded) {
                for (int i = 0; i < count; i++) {
                    into[offset + i] += fade[i] * from[i];
                }
            } else if (offset == 0) {
                Mixing.add(from, clipGain, into, count);
            } else {
                for (int i = 0; i < count; i++) {
                    into[offset + i] += clipGain * from[i];
                }
            }
        }
        endAt(end);
    }

    private void endAt(long end) throws IOException {
        if (end == clip.endFrame()) {
            close();
        }
    }

    private void read(AudioBlock into, long at, int count) throws IOException {
        if (stream == null) {
            stream = source.open(clip.offsetFrames() + at);
        }
        int read = stream.read(into, count);
        if (read < count) {
            for (int c = 0; c < into.channels(); c++) {
                Arrays.fill(into.channel(c), read, count, 0.0);
            }
        }
    }

    /** Writes the gain of each frame of a stretch where it moves; gives false where it does not. */
    private boolean fades(long at, int count) {
        long fadeOutStart = clip.lengthFrames() - clip.fadeOutFrames();
        if (at >= clip.fadeInFrames() && at + count <= fadeOutStart && !enveloped) {
            return false;
        }
        if (enveloped) {
            envelope.gains(at, envelopeGains, count);
        }
        for (int i = 0; i < count; i++) {
            long frame = at + i;
            double gain = enveloped ? clipGain * envelopeGains[i] : clipGain;
            if (frame < clip.fadeInFrames()) {
                gain *= shape((double) frame / clip.fadeInFrames());
            }
            if (frame >= fadeOutStart) {
                gain *= shape((double) (clip.lengthFrames() - frame) / clip.fadeOutFrames());
            }
            fade[i] = gain;
        }
        return true;
    }

    private double shape(double t) {
        return clip.fadeShape() == FadeShape.LINEAR ? t : QuarterSine.at(t);
    }

    @Override
    public void close() throws IOException {
        if (stream != null) {
            stream.close();
            stream = null;
        }
    }
}
