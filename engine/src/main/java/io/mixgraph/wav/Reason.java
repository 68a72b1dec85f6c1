package io.mixgraph.wav;

import java.io.IOException;
import java.nio.file.FileSystemException;

/** Why something failed, in the system's words, without the path that is named already. */
final class Reason {
    private Reason() {}

    static String of(IOException e) {
        String reason = e instanceof FileSystemException system ? system.getReason() : e.getMessage();
        return reason == null ? e.getClass().getSimpleName() : reason;
    }
}
