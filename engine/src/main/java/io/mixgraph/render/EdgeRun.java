package io.mixgraph.render;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.FrameSink;
import io.mixgraph.dsp.DelayLine;
import io.mixgraph.dsp.Mixing;
import io.mixgraph.dsp.PanLaw;
import io.mixgraph.model.PanMode;
import io.mixgraph.routing.Edge;
import io.mixgraph.routing.Node;
import io.mixgraph.routing.Panning;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Carries a signal along one edge: gain and pan; when a bus hands it on, rounding to float, and silence from the bus's
 * natural end on; then the compensating delay. An edge that needs none of the last two, and keeps the sides of a stereo
 * signal apart, adds straight into its node; any other keeps its signal in a buffer of its own, where sinks find it
 * too. Used by one thread at a time.
 */
final class EdgeRun implements Feed {
    private static final int LEFT = 0;
    private static final int RIGHT = 1;

    private final Edge edge;
    private final AudioBlock from;
    private final BooleanSupplier silence;
    private final boolean mono;
    private final boolean apart;
    private final boolean roundToFloat;
    private final boolean fold;
    private final long lateness;
    private final long end;
    private final CurveRun gainDb;
    private final CurveRun gate;
    private final CurveRun pan;
    private final CurveRun panRight;
    private final CurveRun width;
    private final DelayLine delay;
    private final boolean kept;
    private final AudioBlock signal;
    private final float[] floats;

    /** Where the right side is made: in the signal, or beside it when it is folded. */
    private final double[] rightSide;

    /** Takes the signal before its delay, up to its end; null for nobody. */
    private final @Nullable FrameSink keeping;

    /** The gain of the first and second input channel on the left and on the right, frame by frame when they move. */
    private final double[][] leftGains;

    private final double[][] rightGains;
    private final double[] values;

    /** The same when they do not move. */
    private final double[] leftGain = new double[2];

    private final double[] rightGain = new double[2];
    private boolean moving;

    /**
     * @param source the node it comes from
     * @param from that node's buffer at the edge's tap
     * @param silence whether it is known that there is nothing in that buffer
     * @param fold whether what it carries is folded to mono; a key never is
     * @param keeping takes what a bus hands on, up to its natural end, to be kept; closed by whoever made it; null for
     *     nobody
     * @param capacity the largest block
     */
    EdgeRun(
            Edge edge,
            Node source,
            AudioBlock from,
            BooleanSupplier silence,
            boolean fold,
            @Nullable FrameSink keeping,
            int capacity) {
        Panning panning = edge.panning();
        boolean key = edge.port() == Edge.Port.KEY;
        boolean moves = !(edge.gainDb().isConstant() && edge.gate().isConstant() && panning.isConstant());
        this.edge = edge;
        this.from = from;
        this.silence = silence;
        this.mono = from.channels() == 1;
        this.apart = mono || panning.keepsSides();
        this.fold = fold && !key;
        this.roundToFloat = !key && source.kind() == Node.Kind.BUS;
        this.lateness = lateness(edge, source);
        this.end = roundToFloat ? signalFrames(edge, source) : Long.MAX_VALUE;
        this.keeping = keeping;
        this.gainDb = new CurveRun(edge.gainDb());
        this.gate = new CurveRun(edge.gate());
        this.pan = new CurveRun(panning.pan());
        this.panRight = new CurveRun(panning.panRight());
        this.width = new CurveRun(panning.width());
        boolean scaledKey = key && !(edge.gainDb().isConstant() && edge.gainDb().value(0) == 0);
        this.kept = roundToFloat || this.fold || edge.delayFrames() > 0 || !apart || scaledKey;
        int channels = key ? from.channels() : this.fold ? 1 : 2;
        this.floats = new float[roundToFloat ? capacity : 0];
        this.signal = kept ? new AudioBlock(channels, capacity) : from;
        this.rightSide = this.fold ? new double[capacity] : signal.channel(signal.channels() - 1);
        this.delay = new DelayLine(channels, edge.delayFrames());
        this.leftGains = new double[apart ? 1 : 2][moves ? capacity : 0];
        this.rightGains = new double[apart ? 1 : 2][moves ? capacity : 0];
        this.values = new double[moves ? capacity : 0];
    }

    /** By how much the signal at an edge's tap is late against the timeline. */
    static long lateness(Edge edge, Node source) {
        return switch (edge.tap()) {
            case INPUT -> source.arrivalLatencyFrames();
            case PRE_FADER, POST_FADER -> source.outputLatencyFrames();
        };
    }

    /**
     * How many frames of a render what a bus hands on lasts, from the first frame on: up to the bus's natural end, as
     * late as it is. After that it is silence.
     */
    static long signalFrames(Edge edge, Node source) {
        return source.endFrames() + lateness(edge, source);
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
     * itself. Mono when folded.
     */
    @Override
    public AudioBlock signal() {
        return signal;
    }

    /**
     * Computes the kept signal of {@code frames} frames from frame {@code start} of the render on; does nothing when
     * none is kept.
     */
    void compute(long start, int frames) throws IOException {
        if (!kept) {
            return;
        }
        boolean silent = edge.silent() || start >= end;
        if (edge.port() == Edge.Port.KEY) {
            computeKey(start, frames);
        } else if (silent) {
            signal.clear(frames);
        } else {
            setGains(start, frames);
            scale(leftGains, leftGain, signal.channel(LEFT), frames);
            scale(rightGains, rightGain, rightSide, frames);
        }
        if (fold && !silent) {
            Mixing.fold(signal.channel(LEFT), rightSide, 0, frames);
        }
        if (roundToFloat) {
            int lasting = (int) Math.min(frames, Math.max(0, end - start));
            for (int c = 0; c < signal.channels(); c++) {
                Mixing.roundToFloat(signal.channel(c), floats, frames);
                Arrays.fill(signal.channel(c), lasting, frames, 0.0);
            }
            if (keeping != null && lasting > 0) {
                keeping.write(signal, lasting);
            }
        }
        delay.process(signal, frames);
    }

    /** A key has no pan; after the fader it has the fader's gain. */
    private void computeKey(long start, int frames) {
        long at = start - lateness;
        boolean flat = gainDb.isFlat(at, frames);
        double gain = gainDb.gainAt(at);
        if (!flat) {
            gainDb.gains(at, values, frames);
        }
        for (int c = 0; c < signal.channels(); c++) {
            if (flat) {
                Mixing.scale(from.channel(c), gain, signal.channel(c), frames);
            } else {
                Mixing.scale(from.channel(c), values, signal.channel(c), frames);
            }
        }
    }

    /** Adds the signal to the node it goes to; {@link #compute} was called for the same frames. */
    @Override
    public void addTo(AudioBlock to, long start, int frames) {
        if (edge.silent() && edge.delayFrames() == 0) {
            return;
        }
        if (kept) {
            for (int c = 0; c < to.channels(); c++) {
                Mixing.add(signal.channel(c), 1.0, to.channel(c), frames);
            }
        } else if (!silence.getAsBoolean()) {
            setGains(start, frames);
            add(from.channel(LEFT), leftGains[0], leftGain[0], to.channel(LEFT), frames);
            add(from.channel(mono ? LEFT : RIGHT), rightGains[0], rightGain[0], to.channel(RIGHT), frames);
        }
    }

    private void setGains(long start, int frames) {
        long at = start - lateness;
        moving = !(gainDb.isFlat(at, frames)
                && gate.isFlat(at, frames)
                && pan.isFlat(at, frames)
                && panRight.isFlat(at, frames)
                && width.isFlat(at, frames));
        if (moving) {
            place(at, frames);
            gainDb.gains(at, values, frames);
            multiply(frames);
            if (!gate.isFlat(at, frames) || gate.valueAt(at) != 1) {
                gate.values(at, values, frames);
                multiply(frames);
            }
        } else {
            place(at);
            double gain = gainDb.gainAt(at) * gate.valueAt(at);
            for (int c = 0; c < 2; c++) {
                leftGain[c] *= gain;
                rightGain[c] *= gain;
            }
        }
    }

    private void multiply(int frames) {
        for (int c = 0; c < leftGains.length; c++) {
            Mixing.multiply(leftGains[c], values, frames);
            Mixing.multiply(rightGains[c], values, frames);
        }
    }

    /** The gains of pan and width at one frame. */
    private void place(long at) {
        double p = pan.valueAt(at);
        double law = edge.panning().lawDb();
        if (apart) {
            leftGain[0] = mono ? PanLaw.mono(-p, law) : PanLaw.balance(-p);
            rightGain[0] = mono ? PanLaw.mono(p, law) : PanLaw.balance(p);
            return;
        }
        boolean dual = edge.panning().mode() == PanMode.DUAL;
        double q = panRight.valueAt(at);
        leftGain[0] = dual ? PanLaw.mono(-p, law) : PanLaw.balance(-p);
        leftGain[1] = dual ? PanLaw.mono(-q, law) : 0;
        rightGain[0] = dual ? PanLaw.mono(p, law) : 0;
        rightGain[1] = dual ? PanLaw.mono(q, law) : PanLaw.balance(p);
        double w = width.valueAt(at);
        widen(leftGain, w);
        widen(rightGain, w);
    }

    /** Width before pan: what the pan takes from each channel, it takes from both, near and far. */
    private static void widen(double[] gains, double width) {
        double near = 0.5 * (1 + width);
        double far = 0.5 * (1 - width);
        double first = gains[0];
        gains[0] = first * near + gains[1] * far;
        gains[1] = first * far + gains[1] * near;
    }

    /** The same frame by frame. */
    private void place(long at, int frames) {
        double law = edge.panning().lawDb();
        pan.values(at, values, frames);
        if (apart && mono) {
            PanLaw.mono(values, law, leftGains[0], rightGains[0], frames);
        } else if (apart) {
            PanLaw.balance(values, leftGains[0], rightGains[0], frames);
        } else {
            for (int i = 0; i < frames; i++) {
                place(at + i);
                for (int c = 0; c < 2; c++) {
                    leftGains[c][i] = leftGain[c];
                    rightGains[c][i] = rightGain[c];
                }
            }
        }
    }

    private void add(double[] x, double[] gains, double gain, double[] to, int frames) {
        if (moving) {
            Mixing.add(x, gains, to, frames);
        } else if (gain != 0) {
            Mixing.add(x, gain, to, frames);
        }
    }

    /** One side of the signal from both channels, or from the one of its own side where they stay apart. */
    private void scale(double[][] gains, double[] gain, double[] to, int frames) {
        boolean left = gains == leftGains;
        if (!apart) {
            double[] l = from.channel(LEFT);
            double[] r = from.channel(RIGHT);
            if (moving) {
                Mixing.combine(l, gains[0], r, gains[1], to, frames);
            } else {
                Mixing.combine(l, gain[0], r, gain[1], to, frames);
            }
            return;
        }
        double[] x = from.channel(mono || left ? LEFT : RIGHT);
        if (moving) {
            Mixing.scale(x, gains[0], to, frames);
        } else {
            Mixing.scale(x, gain[0], to, frames);
        }
    }
}
