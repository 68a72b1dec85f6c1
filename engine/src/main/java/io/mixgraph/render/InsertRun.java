package io.mixgraph.render;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.ChannelLayout;
import io.mixgraph.dsp.Biquad;
import io.mixgraph.dsp.BiquadCascade;
import io.mixgraph.dsp.BiquadDesign;
import io.mixgraph.dsp.DelayLine;
import io.mixgraph.dsp.Mixing;
import io.mixgraph.fx.Nature;
import io.mixgraph.model.InsertChannels;
import io.mixgraph.model.Key;
import io.mixgraph.routing.EffectSlot;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An effect in its place: takes what of the signal goes through it, filters the key, runs the effect, mixes dry and
 * wet, and puts the rest of the signal back beside it, as late as the effect. Used by one thread at a time.
 */
final class InsertRun implements InsertChain.Stage {
    private final EffectSlot slot;
    private final AudioFormat main;
    private final int latency;
    private final int capacity;
    private final InsertChannels channels;
    private final CurveRun mix;
    private final boolean mixed;
    private final long lateness;
    private final EffectRun effect;
    private final @Nullable AudioBlock key;
    private final @Nullable BiquadCascade keyFilter;
    private final AudioBlock filteredKey;

    /** The part of a stereo signal that goes through, and the part that passes, when it is not all of it. */
    private final AudioBlock through;

    private final AudioBlock beside;
    private final DelayLine besideDelay;
    private final AudioBlock dry;
    private final DelayLine dryDelay;
    private final double[] wetness;

    /** What a nonlinear effect added to the signal, when somebody wants to know. */
    private final @Nullable AudioBlock added;

    private final DelayLine passedDelay;

    /**
     * @param slot what to run
     * @param main MAIN's format
     * @param key the signal that drives its detector; null for the signal itself
     * @param lateness by how much MAIN is late here against the timeline
     * @param followed whether parts of the signal will follow it
     * @param capacity the largest block
     */
    InsertRun(
            EffectSlot slot,
            AudioFormat main,
            @Nullable AudioBlock key,
            long lateness,
            boolean followed,
            int capacity) {
        this(slot, main, key, lateness, followed, capacity, null);
    }

    private InsertRun(
            EffectSlot slot,
            AudioFormat main,
            @Nullable AudioBlock key,
            long lateness,
            boolean followed,
            int capacity,
            double @Nullable [][] curves) {
        int rate = main.sampleRate();
        this.slot = slot;
        this.main = main;
        this.latency = slot.latencyFrames(rate);
        this.capacity = capacity;
        this.channels = main.channels() == 1 ? onMono(slot.channels()) : slot.channels();
        boolean all = channels == InsertChannels.STEREO;
        AudioFormat inside = all ? main : new AudioFormat(rate, ChannelLayout.MONO);
        AudioFormat keyFormat = key == null ? inside : new AudioFormat(rate, ChannelLayout.ofCount(key.channels()));
        this.key = key;
        this.lateness = lateness;
        this.effect = curves == null
                ? new EffectRun(slot, inside, keyFormat, capacity)
                : EffectRun.following(curves, slot, inside, capacity);
        List<Biquad> filter = curves == null ? keyFilter(slot.key(), rate) : List.of();
        this.keyFilter = filter.isEmpty() ? null : new BiquadCascade(filter, keyFormat.channels());
        this.filteredKey = new AudioBlock(keyFormat.channels(), filter.isEmpty() ? 1 : capacity);
        this.through = new AudioBlock(1, all ? 1 : capacity);
        this.beside = new AudioBlock(1, all ? 1 : capacity);
        this.besideDelay = new DelayLine(1, latency);
        this.mix = new CurveRun(slot.mix());
        this.mixed = !(slot.mix().isConstant() && slot.mix().value(0) == 1);
        this.dry = new AudioBlock(inside.channels(), mixed ? capacity : 1);
        this.dryDelay = new DelayLine(inside.channels(), mixed ? latency : 0);
        this.wetness = new double[mixed ? capacity : 0];
        boolean adds = followed && slot.effect().nature() == Nature.NONLINEAR;
        this.added = adds ? new AudioBlock(main.channels(), capacity) : null;
        this.passedDelay = new DelayLine(main.channels(), adds ? latency : 0);
    }

    /**
     * The same insert on a part of the signal: moved by the curves that this one found, or, when its effect is not
     * linear, only as late; what such an effect adds is in {@link #added}.
     */
    InsertChain.Stage follower() {
        if (slot.effect().nature() == Nature.NONLINEAR) {
            DelayLine delay = new DelayLine(main.channels(), latency);
            return (signal, start, frames) -> delay.process(signal, frames);
        }
        return new InsertRun(slot, main, null, lateness, false, capacity, effect.curves());
    }

    /** What the effect added to the last block; null for an effect that followers do without a difference. */
    @Nullable
    AudioBlock added() {
        return added;
    }

    /** On one channel mid and left are all there is; side and right are nothing, which {@code SIDE} stands for. */
    private static InsertChannels onMono(InsertChannels channels) {
        return switch (channels) {
            case STEREO, MID, LEFT -> InsertChannels.STEREO;
            case SIDE, RIGHT -> InsertChannels.SIDE;
        };
    }

    private static List<Biquad> keyFilter(@Nullable Key key, int rate) {
        List<Biquad> sections = new ArrayList<>();
        if (key != null && key.highpassHz() != null) {
            sections.addAll(BiquadDesign.butterworthHighpass(key.highpassHz(), 2, rate));
        }
        if (key != null && key.lowpassHz() != null) {
            sections.addAll(BiquadDesign.butterworthLowpass(key.lowpassHz(), 2, rate));
        }
        return sections;
    }

    /**
     * Runs it in place.
     *
     * @param main the node's signal
     * @param start the render's frame that the first frame is
     */
    @Override
    public void process(AudioBlock main, long start, int frames) {
        if (added == null) {
            pass(main, start - lateness, frames);
            return;
        }
        added.copyFrom(main, frames);
        passedDelay.process(added, frames);
        pass(main, start - lateness, frames);
        for (int c = 0; c < main.channels(); c++) {
            Mixing.difference(main.channel(c), added.channel(c), frames);
        }
    }

    private void pass(AudioBlock main, long at, int frames) {
        if (channels == InsertChannels.STEREO) {
            run(main, at, frames);
        } else if (main.channels() == 1) {
            besideDelay.process(main, frames);
        } else {
            split(main, frames);
            run(through, at, frames);
            besideDelay.process(beside, frames);
            join(main, frames);
        }
    }

    private void run(AudioBlock signal, long at, int frames) {
        AudioBlock driver = key == null ? signal : key;
        if (keyFilter != null) {
            filteredKey.copyFrom(driver, frames);
            keyFilter.process(filteredKey, frames);
            driver = filteredKey;
        }
        if (mixed) {
            dry.copyFrom(signal, frames);
            dryDelay.process(dry, frames);
        }
        effect.process(signal, driver, at, frames);
        if (mixed) {
            mix.values(at, wetness, frames);
            for (int c = 0; c < signal.channels(); c++) {
                Mixing.crossfade(dry.channel(c), wetness, signal.channel(c), frames);
            }
        }
    }

    private void split(AudioBlock main, int frames) {
        double[] l = main.channel(0);
        double[] r = main.channel(1);
        switch (channels) {
            case MID -> Mixing.midSide(l, r, through.channel(0), beside.channel(0), frames);
            case SIDE -> Mixing.midSide(l, r, beside.channel(0), through.channel(0), frames);
            case LEFT -> copy(l, r, frames);
            default -> copy(r, l, frames);
        }
    }

    private void copy(double[] in, double[] past, int frames) {
        System.arraycopy(in, 0, through.channel(0), 0, frames);
        System.arraycopy(past, 0, beside.channel(0), 0, frames);
    }

    private void join(AudioBlock main, int frames) {
        double[] l = main.channel(0);
        double[] r = main.channel(1);
        switch (channels) {
            case MID -> Mixing.leftRight(through.channel(0), beside.channel(0), l, r, frames);
            case SIDE -> Mixing.leftRight(beside.channel(0), through.channel(0), l, r, frames);
            case LEFT -> {
                System.arraycopy(through.channel(0), 0, l, 0, frames);
                System.arraycopy(beside.channel(0), 0, r, 0, frames);
            }
            default -> {
                System.arraycopy(through.channel(0), 0, r, 0, frames);
                System.arraycopy(beside.channel(0), 0, l, 0, frames);
            }
        }
    }
}
