package io.mixgraph;

import io.mixgraph.audio.AudioFormat;
import io.mixgraph.render.PlannedFile;
import io.mixgraph.render.RenderPlan;
import io.mixgraph.render.RenderTarget;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A folder of finished files: everything is written beside its place and appears under its final name only when whole.
 * Closing without {@link #publish} leaves the folder as it was.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class OutputFolder implements RenderTarget, Closeable {
    private OutputFolder() {}

    /**
     * Prepares a folder, made if it is missing, for one render.
     *
     * @throws IOException when it cannot be written, when another render is writing to it, or when the plan needs more
     *     bytes than are free
     */
    public static OutputFolder open(Path folder, RenderPlan plan) throws IOException {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileSink open(PlannedFile file) throws IOException {
        throw new UnsupportedOperationException();
    }

    @Override
    public Spool spool(AudioFormat format, long frames) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Adds a small file, such as the report, to what {@link #publish} makes visible last. */
    public void add(String path, byte[] content) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Makes every file visible under its final name, each by an atomic rename; the last added comes last. */
    public void publish() throws IOException {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() throws IOException {
        throw new UnsupportedOperationException();
    }
}
