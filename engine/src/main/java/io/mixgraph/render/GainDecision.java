package io.mixgraph.render;

/**
 * The loudness gain of a master.
 *
 * @param gainDb applied between the master's fader and its limiter
 * @param binding what bound it; reports write it in lower case
 */
public record GainDecision(double gainDb, Binding binding) {}
