package io.mixgraph.routing;

import io.mixgraph.model.Send;
import io.mixgraph.model.Tap;
import org.jspecify.annotations.Nullable;

/**
 * A way from strip to strip as the console is wired, before pruning and latencies. Strips are numbered in declared
 * order, the master after all of them.
 *
 * @param send what the document says of a send; null for outputs and keys
 * @param pointer where the document writes it
 */
record Route(
        int from,
        Tap tap,
        int to,
        Edge.Port port,
        int effect,
        Edge.Role role,
        @Nullable Send send,
        String pointer) {}
