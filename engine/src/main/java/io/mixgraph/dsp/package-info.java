/**
 * Signal processing: filters, delays, converters and the loops that run once per sample. Everything here allocates
 * nothing while it runs and computes with + − × ÷ and square roots alone; {@link java.lang.StrictMath} is for designing
 * coefficients.
 */
@NullMarked
package io.mixgraph.dsp;

import org.jspecify.annotations.NullMarked;
