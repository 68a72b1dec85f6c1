/**
 * Runs a compiled graph: blocks of frames through nodes and edges into sinks. Sees files only as
 * {@link io.mixgraph.audio.FrameSource} and {@link io.mixgraph.audio.FrameSink}.
 */
@NullMarked
package io.mixgraph.render;

import org.jspecify.annotations.NullMarked;
