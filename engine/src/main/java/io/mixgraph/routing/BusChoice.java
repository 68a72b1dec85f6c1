package io.mixgraph.routing;

/**
 * Which bus a track goes to.
 *
 * @param bus the bus's id
 * @param reason why, in words
 */
public record BusChoice(String bus, String reason) {}
