package io.mixgraph.render;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.ChannelLayout;
import io.mixgraph.fx.Effect;
import io.mixgraph.routing.ClipPlacement;
import io.mixgraph.routing.Node;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One node at work, whatever its kind: sums its clips or its edges in order, then runs its effects in place, then
 * computes what its own edges keep. Used by one thread at a time.
 */
final class NodeRun implements Closeable {
    private final Node node;
    private final AudioFormat format;
    private final int capacity;
    private final AudioBlock block;
    private final @Nullable AudioBlock input;
    private final List<ClipRun> clips = new ArrayList<>();
    private final List<EdgeRun> incoming = new ArrayList<>();
    private final List<EdgeRun> leaving = new ArrayList<>();
    private final List<EffectRun> effects = new ArrayList<>();
    private final List<AudioBlock> keys = new ArrayList<>();

    /**
     * @param format the node's rate and channels
     * @param inputTapped whether anything wants its signal before the effects
     * @param capacity the largest block
     */
    NodeRun(Node node, AudioFormat format, boolean inputTapped, int capacity) {
        this.node = node;
        this.format = format;
        this.capacity = capacity;
        this.block = new AudioBlock(format.channels(), capacity);
        this.input = inputTapped ? new AudioBlock(format.channels(), capacity) : null;
        AudioBlock[] scratch = new AudioBlock[format.channels() + 1];
        double[] fade = new double[node.clips().isEmpty() ? 0 : capacity];
        for (ClipPlacement clip : node.clips()) {
            int channels = clip.source().format().channels();
            if (scratch[channels] == null) {
                scratch[channels] = new AudioBlock(channels, capacity);
            }
            clips.add(new ClipRun(clip, format.channels(), scratch[channels], fade));
        }
    }

    /** Adds the next edge to be summed. */
    void sum(EdgeRun edge) {
        incoming.add(edge);
    }

    /** Adds an edge that starts here. */
    void feed(EdgeRun edge) {
        leaving.add(edge);
    }

    /**
     * Adds the next effect.
     *
     * @param key the signal that drives its detector; null for the node's own
     */
    void run(Effect effect, @Nullable AudioBlock key) {
        AudioFormat keyFormat =
                key == null ? format : new AudioFormat(format.sampleRate(), ChannelLayout.ofCount(key.channels()));
        effects.add(new EffectRun(effect, format, keyFormat, capacity));
        keys.add(key == null ? block : key);
    }

    /** The signal after the effects. */
    AudioBlock output() {
        return block;
    }

    /** The signal before the effects; the node was made with {@code inputTapped}, or has no effect. */
    AudioBlock input() {
        return input == null ? block : input;
    }

    /**
     * Renders {@code frames} frames from frame {@code start} of the render on; all that feeds or keys it has been
     * rendered.
     */
    void render(long start, int frames) throws IOException {
        block.clear(frames);
        for (ClipRun clip : clips) {
            clip.addTo(block, start - node.arrivalLatencyFrames(), frames);
        }
        for (EdgeRun edge : incoming) {
            edge.addTo(block, start, frames);
        }
        if (input != null) {
            input.copyFrom(block, frames);
        }
        for (int i = 0; i < effects.size(); i++) {
            effects.get(i).process(block, keys.get(i), frames);
        }
        for (EdgeRun edge : leaving) {
            edge.compute(start, frames);
        }
    }

    @Override
    public void close() throws IOException {
        for (ClipRun clip : clips) {
            clip.close();
        }
    }
}
