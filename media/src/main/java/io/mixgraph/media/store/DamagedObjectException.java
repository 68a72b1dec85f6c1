package io.mixgraph.media.store;

import java.io.IOException;

/** An object is there, but its bytes are not those that were stored. Nothing else is reported so. */
public final class DamagedObjectException extends IOException {
    private static final long serialVersionUID = 1;

    DamagedObjectException(String name, String found) {
        super(name + " is damaged: its bytes have the SHA-256 " + found
                + "; render again to have it stored anew, or delete it");
    }
}
