/**
 * Signal processing without an idea of a mix: filters, envelopes, delays, the sample-rate converter, and the inner
 * loops they run on. Every result is a function of the input and the absolute frame, never of how the signal was cut
 * into blocks.
 */
@NullMarked
package io.mixgraph.dsp;

import org.jspecify.annotations.NullMarked;
