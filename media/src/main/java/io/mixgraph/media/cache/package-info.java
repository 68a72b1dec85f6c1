/**
 * What earlier renders made, kept in plain files so that it is not made again. A cache is never needed: all of it may
 * be deleted at any time, and whatever goes wrong with it costs time and nothing else.
 */
@NullMarked
package io.mixgraph.media.cache;

import org.jspecify.annotations.NullMarked;
