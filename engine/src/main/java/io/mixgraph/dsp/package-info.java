/**
 * Signal processing: the loops that touch every sample, and the design of their coefficients. Knows samples, not files,
 * graphs or effects.
 */
@NullMarked
package io.mixgraph.dsp;

import org.jspecify.annotations.NullMarked;
