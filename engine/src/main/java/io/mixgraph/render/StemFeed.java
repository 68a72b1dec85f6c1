package io.mixgraph.render;

import io.mixgraph.audio.AudioBlock;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Takes what one bus hands to the master through the master's effects, as a part of the whole or alone, and hands it
 * on. Used by one thread at a time.
 */
final class StemFeed implements BlockTask {
    private final @Nullable AudioBlock from;
    private final InsertChain inserts;
    private final AudioBlock block;
    private final MasterFeed feed;

    /**
     * @param from what the bus hands on; null for silence, to which only effects add
     * @param inserts the master's effects for it
     * @param block where its signal is made
     * @param feed takes the signal from that block
     */
    StemFeed(@Nullable AudioBlock from, InsertChain inserts, AudioBlock block, MasterFeed feed) {
        this.from = from;
        this.inserts = inserts;
        this.block = block;
        this.feed = feed;
    }

    @Override
    public void run(long start, int frames) throws IOException {
        if (from == null) {
            block.clear(frames);
        } else {
            block.copyFrom(from, frames);
        }
        inserts.process(block, start, frames);
        feed.run(start, frames);
    }
}
