package io.mixgraph.cli;

import io.mixgraph.audio.AudioSource;
import io.mixgraph.media.cache.CacheFolder;
import io.mixgraph.media.cache.DigestedSource;
import io.mixgraph.media.cache.FileDigests;
import java.io.IOException;
import java.nio.file.Path;

/** Opens recordings. */
@FunctionalInterface
interface Recordings {
    /**
     * By their file names, with nothing remembered of them. What an outside decoder finds belongs to what a file holds,
     * so those files have their digest.
     */
    Recordings PLAIN = (file, name) -> {
        AudioFiles.check(file, name);
        return AudioFiles.isWave(name)
                ? AudioFiles.open(file, name)
                : DigestedSource.open(
                        file, name, new FileDigests(CacheFolder.none()), real -> AudioFiles.open(file, real));
    };

    /**
     * Opens a recording.
     *
     * @param name what to call it in messages
     * @throws IOException naming it, with what is wrong and what to do
     */
    AudioSource open(Path file, String name) throws IOException;
}
