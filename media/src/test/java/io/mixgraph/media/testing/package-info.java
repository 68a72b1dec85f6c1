/** What the tests of several packages share: processes that are killed at a step. */
@NullMarked
package io.mixgraph.media.testing;

import org.jspecify.annotations.NullMarked;
