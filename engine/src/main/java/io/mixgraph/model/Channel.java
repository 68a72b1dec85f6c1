package io.mixgraph.model;

import io.mixgraph.fx.Inline;
import io.mixgraph.fx.Parameter;
import io.mixgraph.fx.RecordShape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The channel strip that tracks and buses share: input, effects, fader, mute, then image. What is null is not written:
 * it is taken from a preset's bus of the same id, or has the default. Documents write its fields beside those of the
 * track or bus.
 */
public record Channel(
        @Inline Inserts inserts,

        @Parameter(doc = "The fader; 0 when absent.", min = -144, max = 60) @Nullable
        Double gainDb,

        @Parameter(
                doc = "Left to right; 0 when absent. Mono sources: by pan_law_db; stereo and buses: balance.",
                min = -1,
                max = 1)
        @Nullable
        Double pan,

        @Parameter(doc = "Whether it is silent; false when absent.") @Nullable
        Boolean mute,

        @Parameter(doc = "Whether only it and what feeds it are heard; false when absent.") @Nullable
        Boolean solo,

        @Parameter(doc = "Copies of the signal to other buses.") @Nullable
        List<Send> sends,

        @Parameter(doc = "Curves that replace gain_db, pan, width and mute.") @Nullable
        Automation automation,

        @Parameter(
                doc = "Width of a stereo signal: 0 mono, 1 as it is, 2 twice the side; 1 when absent.",
                min = 0,
                max = 2)
        @Nullable
        Double width,

        @Parameter(doc = "Whether a stereo signal has one pan or two; balance when absent.") @Nullable
        PanMode panMode,

        @Parameter(doc = "Where the left channel goes, for pan_mode: dual; -1 when absent.", min = -1, max = 1)
        @Nullable
        Double panLeft,

        @Parameter(doc = "Where the right channel goes, for pan_mode: dual; 1 when absent.", min = -1, max = 1)
        @Nullable
        Double panRight,

        @Parameter(
                doc =
                        "Level of each side of a mono source in the centre: -3, -4.5, -6 or 0; the session's when absent.",
                oneOf = {-6, -4.5, -3, 0})
        @Nullable
        Double panLawDb,

        @Parameter(doc = "What is made of the two input channels; stereo when absent.") @Nullable
        InputMode input,

        @Parameter(doc = "Whether the polarity is turned over at the input; false when absent.") @Nullable
        Boolean phaseInvert,

        @Parameter(
                doc =
                        "Moves the strip's signal later, or earlier when negative, to line up microphones; 0 when absent.",
                min = -1_000_000,
                max = 1_000_000)
        @Nullable
        Integer trimDelayFrames) {

    /** A strip of which nothing is written: unity, in the centre. */
    public static final Channel EMPTY = new Channel(
            Inserts.NONE, null, null, null, null, null, null, null, null, null, null, null, null, null, null);

    public Channel {
        inserts = inserts == null ? Inserts.NONE : inserts;
        sends = Normal.copyOrNull(sends);
    }

    /** This strip laid over a preset's: each field that is written here wins. */
    public Channel over(Channel preset) {
        return new Channel(
                inserts.over(preset.inserts),
                gainDb != null ? gainDb : preset.gainDb,
                pan != null ? pan : preset.pan,
                mute != null ? mute : preset.mute,
                solo != null ? solo : preset.solo,
                sends != null ? sends : preset.sends,
                automation != null ? automation : preset.automation,
                width != null ? width : preset.width,
                panMode != null ? panMode : preset.panMode,
                panLeft != null ? panLeft : preset.panLeft,
                panRight != null ? panRight : preset.panRight,
                panLawDb != null ? panLawDb : preset.panLawDb,
                input != null ? input : preset.input,
                phaseInvert != null ? phaseInvert : preset.phaseInvert,
                trimDelayFrames != null ? trimDelayFrames : preset.trimDelayFrames);
    }

    public Channel withInserts(Inserts newInserts) {
        return new Channel(
                newInserts,
                gainDb,
                pan,
                mute,
                solo,
                sends,
                automation,
                width,
                panMode,
                panLeft,
                panRight,
                panLawDb,
                input,
                phaseInvert,
                trimDelayFrames);
    }

    public Channel withGainDb(double newGainDb) {
        return with("gain_db", newGainDb);
    }

    public Channel withPan(double newPan) {
        return with("pan", newPan);
    }

    public Channel withMute(boolean newMute) {
        return with("mute", newMute);
    }

    public Channel withSolo(boolean newSolo) {
        return with("solo", newSolo);
    }

    public Channel withSends(List<Send> newSends) {
        return with("sends", newSends);
    }

    public Channel withAutomation(Automation newAutomation) {
        return with("automation", newAutomation);
    }

    public Channel withWidth(double newWidth) {
        return with("width", newWidth);
    }

    /** Two pans, one for each side of a stereo signal. */
    public Channel withDualPan(double newPanLeft, double newPanRight) {
        return with("pan_mode", PanMode.DUAL).with("pan_left", newPanLeft).with("pan_right", newPanRight);
    }

    public Channel withPanLawDb(double newPanLawDb) {
        return with("pan_law_db", newPanLawDb);
    }

    public Channel withInput(InputMode newInput) {
        return with("input", newInput);
    }

    public Channel withPhaseInvert(boolean newPhaseInvert) {
        return with("phase_invert", newPhaseInvert);
    }

    public Channel withTrimDelayFrames(int newTrimDelayFrames) {
        return with("trim_delay_frames", newTrimDelayFrames);
    }

    private Channel with(String field, Object value) {
        return RecordShape.with(this, field, value);
    }
}
