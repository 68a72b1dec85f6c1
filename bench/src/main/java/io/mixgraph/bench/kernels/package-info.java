/**
 * The loops that a render spends its time in, one class each, in nanoseconds for a frame, or for a sample where the
 * class says so. {@code bench/kernels} runs them.
 *
 * <p>All run over {@link io.mixgraph.bench.kernels.Signal#FRAMES} frames that never repeat, as a signal that does
 * teaches a processor which way branches go. What works in place starts from a copy of each block, which is part of the
 * figure: some 0.2 ns.
 */
@NullMarked
package io.mixgraph.bench.kernels;

import org.jspecify.annotations.NullMarked;
