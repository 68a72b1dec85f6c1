package io.mixgraph.render;

import io.mixgraph.model.StemTap;

/**
 * A stem that a render computes, whether it is written or only summed.
 *
 * @param file its file, or how it is rounded when it has none
 * @param edge the index of the graph's edge that it is taken from; {@link #RESIDUAL} for what the master's effects add
 * @param tap where it is taken
 * @param written whether it has a file
 */
public record PlannedStem(PlannedFile file, int edge, StemTap tap, boolean written) {
    /** The edge of the residual: none. */
    public static final int RESIDUAL = -1;
}
