package io.mixgraph.render;

/**
 * The loudness gain and what bound it.
 *
 * @param gainDb the static gain before the limiter
 * @param binding what bound the result
 */
record GainDecision(double gainDb, Binding binding) {}
