package io.mixgraph.render;

import java.util.List;

/**
 * How a render went over time, for drawing. Its size does not depend on the render's length but for the loudness
 * series, a few numbers for each 100 ms.
 *
 * @param sampleRate frames per second of the files
 * @param frames their length
 * @param files the stems in the order of the plan, then the master
 * @param hopFrames how many frames apart the points of the loudness series are: 100 ms
 * @param momentaryLufs the master's momentary loudness (400 ms) at the end of each hop, negative infinity for silence
 * @param shortTermLufs its short-term loudness (3 s) at the end of each hop
 * @param reductionDb the most that the limiter took away in each of the bins that waveforms have, 0 or more
 * @param before the master's spectrum as its buses fed it
 * @param after the spectrum of the finished master
 */
public record RenderTrace(
        int sampleRate,
        long frames,
        List<FileTrace> files,
        int hopFrames,
        List<Double> momentaryLufs,
        List<Double> shortTermLufs,
        List<Double> reductionDb,
        Spectrum before,
        Spectrum after) {

    /** The most bins that a waveform has. */
    public static final int BINS = 2000;

    /**
     * One file.
     *
     * @param id as in the report
     * @param kind as in the report
     * @param low the lowest sample of any channel in each bin, at most 0; bin i of n covers the frames from
     *     ⌊i·frames/n⌋ to ⌊(i+1)·frames/n⌋
     * @param high the highest, at least 0
     * @param energy the K-weighted mean square of each hop, summed over the channels as BS.1770 weighs them
     */
    public record FileTrace(
            String id, PlannedFile.Kind kind, List<Double> low, List<Double> high, List<Double> energy) {}

    /**
     * The average power in bands of a third of an octave.
     *
     * @param centreHz the middle of each band
     * @param levelDb the mean square in each, dB re full scale; negative infinity for none
     */
    public record Spectrum(List<Double> centreHz, List<Double> levelDb) {}
}
