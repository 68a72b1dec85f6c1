package io.mixgraph.media.cache;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.AudioSource;
import io.mixgraph.audio.Findings;
import io.mixgraph.audio.FrameSource;
import io.mixgraph.audio.SourceOpener;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A compressed recording that is read from its kept samples where there are any, and is decoded where there are not.
 */
final class DecodedSource implements AudioSource {
    private final String name;
    private final String digest;
    private final RecordingFacts facts;
    private final SourceOpener opener;
    private final SignalFolder samples;
    private final String key;
    /** One stream at a time keeps what it decodes. */
    private final AtomicBoolean keeping = new AtomicBoolean();

    private @Nullable AudioSource real;

    /**
     * @param opener opens what has to be decoded
     * @param samples where its samples are kept
     * @param key of its samples there
     */
    DecodedSource(
            String name, String digest, RecordingFacts facts, SourceOpener opener, SignalFolder samples, String key) {
        this.name = name;
        this.digest = digest;
        this.facts = facts;
        this.opener = opener;
        this.samples = samples;
        this.key = key;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public AudioFormat format() {
        return facts.format();
    }

    @Override
    public long frames() {
        return facts.frames();
    }

    @Override
    public List<String> warnings() {
        return facts.warnings();
    }

    @Override
    public Backend backend() {
        return facts.backend();
    }

    @Override
    public String digest() {
        return digest;
    }

    @Override
    public FrameSource open(long firstFrame) throws IOException {
        if (firstFrame < 0 || firstFrame > frames()) {
            throw new IllegalArgumentException(name + " has no frame " + firstFrame + " of " + frames());
        }
        SignalReader kept = samples.open(key, firstFrame, false);
        if (kept != null) {
            return new KeptStream(kept, firstFrame);
        }
        FrameSource decoded = decode(firstFrame);
        // From elsewhere than the start it does not give all of them.
        return firstFrame == 0 && keeping.compareAndSet(false, true) ? new KeepingStream(decoded) : decoded;
    }

    private synchronized AudioSource real() throws IOException {
        if (real == null) {
            AudioSource opened = opener.open(name);
            if (!opened.format().equals(format()) || opened.frames() != frames()) {
                throw new IOException(name + ": decodes to another length or format than before; delete the cache");
            }
            real = opened;
        }
        return real;
    }

    private FrameSource decode(long firstFrame) throws IOException {
        return real().open(firstFrame);
    }

    /** Reads what was kept, and decodes from where that turns out to be damaged. */
    private final class KeptStream implements FrameSource {
        private final SignalReader kept;
        private @Nullable FrameSource decoded;
        private long next;
        private boolean ended;

        KeptStream(SignalReader kept, long firstFrame) {
            this.kept = kept;
            this.next = firstFrame;
        }

        @Override
        public AudioFormat format() {
            return facts.format();
        }

        @Override
        public int read(AudioBlock block, int frames) throws IOException {
            int count = decoded == null ? readKept(block, frames) : decoded.read(block, frames);
            next += count;
            ended = next == frames();
            return count;
        }

        private int readKept(AudioBlock block, int frames) throws IOException {
            try {
                return kept.read(block, frames);
            } catch (IOException e) {
                kept.close();
                samples.failed(key, e);
                decoded = decode(next);
                return decoded.read(block, frames);
            }
        }

        @Override
        public Findings findings() {
            if (decoded != null) {
                return decoded.findings();
            }
            // As the decoder does: it has been through all of it at the last frame, wherever the stream began.
            return ended ? kept.recordings().getOrDefault(digest, Findings.NONE) : Findings.NONE;
        }

        @Override
        public void close() throws IOException {
            kept.close();
            if (decoded != null) {
                decoded.close();
            }
        }
    }

    /** Decodes from the first frame on and keeps what it gives. */
    private final class KeepingStream implements FrameSource {
        private final FrameSource decoded;
        private final @Nullable SignalWriter writer = samples.write(key, facts.format(), facts.frames());
        private long next;
        private boolean closed;

        KeepingStream(FrameSource decoded) {
            this.decoded = decoded;
        }

        @Override
        public AudioFormat format() {
            return decoded.format();
        }

        @Override
        public int read(AudioBlock block, int frames) throws IOException {
            int count = decoded.read(block, frames);
            if (writer != null) {
                writer.write(block, count);
            }
            next += count;
            return count;
        }

        @Override
        public Findings findings() {
            return decoded.findings();
        }

        @Override
        public void close() throws IOException {
            if (closed) {
                return;
            }
            closed = true;
            try {
                // Fails when the file has changed, and then nothing is kept.
                decoded.close();
                Findings findings = decoded.findings();
                // What is said of a damaged recording depends on how much of it was read: only decoding tells.
                if (writer != null && next == frames() && findings.warnings().isEmpty()) {
                    writer.whole(Map.of(digest, findings));
                }
            } finally {
                if (writer != null) {
                    writer.close();
                }
                keeping.set(false);
            }
        }
    }
}
