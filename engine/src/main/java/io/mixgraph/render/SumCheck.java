package io.mixgraph.render;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioSource;
import io.mixgraph.audio.Decibels;
import io.mixgraph.audio.Dither;
import io.mixgraph.audio.FrameSource;
import io.mixgraph.audio.SampleEncoding;
import io.mixgraph.dsp.Mixing;
import io.mixgraph.dsp.RoundingBound;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Adds up finished files and compares the sum with another one, frame by frame: what {@link NullTest} does while they
 * are written, done again on what was written.
 */
public final class SumCheck {
    private static final int BLOCK_FRAMES = 4096;

    private SumCheck() {}

    /**
     * A file and how its samples were rounded.
     *
     * @param encoding how they are stored
     * @param dither what was added before
     * @param exact whether they are what they were before they were stored, so that nothing was rounded
     */
    public record Part(AudioSource source, SampleEncoding encoding, Dither dither, boolean exact) {}

    /**
     * What came of it.
     *
     * @param residualDbfs the largest difference; negative infinity for none
     * @param boundDbfs the most that rounding can make it
     * @param withinBound whether it was so at every frame
     */
    public record Result(double residualDbfs, double boundDbfs, boolean withinBound) {}

    /**
     * Compares parts that went through no effects.
     *
     * @param parts all of the length and channels of {@code whole}
     * @param gain what the parts carry and the whole does not
     * @throws IOException naming the file that cannot be read, or is of another length
     */
    public static Result run(List<Part> parts, Part whole, double gain) throws IOException {
        return run(parts, whole, gain, 0.0);
    }

    /**
     * Compares.
     *
     * @param parts all of the length and channels of {@code whole}
     * @param gain what the parts carry and the whole does not
     * @param masterGain the loudness gain of parts that went through the master's effects; 0 for others
     * @throws IOException naming the file that cannot be read, or is of another length
     */
    public static Result run(List<Part> parts, Part whole, double gain, double masterGain) throws IOException {
        int channels = whole.source().format().channels();
        AudioBlock block = new AudioBlock(channels, BLOCK_FRAMES);
        AudioBlock sum = new AudioBlock(channels, BLOCK_FRAMES);
        AudioBlock bounds = new AudioBlock(channels, BLOCK_FRAMES);
        double[] highest = new double[BLOCK_FRAMES];
        double[] rounding = new double[BLOCK_FRAMES];
        double[] peaks = new double[parts.size()];
        Arrays.fill(peaks, masterGain * gain);
        double residual = 0;
        double bound = 0;
        boolean holds = true;
        List<FrameSource> open = new ArrayList<>();
        try {
            for (Part part : parts) {
                open.add(opened(part, whole));
            }
            open.add(whole.source().open(0));
            for (long at = 0; at < whole.source().frames(); at += BLOCK_FRAMES) {
                int count = (int) Math.min(BLOCK_FRAMES, whole.source().frames() - at);
                sum.clear(count);
                bounds.clear(count);
                for (int p = 0; p < peaks.length; p++) {
                    read(open.get(p), parts.get(p), block, count, at);
                    peaks[p] = RoundingBound.runningPeak(block, peaks[p], highest, count);
                    for (int c = 0; c < channels; c++) {
                        Mixing.add(block.channel(c), 1.0, sum.channel(c), count);
                        if (!parts.get(p).exact()) {
                            addBound(parts.get(p), block.channel(c), bounds.channel(c), count);
                            Mixing.add(highest, NullTest.DOUBLE_ROUNDING, bounds.channel(c), count);
                        }
                    }
                }
                read(open.get(peaks.length), whole, block, count, at);
                for (int c = 0; c < channels; c++) {
                    if (!whole.exact()) {
                        Arrays.fill(rounding, 0, count, 0.0);
                        addBound(whole, block.channel(c), rounding, count);
                        Mixing.add(rounding, gain, bounds.channel(c), count);
                    }
                    residual =
                            Math.max(residual, RoundingBound.residual(sum.channel(c), gain, block.channel(c), count));
                    holds &= RoundingBound.holds(sum.channel(c), bounds.channel(c), count);
                    bound = Math.max(bound, Mixing.peak(bounds.channel(c), count));
                }
            }
        } finally {
            for (FrameSource source : open) {
                source.close();
            }
        }
        return new Result(Decibels.fromGain(residual), Decibels.fromGain(bound), holds);
    }

    private static FrameSource opened(Part part, Part whole) throws IOException {
        AudioSource source = part.source();
        if (source.frames() != whole.source().frames()
                || source.format().channels() != whole.source().format().channels()) {
            throw new IOException(source.name() + ": is not as long or as wide as "
                    + whole.source().name());
        }
        return source.open(0);
    }

    private static void read(FrameSource source, Part part, AudioBlock into, int count, long at) throws IOException {
        if (source.read(into, count) != count) {
            throw new IOException(part.source().name() + ": frame " + at + ": ends too early");
        }
    }

    private static void addBound(Part part, double[] x, double[] to, int count) {
        int rate = part.source().format().sampleRate();
        RoundingBound.add(part.encoding(), part.dither(), rate, x, to, count);
    }
}
