/** An effect that is not the engine's. */
@NullMarked
package org.example.onepole;

import org.jspecify.annotations.NullMarked;
