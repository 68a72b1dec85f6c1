package io.mixgraph.render;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.Decibels;
import io.mixgraph.dsp.DelayLine;
import io.mixgraph.dsp.Mixing;
import io.mixgraph.dsp.PanLaw;
import io.mixgraph.routing.Edge;
import io.mixgraph.routing.Node;

/**
 * Carries a signal along one edge: gain and pan, rounding to float when a bus hands it on, then the compensating delay.
 * An edge that needs none of the last two adds straight into its node; any other keeps its signal in a buffer of its
 * own, where sinks find it too. Used by one thread at a time.
 */
final class EdgeRun {
    private final Edge edge;
    private final AudioBlock from;
    private final boolean mono;
    private final boolean roundToFloat;
    private final boolean fold;
    private final long lateness;
    private final CurveRun gainDb;
    private final CurveRun pan;
    private final DelayLine delay;
    private final boolean kept;
    private final AudioBlock signal;
    private final double[] positions;
    private final double[] leftGains;
    private final double[] rightGains;
    private double leftGain;
    private double rightGain;
    private boolean moving;

    /**
     * @param source the node it comes from
     * @param from that node's buffer at the edge's tap
     * @param fold whether what it carries is folded to mono
     * @param capacity the largest block
     */
    EdgeRun(Edge edge, Node source, AudioBlock from, boolean fold, int capacity) {
        this.edge = edge;
        this.from = from;
        this.mono = from.channels() == 1;
        this.fold = fold;
        this.roundToFloat = edge.port() == Edge.Port.MAIN && source.kind() == Node.Kind.BUS;
        this.lateness = lateness(edge, source);
        this.gainDb = new CurveRun(edge.gainDb());
        this.pan = new CurveRun(edge.pan());
        this.kept = roundToFloat || fold || edge.delayFrames() > 0;
        int channels = edge.port() == Edge.Port.KEY ? from.channels() : fold ? 1 : 2;
        this.signal = kept ? new AudioBlock(fold ? 2 : channels, capacity) : from;
        this.delay = new DelayLine(channels, edge.delayFrames());
        boolean curved = !edge.gainDb().isConstant() || !edge.pan().isConstant();
        this.positions = new double[curved ? capacity : 0];
        this.leftGains = new double[curved ? capacity : 0];
        this.rightGains = new double[curved ? capacity : 0];
    }

    /** By how much the signal at an edge's tap is late against the timeline. */
    static long lateness(Edge edge, Node source) {
        return switch (edge.tap()) {
            case INPUT -> source.arrivalLatencyFrames();
            case PRE_FADER, POST_FADER -> source.outputLatencyFrames();
        };
    }

    /** Whether its signal is in {@link #signal} after {@link #compute}. */
    boolean kept() {
        return kept;
    }

    Edge edge() {
        return edge;
    }

    /**
     * What the edge hands on, valid after {@link #compute} until the next block; for a key without delay, the tap
     * itself. Mono in channel 0 when folded.
     */
    AudioBlock signal() {
        return signal;
    }

    /**
     * Computes the kept signal of {@code frames} frames from frame {@code start} of the render on; does nothing when
     * none is kept.
     */
    void compute(long start, int frames) {
        if (!kept) {
            return;
        }
        if (edge.port() == Edge.Port.KEY) {
            signal.copyFrom(from, frames);
        } else if (edge.silent()) {
            signal.clear(frames);
        } else {
            setGains(start, frames);
            scale(from.channel(0), leftGains, leftGain, signal.channel(0), frames);
            scale(from.channel(mono ? 0 : 1), rightGains, rightGain, signal.channel(1), frames);
        }
        if (fold) {
            Mixing.fold(signal.channel(0), signal.channel(1), 0, frames);
        }
        if (roundToFloat) {
            for (int c = 0; c < (fold ? 1 : signal.channels()); c++) {
                Mixing.roundToFloat(signal.channel(c), frames);
            }
        }
        delay.process(signal, frames);
    }

    /** Adds the signal to the node it goes to; {@link #compute} was called for the same frames. */
    void addTo(AudioBlock to, long start, int frames) {
        if (edge.silent() && edge.delayFrames() == 0) {
            return;
        }
        if (kept) {
            for (int c = 0; c < to.channels(); c++) {
                Mixing.add(signal.channel(c), 1.0, to.channel(c), frames);
            }
        } else {
            setGains(start, frames);
            add(from.channel(0), leftGains, leftGain, to.channel(0), frames);
            add(from.channel(mono ? 0 : 1), rightGains, rightGain, to.channel(1), frames);
        }
    }

    private void setGains(long start, int frames) {
        long at = start - lateness;
        moving = !(gainDb.isFlat(at, frames) && pan.isFlat(at, frames));
        if (moving) {
            pan.values(at, positions, frames);
            PanLaw.gains(positions, mono, leftGains, rightGains, frames);
            gainDb.gains(at, positions, frames);
            Mixing.multiply(leftGains, positions, frames);
            Mixing.multiply(rightGains, positions, frames);
        } else {
            double p = pan.valueAt(at);
            double gain = Decibels.toGain(gainDb.valueAt(at));
            leftGain = (mono ? PanLaw.monoLeft(p) : PanLaw.balanceLeft(p)) * gain;
            rightGain = (mono ? PanLaw.monoRight(p) : PanLaw.balanceRight(p)) * gain;
        }
    }

    private void add(double[] x, double[] gains, double gain, double[] to, int frames) {
        if (moving) {
            Mixing.add(x, gains, to, frames);
        } else if (gain != 0) {
            Mixing.add(x, gain, to, frames);
        }
    }

    private void scale(double[] x, double[] gains, double gain, double[] to, int frames) {
        if (moving) {
            Mixing.scale(x, gains, to, frames);
        } else {
            Mixing.scale(x, gain, to, frames);
        }
    }
}
