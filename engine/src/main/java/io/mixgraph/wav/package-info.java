/**
 * WAV files: RIFF, RF64 and BW64 in, RIFF and RF64 out with what they say of themselves, and the temporary spool.
 * Everything that can go wrong with a file is an {@link java.io.IOException} whose message names the file and the place
 * in it.
 */
@NullMarked
package io.mixgraph.wav;

import org.jspecify.annotations.NullMarked;
