/**
 * Ready-made data by name: buses with the roles they take, chains of effects, loudness targets. A preset is versioned:
 * a version that has been published never changes, so {@code name@version} means the same for ever, and the bare name
 * means the newest.
 */
@NullMarked
package io.mixgraph.preset;

import org.jspecify.annotations.NullMarked;
