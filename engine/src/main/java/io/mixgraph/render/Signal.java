package io.mixgraph.render;

import io.mixgraph.audio.AudioBlock;

/**
 * A signal that somebody renders block by block, for those who only listen.
 *
 * @param block where its latest frames are; mono or stereo
 * @param lateness by how many frames it is late against the timeline
 * @param frames the length of the timeline
 * @param sampleRate its rate
 */
record Signal(AudioBlock block, long lateness, long frames, int sampleRate) {}
