/**
 * Effects. One file is one effect: an immutable record of its parameters that knows its nature, its latency and its
 * tail and makes its processors; one line in {@link io.mixgraph.fx.EffectCatalogue} gives it documents, validation,
 * help and the law tests.
 */
@NullMarked
package io.mixgraph.fx;

import org.jspecify.annotations.NullMarked;
