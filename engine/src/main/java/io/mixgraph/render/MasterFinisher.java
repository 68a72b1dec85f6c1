package io.mixgraph.render;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.Decibels;
import io.mixgraph.audio.FrameSink;
import io.mixgraph.dsp.Mixing;
import io.mixgraph.fx.Limiter;
import io.mixgraph.routing.EffectSlot;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes the master's file of the master's signal: loudness gain, limiter, rounding, in that order. A block goes through
 * gain and limiter while the one before it is rounded, measured and written, so that two threads can share the work;
 * stems that follow the limiter follow what was handed over. Used by one thread at a time, but for that.
 */
final class MasterFinisher implements FrameSink {
    private final double gain;
    private final @Nullable Limiter limit;
    private final @Nullable EffectRun limiter;
    private final int lookahead;
    private final AudioFormat format;
    private final long frames;
    private final AudioBlock block;
    private final AudioBlock handedOver;
    private final double[][] handedCurves;
    private final FileRun file;
    private int limited;
    private int handed;
    private double lowestGain = 1;
    private long position;
    private long limitedFrames;
    private double @Nullable [] reductions;

    /**
     * @param file what to write
     * @param sink takes the file; closed with this
     * @param format of the signal
     * @param frames the length of the timeline
     * @param gainDb the loudness gain
     * @param limiter null for none
     * @param capacity the largest block
     */
    MasterFinisher(
            PlannedFile file,
            RenderTarget.FileSink sink,
            AudioFormat format,
            long frames,
            double gainDb,
            @Nullable Limiter limiter,
            int capacity) {
        this.gain = Decibels.toGain(gainDb);
        this.format = format;
        this.frames = frames;
        this.limit = limiter;
        this.limiter = limiter == null ? null : new EffectRun(limiter, format, capacity);
        this.lookahead = limiter == null ? 0 : limiter.latencyFrames(format.sampleRate());
        this.block = new AudioBlock(format.channels(), capacity);
        this.handedOver = new AudioBlock(format.channels(), capacity);
        this.handedCurves = new double[limiter == null ? 0 : limiter.curveCount()][capacity];
        this.file = new FileRun(file, sink, signal(handedOver), 1, false, true, 0);
    }

    private Signal signal(AudioBlock from) {
        return new Signal(from, lookahead, frames, format.sampleRate());
    }

    /**
     * A stem that goes through the same gain, and through the same limiter or one of its own.
     *
     * @param planned the stem's file
     * @param sink takes the file, if it is written
     * @param follows whether the limiter is moved by what it found on the master
     * @param stemGain one gain for all stems
     * @param seed of the dither
     */
    MasteredStem stem(
            PlannedFile planned, RenderTarget.@Nullable FileSink sink, boolean follows, double stemGain, long seed) {
        int capacity = block.capacity();
        EffectRun own = limit == null
                ? null
                : follows
                        ? EffectRun.following(handedCurves, EffectSlot.of(limit), format, capacity)
                        : new EffectRun(limit, format, capacity);
        AudioBlock signal = new AudioBlock(format.channels(), capacity);
        return new MasteredStem(
                gain, own, signal, new FileRun(planned, sink, signal(signal), stemGain, false, sink != null, seed));
    }

    @Override
    public void write(AudioBlock from, int count) throws IOException {
        limit(from, count);
        hand();
        file.write(position, handed);
        position += handed;
    }

    /** Gain and limiter. */
    void limit(AudioBlock from, int count) {
        for (int c = 0; c < block.channels(); c++) {
            Mixing.scale(from.channel(c), gain, block.channel(c), count);
        }
        if (limiter != null) {
            limiter.process(block, block, 0, count);
            double[] curve = limiter.curves()[0];
            lowestGain = lowest(lowestGain, curve, count);
            if (reductions != null) {
                trace(reductions, curve, count);
            }
        }
        limitedFrames += count;
        limited = count;
    }

    private static double lowest(double before, double[] gains, int count) {
        double lowest = before;
        for (int i = 0; i < count; i++) {
            if (gains[i] < lowest) {
                lowest = gains[i];
            }
        }
        return lowest;
    }

    /** From the first frame on, keeps how the limiter went. */
    void keepReductions() {
        reductions = new double[(int) Math.min(frames, RenderTrace.BINS)];
        Arrays.fill(reductions, 1.0);
    }

    private void trace(double[] lowest, double[] curve, int count) {
        for (int i = 0; i < count; i++) {
            long at = limitedFrames + i - lookahead;
            if (at >= 0 && at < frames) {
                int bin = (int) (at * lowest.length / frames);
                lowest[bin] = Math.min(lowest[bin], curve[i]);
            }
        }
    }

    /** The most that the limiter took away in each stretch of the timeline, in dB; it was asked to keep that. */
    List<Double> reductionsDb() {
        return reductions == null
                ? List.of()
                : Arrays.stream(reductions)
                        .mapToObj(lowest -> 0.0 - Decibels.fromGain(lowest))
                        .toList();
    }

    /** Rounds what was last handed over. */
    void round() {
        file.round(position, handed);
        position += handed;
    }

    /** Hands over what was last limited. */
    void hand() {
        handedOver.copyFrom(block, limited);
        for (int i = 0; i < handedCurves.length && limiter != null; i++) {
            System.arraycopy(limiter.curves()[i], 0, handedCurves[i], 0, limited);
        }
        handed = limited;
        limited = 0;
    }

    /** How many frames were last handed over. */
    int handed() {
        return handed;
    }

    /** By how many frames what comes out is late. */
    int lookahead() {
        return lookahead;
    }

    FileRun file() {
        return file;
    }

    /** The most that the limiter took away, in dB, 0 or more. */
    double maxReductionDb() {
        return 0.0 - Decibels.fromGain(lowestGain);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
