package io.mixgraph.model;

import io.mixgraph.fx.Effect;
import io.mixgraph.fx.Inline;
import io.mixgraph.fx.Parameter;
import io.mixgraph.fx.RecordShape;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An effect in its place in a strip, with what the engine does for every effect: bypass, dry and wet, mid and side, the
 * key, and parameters that move. Documents write the effect's own parameters beside these.
 *
 * @param effect the effect, with the values of parameters that nothing automates
 */
public record Insert(
        @Inline Effect effect,

        @Parameter(doc = "Whether it is left out.", absent = "false")
        boolean bypass,

        @Parameter(
                doc = "How much of it is heard: 0 only the signal before it, 1 only after it.",
                min = 0,
                max = 1,
                absent = "1")
        double mix,

        @Parameter(doc = "What of a stereo signal goes through it; the rest passes.", absent = "stereo")
        InsertChannels channels,

        @Parameter(
                doc =
                        "What drives its detector, in place of the signal itself: a track or bus, or {from, tap, highpass_hz, lowpass_hz}.")
        @Nullable
        Key key,

        @Parameter(doc = "Curves over time, in place of values: {parameter: [[time_s, value], …]}.")
        Map<String, List<Automation.Point>> automation) {

    /** The one parameter of an insert itself that can be automated. */
    public static final String MIX = "mix";

    private static final ClassValue<RecordShape<Insert>> SHAPES = new ClassValue<>() {
        @Override
        protected RecordShape<Insert> computeValue(Class<?> effect) {
            return RecordShape.of(Insert.class, effect);
        }
    };

    public Insert {
        channels = channels == null ? InsertChannels.STEREO : channels;
        Map<String, List<Automation.Point>> curves = new LinkedHashMap<>();
        if (automation != null) {
            automation.forEach((parameter, points) -> curves.put(parameter, Normal.copy(points)));
        }
        automation = Collections.unmodifiableMap(curves);
    }

    /** An effect plainly inserted. */
    public static Insert of(Effect effect) {
        return new Insert(effect, false, 1, InsertChannels.STEREO, null, Map.of());
    }

    /** The written form of an insert of one kind of effect: the effect's parameters, then the insert's. */
    public static RecordShape<Insert> shape(Class<? extends Effect> effect) {
        return SHAPES.get(effect);
    }

    /**
     * The field that a curve of {@link #automation} moves: {@code mix} or one of the effect's, in a list by its index:
     * {@code bands/0/gain_db}. Null when there is none.
     */
    public RecordShape.@Nullable Field parameter(String path) {
        RecordShape.Field own = path.equals(MIX) ? shape(effect.getClass()).field(MIX) : null;
        return own != null ? own : RecordShape.at(effect, path);
    }

    public Insert withKey(Key newKey) {
        return new Insert(effect, bypass, mix, channels, newKey, automation);
    }

    public Insert withMix(double newMix) {
        return new Insert(effect, bypass, newMix, channels, key, automation);
    }

    public Insert withBypass(boolean newBypass) {
        return new Insert(effect, newBypass, mix, channels, key, automation);
    }

    public Insert withChannels(InsertChannels newChannels) {
        return new Insert(effect, bypass, mix, newChannels, key, automation);
    }

    public Insert withAutomation(Map<String, List<Automation.Point>> curves) {
        return new Insert(effect, bypass, mix, channels, key, curves);
    }
}
