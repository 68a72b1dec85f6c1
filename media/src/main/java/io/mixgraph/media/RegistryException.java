package io.mixgraph.media;

import java.io.IOException;

/** A registry could not do what was asked: what, where and what to do, in words for users. */
public final class RegistryException extends IOException {
    private static final long serialVersionUID = 1;

    private final boolean request;

    private RegistryException(String message, boolean request, Throwable cause) {
        super(message, cause);
        this.request = request;
    }

    /** The registry or its store failed. */
    public static RegistryException failed(String message, Throwable cause) {
        return new RegistryException(message, false, cause);
    }

    /** What was asked for makes no sense: an id that is not there, a place that is none. */
    public static RegistryException request(String message) {
        return new RegistryException(message, true, new IllegalArgumentException(message));
    }

    /** Whether the request is at fault and not the registry. */
    public boolean isRequest() {
        return request;
    }
}
