/**
 * Loudness by ITU-R BS.1770-5, EBU R 128 and EBU Tech 3341 and 3342: K-weighting for any rate, a meter that keeps two
 * numbers per 100 ms, and gating as pure functions of them.
 */
@NullMarked
package io.mixgraph.loudness;

import org.jspecify.annotations.NullMarked;
