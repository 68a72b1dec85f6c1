package io.mixgraph.render;

import io.mixgraph.audio.AudioSource;
import io.mixgraph.audio.Findings;
import io.mixgraph.audio.ForwardingSource;
import io.mixgraph.audio.FrameSource;
import java.io.IOException;
import java.util.Map;

/** A recording in a place where it is heard: remembers what its streams showed of it. Safe for use by many threads. */
final class HeardSource extends ForwardingSource {
    private Findings findings = Findings.NONE;

    HeardSource(AudioSource source) {
        super(source);
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
        all.merge(key(this), findings, Findings::and);
    }

    private synchronized void found(Findings more) {
        findings = findings.and(more);
    }

    @Override
    public FrameSource open(long firstFrame) throws IOException {
        return new Stream(super.open(firstFrame)) {
            @Override
            public void close() throws IOException {
                super.close();
                found(findings());
            }
        };
    }
}
