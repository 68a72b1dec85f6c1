package io.mixgraph.render;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.AudioSource;
import io.mixgraph.audio.Findings;
import io.mixgraph.audio.FrameSource;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A recording in a place where it is heard: remembers what its streams showed of it. Safe for use by many threads. */
final class HeardSource implements AudioSource {
    private final AudioSource source;
    private Findings findings = Findings.NONE;

    HeardSource(AudioSource source) {
        this.source = source;
    }

    /**
     * By what the findings of a recording are told: what it holds, so that copies under two names are one, or its name
     * when that is not known.
     */
    static String key(AudioSource recording) {
        AudioSource original = recording.original();
        String digest = original.digest();
        return digest == null ? "name " + original.name() : digest;
    }

    /** Adds findings of some recordings to others; in whatever order, the same comes out. */
    static void unite(Map<String, Findings> all, Map<String, Findings> more) {
        more.forEach((key, findings) -> all.merge(key, findings, Findings::and));
    }

    /** Adds what was found, as far as its streams are closed. */
    synchronized void addTo(Map<String, Findings> all) {
        all.merge(key(source), findings, Findings::and);
    }

    private synchronized void found(Findings more) {
        findings = findings.and(more);
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
    public @Nullable String digest() {
        return source.digest();
    }

    @Override
    public AudioSource original() {
        return source.original();
    }

    @Override
    public FrameSource open(long firstFrame) throws IOException {
        FrameSource stream = source.open(firstFrame);
        return new FrameSource() {
            @Override
            public AudioFormat format() {
                return stream.format();
            }

            @Override
            public int read(AudioBlock block, int frames) throws IOException {
                return stream.read(block, frames);
            }

            @Override
            public Findings findings() {
                return stream.findings();
            }

            @Override
            public void close() throws IOException {
                stream.close();
                found(stream.findings());
            }
        };
    }
}
