package io.mixgraph.render;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.dsp.DelayLine;
import io.mixgraph.dsp.Mixing;
import java.io.IOException;
import java.util.Arrays;

/**
 * Brings along an edge what a bus handed on in an earlier render, and silence after its end, each behind the
 * compensating delay that it has now. Used by one thread at a time.
 */
final class RecalledRun implements Feed, BlockTask {
    private final SignalCache.Recalled stream;
    private final AudioBlock signal;
    private final DelayLine delay;

    /**
     * @param stream read from its first frame on; closed by whoever opened it
     * @param delayFrames the edge's delay
     * @param capacity the largest block
     */
    RecalledRun(SignalCache.Recalled stream, int delayFrames, int capacity) {
        int channels = stream.format().channels();
        this.stream = stream;
        this.signal = new AudioBlock(channels, capacity);
        this.delay = new DelayLine(channels, delayFrames);
    }

    @Override
    public void run(long start, int frames) throws IOException {
        int read = stream.read(signal, frames);
        for (int c = 0; c < signal.channels(); c++) {
            Arrays.fill(signal.channel(c), read, frames, 0.0);
        }
        delay.process(signal, frames);
    }

    @Override
    public AudioBlock signal() {
        return signal;
    }

    @Override
    public void addTo(AudioBlock to, long start, int frames) {
        for (int c = 0; c < to.channels(); c++) {
            Mixing.add(signal.channel(c), 1.0, to.channel(c), frames);
        }
    }
}
