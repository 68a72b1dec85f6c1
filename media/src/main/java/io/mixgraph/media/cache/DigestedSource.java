package io.mixgraph.media.cache;

import io.mixgraph.audio.AudioSource;
import io.mixgraph.audio.ForwardingSource;
import io.mixgraph.audio.FrameSource;
import io.mixgraph.audio.SourceOpener;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A recording in a file, with the SHA-256 of that file as its digest. Closing a stream fails when the file has got
 * other bytes since: what was read then is not what the digest says, and nothing may be kept under it.
 */
public final class DigestedSource extends ForwardingSource {
    private final FileDigests digests;
    private final FileDigests.Seen seen;

    private DigestedSource(AudioSource source, FileDigests digests, FileDigests.Seen seen) {
        super(source);
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
    public String digest() {
        return seen.sha256();
    }

    /** It is what its file holds, whatever it forwards to. */
    @Override
    public AudioSource original() {
        return this;
    }

    @Override
    public FrameSource open(long firstFrame) throws IOException {
        return new Checked(super.open(firstFrame));
    }

    private final class Checked extends Stream {
        private boolean closed;

        Checked(FrameSource stream) {
            super(stream);
        }

        @Override
        public void close() throws IOException {
            super.close();
            if (!closed) {
                closed = true;
                refuseChanged();
            }
        }
    }
}
