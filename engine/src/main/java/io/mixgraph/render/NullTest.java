package io.mixgraph.render;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.Decibels;
import io.mixgraph.audio.SampleEncoding;
import io.mixgraph.dsp.Mixing;
import java.util.Arrays;
import java.util.List;

/**
 * Adds up the stems as they are stored and compares them with what the master heard, frame by frame, while both are
 * written. Used by one thread at a time.
 */
final class NullTest implements BlockTask {
    private final List<FileRun> stems;
    private final AudioBlock heard;
    private final double[] sum;
    private double residual;
    private double bound;

    /**
     * @param stems those that are to add up, in the order in which the master adds
     * @param heard the master's input
     */
    NullTest(List<FileRun> stems, AudioBlock heard) {
        this.stems = List.copyOf(stems);
        this.heard = heard;
        this.sum = new double[heard.capacity()];
    }

    @Override
    public void run(long start, int frames) {
        FileRun first = stems.get(0);
        int count = first.storedFrames();
        for (int c = 0; c < first.stored().channels(); c++) {
            Arrays.fill(sum, 0, count, 0.0);
            double blockBound = 0;
            for (FileRun stem : stems) {
                double[] x = stem.stored().channel(c);
                Mixing.add(x, 1.0, sum, count);
                blockBound += roundingBound(stem, Mixing.peak(x, count));
            }
            double[] whole = heard.channel(c);
            for (int i = 0; i < count; i++) {
                residual = Math.max(residual, Math.abs(sum[i] - first.gain() * whole[first.storedOffset() + i]));
            }
            bound = Math.max(bound, blockBound);
        }
    }

    /**
     * The most by which rounding can move a sample of a stem whose samples go up to {@code peak}; a bus hands on
     * floats, so those stay as they are.
     */
    private static double roundingBound(FileRun stem, double peak) {
        SampleEncoding encoding = stem.file().encoding();
        return switch (encoding) {
            case FLOAT32 -> stem.gain() == 1 ? 0 : 0.5 * Math.ulp((float) peak) + 1e-12 * peak;
            case PCM24 -> 0x1p-24 + 1e-12 * peak;
            case PCM16 -> 3 * 0x1p-16 + 1e-12 * peak;
        };
    }

    /** The largest difference so far in dBFS, negative infinity when there is none. */
    double residualDbfs() {
        return Decibels.fromGain(residual);
    }

    /** The most that it can be, in dBFS. */
    double boundDbfs() {
        return Decibels.fromGain(bound);
    }
}
