package io.mixgraph;

import io.mixgraph.model.Tags;
import io.mixgraph.render.PlannedFile;
import io.mixgraph.render.RenderTarget.FileSink;
import java.io.IOException;
import java.nio.file.Path;

/** Makes the files that the engine does not write itself: all that are no WAV files. */
public interface FileEncoder {
    /** Makes none. */
    FileEncoder NONE = (path, name, file, tags) -> {
        throw new IOException(name + ": there is no encoder for "
                + file.file().format().name().toLowerCase(java.util.Locale.ROOT)
                + "; write wav, or give the output folder one");
    };

    /**
     * Starts a file, replacing one that is there. Its sink will be given exactly {@code file.frames()} frames, whose
     * values the file's encoding holds exactly: all channels of the file's format, and for each of
     * {@link PlannedFile#streams} as many again, in order.
     *
     * @param path where; its folder exists
     * @param name what to call it in messages
     * @param tags what it says of itself, the title given
     * @throws IOException naming the file, when it cannot be made or its format not be written
     */
    FileSink open(Path path, String name, PlannedFile file, Tags tags) throws IOException;
}
