package io.mixgraph.render;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.AudioSource;
import io.mixgraph.audio.Findings;
import io.mixgraph.dsp.Mixing;
import io.mixgraph.routing.ClipPlacement;
import io.mixgraph.routing.EffectSlot;
import io.mixgraph.routing.Node;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One node at work, whatever its kind: sums its clips or its edges in order, then runs its effects in place, then
 * computes what its own edges keep. Used by one thread at a time. What is done for every block goes by index: an
 * iterator would be garbage.
 */
final class NodeRun implements Closeable {
    private final Node node;
    private final AudioFormat format;
    private final int capacity;
    private final AudioBlock block;
    private final @Nullable AudioBlock input;
    private final List<ClipRun> clips = new ArrayList<>();
    private final List<EffectSlot> effects;
    private final List<HeardSource> heard = new ArrayList<>();
    private final List<Feed> incoming = new ArrayList<>();
    private final List<EdgeRun> leaving = new ArrayList<>();
    private List<@Nullable AudioBlock> keys = List.of();
    private @Nullable InsertChain inserts;
    private boolean silent;

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
            clips.add(new ClipRun(clip, listen(clip.source()), format.channels(), scratch[channels], fade));
        }
        this.effects = node.effects().stream()
                .map(slot -> slot.withRecordings(this::listen))
                .toList();
    }

    private AudioSource listen(AudioSource source) {
        HeardSource listened = new HeardSource(source);
        heard.add(listened);
        return listened;
    }

    /** Adds the next edge to be summed. */
    void sum(Feed edge) {
        incoming.add(edge);
    }

    /** Adds an edge that starts here. */
    void feed(EdgeRun edge) {
        leaving.add(edge);
    }

    /**
     * Sets the effects.
     *
     * @param keys for each effect, the signal that drives its detector; null for the node's own
     * @param followed whether parts of the signal will follow
     */
    void insert(List<@Nullable AudioBlock> keys, boolean followed) {
        this.keys = keys;
        this.inserts = chain(followed);
    }

    /** The same effects once more, for another signal, with detectors and keys as the node's own have them. */
    InsertChain newInserts() {
        return chain(false);
    }

    private InsertChain chain(boolean followed) {
        return InsertChain.of(effects, node.arrivalLatencyFrames(), format, keys, followed, capacity);
    }

    /** The effects, after {@link #insert}. */
    InsertChain inserts() {
        return Objects.requireNonNull(inserts, "no effects were set");
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
        boolean played = play(start - node.arrivalLatencyFrames(), frames);
        silent = !played && incoming.isEmpty() && effects.isEmpty();
        for (int i = 0; i < incoming.size(); i++) {
            incoming.get(i).addTo(block, start, frames);
        }
        shapeInput(frames);
        if (input != null) {
            input.copyFrom(block, frames);
        }
        inserts().process(block, start, frames);
        for (int i = 0; i < leaving.size(); i++) {
            leaving.get(i).compute(start, frames);
        }
    }

    /** Sets the block to what the clips play; gives whether any does. */
    private boolean play(long at, int frames) throws IOException {
        boolean played = false;
        for (int i = 0; i < clips.size(); i++) {
            ClipRun clip = clips.get(i);
            if (clip.plays(at, frames)) {
                if (!played && clip.fills(block, at, frames)) {
                    clip.fill(block, at, frames);
                } else {
                    if (!played) {
                        block.clear(frames);
                    }
                    clip.addTo(block, at, frames);
                }
                played = true;
            }
        }
        if (!played) {
            block.clear(frames);
        }
        return played;
    }

    /** Whether it is known that there is nothing but silence in its latest frames, whatever the tap. */
    boolean isSilent() {
        return silent;
    }

    /** What its own recordings showed, by {@link HeardSource#key}; whole after the last block. */
    Map<String, Findings> found() {
        Map<String, Findings> found = new TreeMap<>();
        heard.forEach(source -> source.addTo(found));
        return found;
    }

    private void shapeInput(int frames) {
        if (block.channels() == 2) {
            double[] l = block.channel(0);
            double[] r = block.channel(1);
            switch (node.input()) {
                case STEREO -> {
                    // As it is.
                }
                case MONO_SUM -> {
                    Mixing.fold(l, r, 0, frames);
                    System.arraycopy(l, 0, r, 0, frames);
                }
                case MID_SIDE -> Mixing.leftRight(l, r, l, r, frames);
                case LEFT -> System.arraycopy(l, 0, r, 0, frames);
                case RIGHT -> System.arraycopy(r, 0, l, 0, frames);
                case SWAPPED -> Mixing.swap(l, r, frames);
            }
        }
        if (node.phaseInvert()) {
            for (int c = 0; c < block.channels(); c++) {
                Mixing.invert(block.channel(c), frames);
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (ClipRun clip : clips) {
            clip.close();
        }
    }
}
