package io.mixgraph.dsp;

import io.mixgraph.audio.AudioBlock;
import java.util.Arrays;

/**
 * Converts a signal that comes in blocks to another sample rate: what {@link ResampledSource} does for a recording, and
 * to the same bits. An impulse at frame n comes out centred on n·outputRate/inputRate; before its first frame and after
 * its last the signal is silence. It gives whole blocks of {@link SincResampler#blockFrames}, late by what the filter
 * needs. Used by one thread at a time.
 */
public final class StreamResampler {
    private final ResamplerDesign design;
    private final SincResampler resampler;
    private final double[][] windows;
    private final double[] converted;
    private int filled;
    private long nextBlock;

    /** @param channels of the signal */
    public StreamResampler(ResamplerDesign design, int channels) {
        this.design = design;
        this.resampler = new SincResampler(design);
        this.windows = new double[channels][resampler.windowFrames()];
        this.converted = new double[resampler.blockFrames()];
        this.filled = (int) Math.max(0, -resampler.windowStart(0));
    }

    /** The most frames that one call of {@link #process} or {@link #finish} gives for so many frames. */
    public int mostFrames(int frames) {
        long inside = (long) frames + resampler.windowFrames();
        return Math.toIntExact(inside * design.up() / design.down()) + 2 * resampler.blockFrames();
    }

    /**
     * Takes the next frames.
     *
     * @param input the caller's, only read
     * @param from the index of the first of them
     * @param frames how many
     * @param output takes what they complete, at most {@link #mostFrames}
     * @return how many frames they complete
     */
    public int process(AudioBlock input, int from, int frames, AudioBlock output) {
        int made = 0;
        int taken = 0;
        while (taken < frames) {
            int count = Math.min(frames - taken, resampler.windowFrames() - filled);
            for (int c = 0; c < windows.length; c++) {
                System.arraycopy(input.channel(c), from + taken, windows[c], filled, count);
            }
            taken += count;
            filled += count;
            if (filled == resampler.windowFrames()) {
                made += makeBlock(output, made);
            }
        }
        return made;
    }

    /**
     * Ends the signal: what is still inside comes out, followed by silence.
     *
     * @param frames how many frames of output are wanted still
     * @param output takes them
     * @param at the index of the first of them
     * @return how many there are: {@code frames} or more
     */
    public int finish(long frames, AudioBlock output, int at) {
        int made = 0;
        while (made < frames) {
            for (double[] window : windows) {
                Arrays.fill(window, filled, window.length, 0.0);
            }
            made += makeBlock(output, at + made);
        }
        return made;
    }

    private int makeBlock(AudioBlock output, int at) {
        int advance = (int) (resampler.windowStart(nextBlock + 1) - resampler.windowStart(nextBlock));
        int kept = resampler.windowFrames() - advance;
        for (int c = 0; c < windows.length; c++) {
            resampler.convert(windows[c], nextBlock, converted);
            System.arraycopy(converted, 0, output.channel(c), at, converted.length);
            System.arraycopy(windows[c], advance, windows[c], 0, kept);
        }
        filled = kept;
        nextBlock++;
        return converted.length;
    }
}
