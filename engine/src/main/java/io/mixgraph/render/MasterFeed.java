package io.mixgraph.render;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.Decibels;
import io.mixgraph.audio.FrameSink;
import io.mixgraph.dsp.Mixing;
import io.mixgraph.loudness.LoudnessMeter;
import io.mixgraph.routing.Curve;
import java.io.IOException;

/**
 * Takes the master after its effects: cuts it to the timeline, applies the master's fader, measures it, and hands it
 * on. Used by one thread at a time.
 */
final class MasterFeed implements BlockTask {
    private final AudioBlock from;
    private final long lateness;
    private final long frames;
    private final CurveRun gainDb;
    private final double[] gains;
    private final AudioBlock signal;
    private final LoudnessMeter meter;
    private final FrameSink next;

    /**
     * @param from the master's output
     * @param lateness by how much it is late against the timeline
     * @param frames the length of the timeline
     * @param gainDb the master's fader over the timeline
     * @param next takes the signal; closed by whoever made it
     */
    MasterFeed(AudioBlock from, AudioFormat format, long lateness, long frames, Curve gainDb, FrameSink next) {
        this.from = from;
        this.lateness = lateness;
        this.frames = frames;
        this.gainDb = new CurveRun(gainDb);
        this.gains = new double[gainDb.isConstant() ? 0 : from.capacity()];
        this.signal = new AudioBlock(from.channels(), from.capacity());
        this.meter = LoudnessMeter.withHopPeaks(format);
        this.next = next;
    }

    @Override
    public void run(long start, int count) throws IOException {
        long first = Math.max(start, lateness);
        int cut = (int) Math.max(0, Math.min(start + count, lateness + frames) - first);
        if (cut == 0) {
            return;
        }
        long at = first - lateness;
        boolean flat = gainDb.isFlat(at, cut);
        double gain = Decibels.toGain(gainDb.valueAt(at));
        if (!flat) {
            gainDb.gains(at, gains, cut);
        }
        for (int c = 0; c < signal.channels(); c++) {
            double[] x = signal.channel(c);
            System.arraycopy(from.channel(c), (int) (first - start), x, 0, cut);
            if (flat) {
                Mixing.scale(x, gain, x, cut);
            } else {
                Mixing.scale(x, gains, x, cut);
            }
        }
        meter.process(signal, cut);
        next.write(signal, cut);
    }

    /** What was measured: the master before its loudness gain and limiter. */
    LoudnessMeter meter() {
        return meter;
    }
}
