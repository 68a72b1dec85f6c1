/**
 * Whole jobs as whole processes: {@link io.mixgraph.bench.peers.Program} is Mixgraph, or another program that does the
 * same job; what they took is {@link io.mixgraph.bench.peers.Results}, which {@code docs/performance.md} is made of.
 */
@NullMarked
package io.mixgraph.bench.peers;

import org.jspecify.annotations.NullMarked;
