@NullMarked
package io.mixgraph.preset;

import org.jspecify.annotations.NullMarked;
