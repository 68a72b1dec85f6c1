package io.mixgraph;

import io.mixgraph.render.RenderReport.FileReport;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Remembers files that earlier renders finished, so that one that would be written again as it is can stay. Losing what
 * it remembers costs time and nothing else. Used by one render at a time.
 */
public interface FinishedFiles {
    /** Remembers nothing. */
    FinishedFiles NONE = new FinishedFiles() {
        @Override
        public @Nullable FileReport find(String content, Path file) {
            return null;
        }

        @Override
        public void made(String content, FileReport report) {
            // Nobody will ask.
        }
    };

    /**
     * What was reported of a file that is still as it was finished; null when there is none.
     *
     * @param content the digest of everything that decides its bytes, in lower-case hexadecimal
     * @param file where it is to be
     */
    @Nullable
    FileReport find(String content, Path file);

    /** Remembers what was reported of a file that was published. */
    void made(String content, FileReport report);
}
