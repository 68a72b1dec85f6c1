/**
 * Compressed audio in, through FFmpeg: {@link io.mixgraph.codecs.Codecs} opens a file,
 * {@link io.mixgraph.codecs.DecodedFile} is what comes of it. Native code is loaded when the first file is opened, and
 * not before.
 */
@NullMarked
package io.mixgraph.codecs;

import org.jspecify.annotations.NullMarked;
