package io.mixgraph.render;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.Decibels;
import io.mixgraph.audio.FrameSink;
import io.mixgraph.audio.FrameSource;
import io.mixgraph.dsp.Mixing;
import io.mixgraph.fx.Limiter;
import io.mixgraph.loudness.Loudness;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes the master's file of the master's signal: loudness gain, limiter, rounding, in that order. A block goes through
 * gain and limiter while the one before it is rounded, measured and written, so that two threads can share the work.
 * Used by one thread at a time, but for that.
 */
final class MasterFinisher implements FrameSink {
    private final double gain;
    private final @Nullable EffectRun limiter;
    private final int lookahead;
    private final AudioBlock block;
    private final AudioBlock handedOver;
    private final FileRun file;
    private int limited;
    private int handed;
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
        this.limiter = limiter == null ? null : new EffectRun(limiter, file.format(), capacity);
        this.lookahead =
                limiter == null ? 0 : limiter.latencyFrames(file.format().sampleRate());
        this.block = new AudioBlock(file.format().channels(), capacity);
        this.handedOver = new AudioBlock(file.format().channels(), capacity);
        this.file = new FileRun(file, sink, handedOver, lookahead, 1, false, 0);
    }

    @Override
    public void write(AudioBlock from, int frames) throws IOException {
        limit(from, frames);
        hand();
        store();
    }

    /** Gain and limiter. */
    private void limit(AudioBlock from, int frames) {
        for (int c = 0; c < block.channels(); c++) {
            Mixing.scale(from.channel(c), gain, block.channel(c), frames);
        }
        if (limiter != null) {
            limiter.process(block, block, 0, frames);
            double[] curve = limiter.curve(0);
            for (int i = 0; i < frames; i++) {
                lowestGain = Math.min(lowestGain, curve[i]);
            }
        }
        limited = frames;
    }

    /** Rounds, measures and writes what was last handed over. */
    private void store() throws IOException {
        file.run(position, handed);
        position += handed;
        handed = 0;
    }

    /** Hands over what was last limited. */
    private void hand() {
        handedOver.copyFrom(block, limited);
        handed = limited;
        limited = 0;
    }

    /**
     * A scheduler that with every block reads one from a stream and limits it, while it stores the one before. What was
     * limited last is stored by {@link #flush}.
     *
     * @param from as long as the blocks that will be run
     * @param into the stream's buffer
     */
    BlockScheduler whileReading(FrameSource from, AudioBlock into, int threads) {
        BlockTask reading = (start, frames) -> limit(into, from.read(into, frames));
        BlockTask storing = (start, frames) -> store();
        BlockTask handing = (start, frames) -> hand();
        return new BlockScheduler(
                List.of(reading, storing, handing),
                new int[] {1, 1, 1},
                List.of(new int[0], new int[0], new int[] {0, 1}),
                threads);
    }

    /** Lets out what the limiter still holds. */
    void flush() throws IOException {
        store();
        int left = flushed ? 0 : lookahead;
        flushed = true;
        AudioBlock silence = new AudioBlock(block.channels(), block.capacity());
        while (left > 0) {
            int frames = Math.min(left, block.capacity());
            write(silence, frames);
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
