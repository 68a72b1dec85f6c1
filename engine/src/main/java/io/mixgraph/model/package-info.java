/**
 * What people write: a session of tracks, buses and a master, as immutable records, and the problems found in it.
 * Records hold what was written, right or wrong; {@link io.mixgraph.model.SessionValidator} finds what is wrong with
 * it.
 */
@NullMarked
package io.mixgraph.model;

import org.jspecify.annotations.NullMarked;
