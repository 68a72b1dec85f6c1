package io.mixgraph.render;

import java.io.IOException;

/**
 * Listens to a signal one block late: at the end of a block it takes what was rendered, and works on that while the
 * next block is rendered. So nothing waits for it, and it waits for nothing. In the round after the last block, which
 * has no frames, it works on the last it took. Used by one thread at a time.
 */
interface Sink {
    /** Copies what it needs of {@code frames} frames from frame {@code start} of the render on; 0 for none. */
    void take(long start, int frames);

    /** Works on what it last took. */
    void run() throws IOException;
}
