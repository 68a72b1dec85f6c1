package io.mixgraph.routing;

import io.mixgraph.model.Automation;
import io.mixgraph.model.Channel;
import io.mixgraph.model.InputMode;
import io.mixgraph.model.Insert;
import io.mixgraph.model.PanMode;
import io.mixgraph.model.Send;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A track or a bus with everything decided: presets merged, effects found, its output known.
 *
 * @param kind track or bus
 * @param id its id
 * @param name what to call it
 * @param pointer where the document writes it; null for a bus that only its preset has
 * @param inserts its effects, in order, those that are bypassed left out
 * @param fxPreset the versioned name of the FX preset that they come from, null for none
 * @param channel its settings, presets merged
 * @param panLawDb the pan law where it has none of its own
 * @param output the id of the bus it goes to, or {@code master}
 * @param outputPointer where the document writes that
 */
record Strip(
        Node.Kind kind,
        String id,
        String name,
        @Nullable String pointer,
        List<Placed> inserts,
        @Nullable String fxPreset,
        Channel channel,
        double panLawDb,
        String output,
        String outputPointer) {

    /**
     * An insert and where the document writes it, for problems with it.
     *
     * @param pointer of the insert, or of the preset that brings it
     */
    record Placed(Insert insert, String pointer) {}

    /** Where problems with this strip are shown. */
    String place() {
        return pointer == null ? "/bus_preset" : pointer;
    }

    List<Send> sends() {
        return channel.sends() == null ? List.of() : channel.sends();
    }

    boolean solo() {
        return channel.solo() != null && channel.solo();
    }

    boolean mute() {
        return channel.mute() != null && channel.mute();
    }

    /** Whether it is silent throughout. */
    boolean muted() {
        return mute() && automation().mute().isEmpty();
    }

    boolean phaseInvert() {
        return channel.phaseInvert() != null && channel.phaseInvert();
    }

    InputMode input() {
        return channel.input() == null ? InputMode.STEREO : channel.input();
    }

    int trimDelayFrames() {
        return channel.trimDelayFrames() == null ? 0 : channel.trimDelayFrames();
    }

    Automation automation() {
        return channel.automation() == null ? Automation.NONE : channel.automation();
    }

    /** The fader over the timeline, in dB. */
    Curve fader(int sampleRate) {
        return Curve.of(automation().gainDb(), or(channel.gainDb(), 0), sampleRate);
    }

    /** The gain of its mute over the timeline; a mute that never moves is not in it. */
    Curve gate(int sampleRate) {
        return automation().mute().isEmpty()
                ? Curve.constant(1)
                : Curve.mute(automation().mute(), mute(), sampleRate);
    }

    /** Where its output goes between left and right. */
    Panning panning(int sampleRate) {
        PanMode mode = channel.panMode() == null ? PanMode.BALANCE : channel.panMode();
        Curve pan = mode == PanMode.BALANCE
                ? Curve.of(automation().pan(), or(channel.pan(), 0), sampleRate)
                : Curve.of(automation().panLeft(), or(channel.panLeft(), -1), sampleRate);
        return new Panning(
                mode,
                lawDb(),
                pan,
                mode == PanMode.BALANCE
                        ? Curve.constant(1)
                        : Curve.of(automation().panRight(), or(channel.panRight(), 1), sampleRate),
                Curve.of(automation().width(), or(channel.width(), 1), sampleRate));
    }

    /** The level of each side of a mono signal in the centre. */
    double lawDb() {
        return or(channel.panLawDb(), panLawDb);
    }

    private static double or(@Nullable Double value, double absent) {
        return value == null ? absent : value;
    }
}
