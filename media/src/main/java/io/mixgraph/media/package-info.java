/** What was rendered: registered with where it came from, kept, and found again. */
@NullMarked
package io.mixgraph.media;

import org.jspecify.annotations.NullMarked;
