package io.mixgraph.dsp;

import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.AudioSource;
import io.mixgraph.audio.FrameSource;

/** STUB. */
public record ResampledSource(AudioSource source, int sampleRate) implements AudioSource {
    @Override
    public String name() {
        return source.name();
    }

    @Override
    public AudioFormat format() {
        return new AudioFormat(sampleRate, source.format().layout());
    }

    @Override
    public long frames() {
        return source.frames() * sampleRate / source.format().sampleRate();
    }

    @Override
    public FrameSource open(long f) {
        throw new UnsupportedOperationException();
    }
}
