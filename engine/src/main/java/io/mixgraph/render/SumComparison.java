package io.mixgraph.render;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.Decibels;
import io.mixgraph.audio.Dither;
import io.mixgraph.audio.SampleEncoding;
import io.mixgraph.dsp.Mixing;
import io.mixgraph.dsp.RoundingBound;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Adds up signals as they are stored, block by block, and by how much rounding can have moved each; and compares the
 * sum with what it is to be. Used by one thread at a time.
 *
 * <p>The bound of a frame is, for each part, half a step of its encoding at its sample (and what its dither can add),
 * and 10⁻¹² of the highest sample that it has had so far, or of what full scale before the master's effects has become
 * behind them, if that is higher: what effects with a memory round in double precision, also where they let nothing
 * else through. A part that was not rounded adds nothing to it.
 */
final class SumComparison {
    /** What double precision can leave, of the highest sample. */
    private static final double DOUBLE_ROUNDING = 1e-12;

    private final double gain;
    private final double[] peaks;
    private final double[] highest;
    private final double[] rounding;
    private final AudioBlock sum;
    private final AudioBlock bounds;
    private int count;
    private double residual;
    private double bound;
    private boolean holds = true;

    /** How samples were rounded. */
    record Rounding(SampleEncoding encoding, Dither dither, int sampleRate) {
        static Rounding of(PlannedFile file) {
            return new Rounding(file.encoding(), file.dither(), file.format().sampleRate());
        }

        void add(double[] x, double[] to, int frames) {
            RoundingBound.add(encoding, dither, sampleRate, x, to, frames);
        }
    }

    /**
     * @param parts how many there are
     * @param gain what all parts carry and the whole does not
     * @param fullScale what full scale before effects has become in a part; 0 when there were none
     * @param capacity the largest block
     */
    SumComparison(int parts, double gain, double fullScale, int channels, int capacity) {
        this.gain = gain;
        this.peaks = new double[parts];
        Arrays.fill(peaks, fullScale);
        this.highest = new double[capacity];
        this.rounding = new double[capacity];
        this.sum = new AudioBlock(channels, capacity);
        this.bounds = new AudioBlock(channels, capacity);
    }

    /** Begins the next block. */
    void begin(int frames) {
        count = frames;
        sum.clear(count);
        bounds.clear(count);
    }

    /**
     * Adds a part; all of them in one order for every block.
     *
     * @param part which
     * @param stored its samples
     * @param rounded how they were rounded; null when they were not
     */
    void add(int part, AudioBlock stored, @Nullable Rounding rounded) {
        if (rounded != null) {
            peaks[part] = RoundingBound.runningPeak(stored, peaks[part], highest, count);
        }
        for (int c = 0; c < stored.channels(); c++) {
            Mixing.add(stored.channel(c), 1.0, sum.channel(c), count);
            if (rounded != null) {
                rounded.add(stored.channel(c), bounds.channel(c), count);
                Mixing.add(highest, DOUBLE_ROUNDING, bounds.channel(c), count);
            }
        }
    }

    /**
     * Ends the block.
     *
     * @param whole what the sum is to be
     * @param rounded how that was rounded; null when it was not
     */
    void compare(AudioBlock whole, @Nullable Rounding rounded) {
        for (int c = 0; c < whole.channels(); c++) {
            double[] x = whole.channel(c);
            double[] most = bounds.channel(c);
            double[] difference = sum.channel(c);
            if (rounded != null) {
                Arrays.fill(rounding, 0, count, 0.0);
                rounded.add(x, rounding, count);
                Mixing.add(rounding, gain, most, count);
            }
            RoundingBound.difference(difference, gain, x, count);
            residual = Mixing.peak(residual, difference, count);
            holds &= RoundingBound.holds(difference, most, count);
            bound = Mixing.peak(bound, most, count);
        }
    }

    /** The largest difference so far in dBFS, negative infinity when there is none. */
    double residualDbfs() {
        return Decibels.fromGain(residual);
    }

    /** The most that it can be, in dBFS; negative infinity for nothing. */
    double boundDbfs() {
        return Decibels.fromGain(bound);
    }

    /** Whether the difference has been within its bound at every frame. */
    boolean holds() {
        return holds;
    }
}
