package io.mixgraph.render;

import io.mixgraph.audio.AudioBlock;

/** What an edge brings to the node it goes to, block by block. */
interface Feed {
    /** The latest frames, for a node that listens and for sinks; mono in one channel. */
    AudioBlock signal();

    /** Adds the signal of {@code frames} frames from frame {@code start} of the render on, which has been made. */
    void addTo(AudioBlock to, long start, int frames);
}
