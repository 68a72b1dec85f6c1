package io.mixgraph.render;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.FrameSink;
import io.mixgraph.dsp.Mixing;
import io.mixgraph.loudness.LoudnessMeter;
import io.mixgraph.routing.Curve;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Takes the master after its effects, or a part of it: cuts it to the timeline, applies the master's fader, measures it
 * if somebody wants to know, and hands it on. Used by one thread at a time.
 */
final class MasterFeed implements Sink {
    private final AudioBlock from;
    private final long lateness;
    private final long frames;
    private final CurveRun gainDb;
    private final double[] gains;
    private final AudioBlock signal;
    private final @Nullable LoudnessMeter meter;
    private final FrameSink next;
    private int taken;

    /**
     * @param signal the master's output, or that of a chain that follows it
     * @param gainDb the master's fader over the timeline
     * @param meter measures the signal; null for nobody
     * @param next takes the signal; closed by whoever made it
     */
    MasterFeed(Signal signal, Curve gainDb, @Nullable LoudnessMeter meter, FrameSink next) {
        this.from = signal.block();
        this.lateness = signal.lateness();
        this.frames = signal.frames();
        this.gainDb = new CurveRun(gainDb);
        this.gains = new double[gainDb.isConstant() ? 0 : from.capacity()];
        this.signal = new AudioBlock(from.channels(), from.capacity());
        this.meter = meter;
        this.next = next;
    }

    @Override
    public void take(long start, int count) {
        long first = Math.max(start, lateness);
        int cut = (int) Math.max(0, Math.min(start + count, lateness + frames) - first);
        taken = cut;
        if (cut == 0) {
            return;
        }
        long at = first - lateness;
        boolean flat = gainDb.isFlat(at, cut);
        double gain = gainDb.gainAt(at);
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
    }

    @Override
    public void run() throws IOException {
        if (meter != null && taken > 0) {
            meter.process(signal, taken);
        }
        // Also nothing, before and after the timeline: who works on what was last written must not find an older block.
        next.write(signal, taken);
    }
}
