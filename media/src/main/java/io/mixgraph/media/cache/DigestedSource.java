package io.mixgraph.media.cache;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.AudioSource;
import io.mixgraph.audio.Findings;
import io.mixgraph.audio.FrameSource;
import io.mixgraph.audio.SourceOpener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A recording in a file, with the SHA-256 of that file as its digest. Closing a stream fails when the file has got
 * other bytes since: what was read then is not what the digest says, and nothing may be kept under it.
 */
public final class DigestedSource implements AudioSource {
    private final AudioSource source;
    private final FileDigests digests;
    private final FileDigests.Seen seen;

    private DigestedSource(AudioSource source, FileDigests digests, FileDigests.Seen seen) {
        this.source = source;
        this.digests = digests;
        this.seen = seen;
    }

    /**
     * Opens a file and takes its digest.
     *
     * @param file where it is
     * @param name what to call it in messages
     * @param real opens it under that name, as what it is
     * @throws IOException naming it, when it cannot be opened or is being written to
     */
    public static DigestedSource open(Path file, String name, FileDigests digests, SourceOpener real)
            throws IOException {
        return open(digests.see(file, name), digests, real);
    }

    static DigestedSource open(FileDigests.Seen seen, FileDigests digests, SourceOpener real) throws IOException {
        DigestedSource source = new DigestedSource(real.open(seen.name()), digests, seen);
        source.refuseChanged();
        return source;
    }

    private void refuseChanged() throws IOException {
        if (!unchanged()) {
            throw new IOException(seen.name() + ": was changed while it was in use; try again when it is whole");
        }
    }

    /** Whether the file has still the bytes that the digest is of. */
    boolean unchanged() throws IOException {
        return digests.unchanged(seen);
    }

    @Override
    public String name() {
        return source.name();
    }

    @Override
    public AudioFormat format() {
        return source.format();
    }

    @Override
    public long frames() {
        return source.frames();
    }

    @Override
    public List<String> warnings() {
        return source.warnings();
    }

    @Override
    public @Nullable Backend backend() {
        return source.backend();
    }

    @Override
    public String digest() {
        return seen.sha256();
    }

    @Override
    public FrameSource open(long firstFrame) throws IOException {
        return new Stream(source.open(firstFrame));
    }

    private final class Stream implements FrameSource {
        private final FrameSource in;
        private boolean closed;

        Stream(FrameSource in) {
            this.in = in;
        }

        @Override
        public AudioFormat format() {
            return in.format();
        }

        @Override
        public int read(AudioBlock block, int frames) throws IOException {
            return in.read(block, frames);
        }

        @Override
        public Findings findings() {
            return in.findings();
        }

        @Override
        public void close() throws IOException {
            in.close();
            if (!closed) {
                closed = true;
                refuseChanged();
            }
        }
    }
}
