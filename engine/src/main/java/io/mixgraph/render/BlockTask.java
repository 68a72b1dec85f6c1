package io.mixgraph.render;

import java.io.IOException;

/**
 * Something to be done once for every block of a render, after everything it waits for has been done for the same
 * block. It waits for all whose work it reads.
 */
interface BlockTask {
    /**
     * Does it for {@code frames} frames from frame {@code start} of the render on; 0 frames in the round after the last
     * block.
     */
    void run(long start, int frames) throws IOException;
}
