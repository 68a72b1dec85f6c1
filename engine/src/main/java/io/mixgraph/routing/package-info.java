/**
 * From what people write to what is rendered: {@link io.mixgraph.routing.GraphCompiler} merges presets, assigns tracks
 * to buses and compiles tracks, buses and the master to one kind of node and one kind of edge, in one total order.
 */
@NullMarked
package io.mixgraph.routing;

import org.jspecify.annotations.NullMarked;
