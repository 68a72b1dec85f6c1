package io.mixgraph.media.store;

import java.io.IOException;

/** An object is not there. Nothing else is reported so. */
public final class MissingObjectException extends IOException {
    private static final long serialVersionUID = 1;

    MissingObjectException(String name) {
        super(name + " is not there; render again to have it stored");
    }
}
