package io.mixgraph.media.store;

import java.nio.file.Files;
import java.nio.file.Path;

/** The contract, in a folder. */
class LocalObjectsTest extends ObjectStoreContract {
    @Override
    String place() {
        return temporary.resolve("store/objects").toString();
    }

    @Override
    void plant(String path, byte[] bytes) throws Exception {
        Path file = Path.of(place(), path);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }
}
