package io.mixgraph.media.cache;

import io.mixgraph.MixEngine;
import io.mixgraph.audio.AudioSource;
import io.mixgraph.audio.SourceOpener;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Opens recordings in files, each with its digest, and decodes those that an outside decoder has to decode only once:
 * the first stream that gives all of one keeps its samples, and what opening showed of it is kept too, so that later
 * even the decoder need not be loaded. Recordings that were found damaged, and those finer than 32-bit floats, are
 * decoded every time. Safe for use by many threads.
 */
public final class DecodedRecordings {
    /** The stream of a file that players play. */
    private static final int MAIN = -1;

    private final CacheFolder cache;
    private final FileDigests digests;
    private final String decoder;
    private final SignalFolder samples;

    /**
     * @param cache keeps what was decoded
     * @param digests takes the digests of files
     * @param decoder the build of the decoder, as a text that changes whenever what it decodes might; not necessarily
     *     the version that it names itself
     */
    public DecodedRecordings(CacheFolder cache, FileDigests digests, String decoder) {
        this.cache = cache;
        this.digests = digests;
        this.decoder = decoder;
        this.samples = new SignalFolder(cache, CacheFolder.Kind.DECODED, null);
    }

    /**
     * Opens a file; of several streams in it, the one that players play.
     *
     * @param file where it is
     * @param name what to call it in messages
     * @param real opens it under that name as what it is; called only when something of it is not kept, maybe later and
     *     on another thread
     * @throws IOException naming it, when it cannot be opened or is being written to
     */
    public AudioSource open(Path file, String name, SourceOpener real) throws IOException {
        return opened(file, name, MAIN, real);
    }

    /**
     * As {@link #open(Path, String, SourceOpener)}, for one stream of several.
     *
     * @param stream which of the streams of audio {@code real} opens, from 0
     */
    public AudioSource open(Path file, String name, int stream, SourceOpener real) throws IOException {
        if (stream < 0) {
            throw new IllegalArgumentException(name + " has no stream " + stream);
        }
        return opened(file, name, stream, real);
    }

    private AudioSource opened(Path file, String name, int stream, SourceOpener real) throws IOException {
        FileDigests.Seen seen = digests.see(file, name);
        String facts = key("facts", seen, stream, name, MixEngine.VERSION);
        SourceOpener watched = opening -> DigestedSource.open(seen, digests, real);
        RecordingFacts known = RecordingFacts.read(cache.text(CacheFolder.Kind.DECODED, facts));
        if (known == null) {
            AudioSource source = watched.open(name);
            if (source.backend() == null) {
                return source;
            }
            known = RecordingFacts.of(source);
            cache.keep(CacheFolder.Kind.DECODED, facts, known.text());
            watched = opening -> source;
        }
        return new DecodedSource(name, seen.sha256(), known, watched, samples, key("samples", seen, stream));
    }

    /** Warnings name the recording and are worded by a version; samples are the same whatever it is called. */
    private String key(String what, FileDigests.Seen seen, int stream, String... more) {
        return CacheFolder.key(
                what,
                seen.sha256(),
                decoder,
                Integer.toString(MixEngine.DSP_REVISION),
                Integer.toString(stream),
                CacheFolder.key(more));
    }
}
