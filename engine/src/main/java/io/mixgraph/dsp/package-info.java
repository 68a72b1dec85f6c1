/**
 * Signal processing by itself: coefficients as immutable values that know their own response, and the loops that run
 * over samples. Everything hot is here. Nothing here knows of effects or of documents.
 *
 * <p>No library transcendental runs per sample, and none but {@link StrictMath}'s anywhere: what comes out is the same
 * on every JVM.
 */
@NullMarked
package io.mixgraph.dsp;

import org.jspecify.annotations.NullMarked;
