package io.mixgraph.render;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.Decibels;
import io.mixgraph.audio.FrameSink;
import io.mixgraph.dsp.Mixing;
import io.mixgraph.fx.Limiter;
import io.mixgraph.loudness.Loudness;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Makes the master's file of the master's signal: loudness gain, limiter, rounding, in that order. Used by one thread
 * at a time.
 */
final class MasterFinisher implements FrameSink {
    private final double gain;
    private final @Nullable EffectRun limiter;
    private final int lookahead;
    private final AudioBlock block;
    private final FileRun file;
    private double lowestGain = 1;
    private long position;
    private boolean flushed;

    /**
     * @param file what to write
     * @param sink takes the file; closed with this
     * @param gainDb the loudness gain
     * @param limiter null for none
     * @param capacity the largest block
     */
    MasterFinisher(
            PlannedFile file, RenderTarget.FileSink sink, double gainDb, @Nullable Limiter limiter, int capacity) {
        this.gain = Decibels.toGain(gainDb);
        this.limiter = limiter == null ? null : new EffectRun(limiter, file.format(), file.format(), capacity);
        this.lookahead =
                limiter == null ? 0 : limiter.latencyFrames(file.format().sampleRate());
        this.block = new AudioBlock(file.format().channels(), capacity);
        this.file = new FileRun(file, sink, block, lookahead, 1, false, 0);
    }

    @Override
    public void write(AudioBlock from, int frames) throws IOException {
        for (int c = 0; c < block.channels(); c++) {
            Mixing.scale(from.channel(c), gain, block.channel(c), frames);
        }
        process(frames);
    }

    private void process(int frames) throws IOException {
        if (limiter != null) {
            limiter.process(block, block, frames);
            double[] curve = limiter.curve(0);
            for (int i = 0; i < frames; i++) {
                lowestGain = Math.min(lowestGain, curve[i]);
            }
        }
        file.run(position, frames);
        position += frames;
    }

    /** Lets out what the limiter still holds. */
    void flush() throws IOException {
        int left = flushed ? 0 : lookahead;
        flushed = true;
        while (left > 0) {
            int frames = Math.min(left, block.capacity());
            block.clear(frames);
            process(frames);
            left -= frames;
        }
    }

    /** What the file was given, after {@link #flush}. */
    Extent extent() {
        return file.extent();
    }

    /** The loudness of the file as it is stored, after {@link #flush}. */
    Loudness loudness() {
        return file.loudness();
    }

    /** The most that the limiter took away, in dB, 0 or more. */
    double maxReductionDb() {
        return 0.0 - Decibels.fromGain(lowestGain);
    }

    /** Ends the file. */
    RenderReport.FileReport finish() throws IOException {
        flush();
        return file.finish();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
