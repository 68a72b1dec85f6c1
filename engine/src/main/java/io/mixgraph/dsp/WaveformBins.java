package io.mixgraph.dsp;

import io.mixgraph.audio.AudioBlock;
import java.util.ArrayList;
import java.util.List;

/**
 * The lowest and the highest sample of a signal in equal stretches of it: a waveform to be drawn. Bin i of n covers the
 * frames from ⌊i·frames/n⌋ to ⌊(i+1)·frames/n⌋. Used by one thread at a time.
 */
public final class WaveformBins {
    private final long frames;
    private final double[] low;
    private final double[] high;
    private long position;
    private int bin;

    /**
     * @param frames the length of the signal
     * @param most how many bins at most; fewer when there are fewer frames
     */
    public WaveformBins(long frames, int most) {
        int bins = (int) Math.min(frames, most);
        this.frames = frames;
        this.low = new double[bins];
        this.high = new double[bins];
    }

    /** Takes the next frames, of all channels of a block. */
    public void process(AudioBlock block, int count) {
        for (int done = 0; done < count; ) {
            int run = (int) Math.min(count - done, end() - position);
            for (int c = 0; c < block.channels(); c++) {
                double[] x = block.channel(c);
                double least = low[bin];
                double most = high[bin];
                for (int i = done; i < done + run; i++) {
                    least = Math.min(least, x[i]);
                    most = Math.max(most, x[i]);
                }
                low[bin] = least;
                high[bin] = most;
            }
            done += run;
            position += run;
            if (position == end() && bin < low.length - 1) {
                bin++;
            }
        }
    }

    private long end() {
        return (bin + 1L) * frames / low.length;
    }

    /** The lowest sample of each bin, at most 0. */
    public List<Double> low() {
        return list(low);
    }

    /** The highest sample of each bin, at least 0. */
    public List<Double> high() {
        return list(high);
    }

    private static List<Double> list(double[] values) {
        List<Double> list = new ArrayList<>(values.length);
        for (double value : values) {
            list.add(value);
        }
        return list;
    }
}
