package io.mixgraph.audio;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A recording that is another one in everything but what a subclass makes different. */
public abstract class ForwardingSource implements AudioSource {
    private final AudioSource source;

    /** @param source the other one */
    protected ForwardingSource(AudioSource source) {
        this.source = source;
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
    public FrameSource open(long firstFrame) throws IOException {
        return source.open(firstFrame);
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

    /** A stream of it that is another one in everything but what a subclass makes different. */
    protected abstract static class Stream implements FrameSource {
        private final FrameSource stream;

        /** @param stream the other one, closed with this */
        protected Stream(FrameSource stream) {
            this.stream = stream;
        }

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
        }
    }
}
