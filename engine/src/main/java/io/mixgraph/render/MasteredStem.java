package io.mixgraph.render;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.FrameSink;
import io.mixgraph.dsp.Mixing;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Makes a stem's file of a part of the master's signal: loudness gain, limiter, rounding. The limiter is moved by what
 * it found on the whole, or is one of its own. Used by one thread at a time.
 */
final class MasteredStem implements FrameSink {
    private final double gain;
    private final @Nullable EffectRun limiter;
    private final AudioBlock block;
    private final FileRun file;
    private long position;

    /**
     * @param gain the loudness gain
     * @param limiter null for none
     * @param block where the signal is made; {@code file} reads it there
     */
    MasteredStem(double gain, @Nullable EffectRun limiter, AudioBlock block, FileRun file) {
        this.gain = gain;
        this.limiter = limiter;
        this.block = block;
        this.file = file;
    }

    @Override
    public void write(AudioBlock from, int frames) throws IOException {
        for (int c = 0; c < block.channels(); c++) {
            Mixing.scale(from.channel(c), gain, block.channel(c), frames);
        }
        if (limiter != null) {
            limiter.process(block, block, 0, frames);
        }
        file.write(position, frames);
        position += frames;
    }

    FileRun file() {
        return file;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
