package io.mixgraph.render;

import io.mixgraph.audio.AudioBlock;
import org.jspecify.annotations.Nullable;

/**
 * Takes what one bus hands to the master through the master's effects, as a part of the whole or alone. Used by one
 * thread at a time.
 */
final class StemFeed implements BlockTask {
    private final @Nullable AudioBlock from;
    private final InsertChain inserts;
    private final AudioBlock block;

    /**
     * @param from what the bus hands on; null for silence, to which only effects add
     * @param inserts the master's effects for it
     * @param block where its signal is made
     */
    StemFeed(@Nullable AudioBlock from, InsertChain inserts, AudioBlock block) {
        this.from = from;
        this.inserts = inserts;
        this.block = block;
    }

    @Override
    public void run(long start, int frames) {
        if (from == null) {
            block.clear(frames);
        } else {
            block.copyFrom(from, frames);
        }
        inserts.process(block, start, frames);
    }
}
