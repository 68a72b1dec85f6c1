package io.mixgraph.routing;

import io.mixgraph.model.Tap;

/**
 * A way from strip to strip as the console is wired, before pruning and latencies. Strips are numbered in declared
 * order, the master after all of them.
 *
 * @param gainDb the send's level; 0 for outputs and keys
 * @param pan the send's pan; 0 for outputs, whose pan is the strip's, and keys
 * @param pointer where the document writes it
 */
record Route(
        int from,
        Tap tap,
        int to,
        Edge.Port port,
        int effect,
        Edge.Role role,
        double gainDb,
        double pan,
        String pointer) {}
