/**
 * The words every other package uses: formats, blocks of samples, sources and sinks of frames, decibels, and numbers as
 * text. Imports nothing of Mixgraph.
 */
@NullMarked
package io.mixgraph.audio;

import org.jspecify.annotations.NullMarked;
