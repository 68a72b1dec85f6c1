/** The front door: {@code MixEngine} renders a session. */
@NullMarked
package io.mixgraph;

import org.jspecify.annotations.NullMarked;
