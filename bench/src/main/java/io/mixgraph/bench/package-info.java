/**
 * Whole jobs: {@link io.mixgraph.bench.Job} says what is mixed, {@link io.mixgraph.bench.JobFiles} writes it. Nothing
 * depends on this module.
 */
@NullMarked
package io.mixgraph.bench;

import org.jspecify.annotations.NullMarked;
