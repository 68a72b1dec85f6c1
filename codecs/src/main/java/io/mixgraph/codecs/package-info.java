/**
 * Compressed audio in and out, through FFmpeg. {@link io.mixgraph.codecs.Codecs} opens a file, and
 * {@link io.mixgraph.codecs.DecodedFile} is what comes of it; it also gives the {@link io.mixgraph.FileEncoder} that
 * makes files. Native code is loaded when the first file is opened, and not before.
 *
 * <p>A file is made in three steps: each {@link io.mixgraph.codecs.Encoder} turns a stream of samples into packets, a
 * {@link io.mixgraph.codecs.PacketSpool} keeps them until the loudness is known, and a {@link io.mixgraph.codecs.Muxer}
 * puts them behind a header that says so. Tags are written here, container by container, and not by FFmpeg, but for
 * Opus.
 */
@NullMarked
package io.mixgraph.codecs;

import org.jspecify.annotations.NullMarked;
