package io.mixgraph.render;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.Decibels;
import io.mixgraph.dsp.Mixing;
import io.mixgraph.dsp.RoundingBound;
import java.util.Arrays;
import java.util.List;

/**
 * Adds up files as they are stored and compares the sum with what it is to be, frame by frame, while all are written;
 * and adds up by how much rounding can have moved it. Used by one thread at a time.
 *
 * <p>The bound of a frame is, for each part, half a step of its encoding at its sample (and what its dither can add),
 * and 10⁻¹² of the highest sample that it has had so far, or of what full scale before the master's effects has become
 * behind them, if that is higher: what effects with a memory round in double precision, also where they let nothing
 * else through. For floats that are a bus's own, and for a whole that is their very sum, it is nothing.
 */
final class NullTest implements BlockTask {
    /** What double precision can leave, of the highest sample. */
    static final double DOUBLE_ROUNDING = 1e-12;

    private final List<FileRun> parts;
    private final FileRun whole;
    private final boolean rounded;
    private final double gain;
    private final boolean verbatim;
    private final double[] peaks;
    private final double[] highest;
    private final AudioBlock sum;
    private final AudioBlock bounds;
    private double residual;
    private double bound;
    private boolean holds = true;

    /**
     * @param parts those that are to add up, in the order in which they are added
     * @param whole what they are to add up to
     * @param rounded whether to compare with the whole as it is stored, and not as it was before
     * @param gain what all parts carry and the whole does not
     * @param verbatim whether the whole is nothing but the sum of the parts as they are stored
     * @param fullScale what full scale before effects has become in a part; 0 when there were none
     */
    NullTest(List<FileRun> parts, FileRun whole, boolean rounded, double gain, boolean verbatim, double fullScale) {
        this.parts = List.copyOf(parts);
        this.whole = whole;
        this.rounded = rounded;
        this.gain = gain;
        this.verbatim = verbatim;
        this.peaks = new double[parts.size()];
        Arrays.fill(peaks, fullScale);
        this.highest = new double[whole.exact().capacity()];
        this.sum = new AudioBlock(whole.exact().channels(), highest.length);
        this.bounds = new AudioBlock(whole.exact().channels(), highest.length);
    }

    @Override
    public void run(long start, int frames) {
        int count = whole.storedFrames();
        AudioBlock expected = rounded ? whole.stored() : whole.exact();
        sum.clear(count);
        bounds.clear(count);
        for (int p = 0; p < peaks.length; p++) {
            FileRun part = parts.get(p);
            AudioBlock stored = part.stored();
            if (!verbatim) {
                peaks[p] = RoundingBound.runningPeak(stored, peaks[p], highest, count);
            }
            for (int c = 0; c < stored.channels(); c++) {
                Mixing.add(stored.channel(c), 1.0, sum.channel(c), count);
                if (!verbatim) {
                    addBound(part, stored.channel(c), bounds.channel(c), count);
                    Mixing.add(highest, DOUBLE_ROUNDING, bounds.channel(c), count);
                }
            }
        }
        for (int c = 0; c < expected.channels(); c++) {
            double[] most = bounds.channel(c);
            double[] difference = sum.channel(c);
            if (rounded) {
                addBound(whole, expected.channel(c), most, count);
            }
            residual = Math.max(residual, RoundingBound.residual(difference, gain, expected.channel(c), count));
            holds &= RoundingBound.holds(difference, most, count);
            bound = Math.max(bound, Mixing.peak(most, count));
        }
    }

    private static void addBound(FileRun file, double[] x, double[] to, int count) {
        PlannedFile planned = file.file();
        RoundingBound.add(planned.encoding(), planned.dither(), planned.format().sampleRate(), x, to, count);
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
