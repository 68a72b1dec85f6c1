package io.mixgraph.render;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.dsp.Biquad;
import io.mixgraph.dsp.BiquadCascade;
import io.mixgraph.dsp.Mixing;
import io.mixgraph.fx.BiquadEffect;
import io.mixgraph.routing.EffectSlot;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The effects of a node at work, in place. Filters that stand next to each other, and are nothing else, run as one
 * cascade.
 *
 * <p>A chain can be followed: parts of its signal go through chains of the same effects, each moved by the curves that
 * were found on the whole, so that the parts add up to the whole behind the effects as they did before them. What
 * effects that are not linear add is one more part. Used by one thread at a time; a follower runs after its leader.
 */
final class InsertChain {
    private final List<Part> parts;
    private final int channels;

    /** What changes the signal in place. */
    interface Stage {
        /**
         * @param signal what is changed
         * @param start the render's frame that its first frame is
         * @param frames how many of its frames are valid
         */
        void process(AudioBlock signal, long start, int frames);
    }

    /** A stage, and how followers are made: from its filters, or from the insert that it is. */
    private record Part(
            Stage stage, List<Biquad> filters, @Nullable InsertRun insert) {}

    private InsertChain(List<Part> parts, int channels) {
        this.parts = parts;
        this.channels = channels;
    }

    /**
     * The effects of a node.
     *
     * @param slots its effects, in order
     * @param lateness by how much its input is late against the timeline
     * @param format the node's rate and channels
     * @param keys for each effect, the signal that drives its detector; null for the node's own
     * @param followed whether it will have followers
     * @param capacity the largest block
     */
    static InsertChain of(
            List<EffectSlot> slots,
            int lateness,
            AudioFormat format,
            List<@Nullable AudioBlock> keys,
            boolean followed,
            int capacity) {
        List<Part> parts = new ArrayList<>();
        long late = lateness;
        int next = 0;
        while (next < slots.size()) {
            List<Biquad> filters = new ArrayList<>();
            int end = next;
            while (end < slots.size()
                    && slots.get(end).isPlain()
                    && slots.get(end).effect() instanceof BiquadEffect filter) {
                filters.addAll(filter.sections(format.sampleRate()));
                end++;
            }
            if (end > next) {
                parts.add(new Part(cascade(filters, format.channels()), filters, null));
                next = end;
            } else {
                EffectSlot slot = slots.get(next);
                InsertRun run = new InsertRun(slot, format, keys.get(next), late, followed, capacity);
                parts.add(new Part(run, List.of(), run));
                late += slot.latencyFrames(format.sampleRate());
                next++;
            }
        }
        return new InsertChain(parts, format.channels());
    }

    private static Stage cascade(List<Biquad> filters, int channels) {
        BiquadCascade cascade = new BiquadCascade(filters, channels);
        return (signal, start, frames) -> cascade.process(signal, frames);
    }

    /** A chain for a part of the signal, moved by this one's curves. */
    InsertChain follower() {
        return new InsertChain(
                parts.stream()
                        .map(part -> new Part(followerOf(part, channels), List.of(), null))
                        .toList(),
                channels);
    }

    /**
     * A follower whose signal is silence to begin with, and to which each effect that is not linear adds what it added
     * to the whole: with it, the parts add up.
     */
    InsertChain residualFollower() {
        List<Part> followers = new ArrayList<>();
        for (Part part : parts) {
            Stage follower = followerOf(part, channels);
            AudioBlock added = part.insert == null ? null : part.insert.added();
            Stage stage = added == null
                    ? follower
                    : (signal, start, frames) -> {
                        follower.process(signal, start, frames);
                        for (int c = 0; c < signal.channels(); c++) {
                            Mixing.add(added.channel(c), 1.0, signal.channel(c), frames);
                        }
                    };
            followers.add(new Part(stage, List.of(), null));
        }
        return new InsertChain(followers, channels);
    }

    private static Stage followerOf(Part part, int channels) {
        return part.insert == null ? cascade(part.filters, channels) : part.insert.follower();
    }

    /**
     * Runs all effects in place.
     *
     * @param signal the node's signal, or a part of it
     * @param start the render's frame that its first frame is
     */
    void process(AudioBlock signal, long start, int frames) {
        for (int i = 0; i < parts.size(); i++) {
            parts.get(i).stage.process(signal, start, frames);
        }
    }
}
