package io.mixgraph.routing;

import io.mixgraph.audio.AudioSource;
import io.mixgraph.fx.Effect;
import io.mixgraph.fx.RecordShape;
import io.mixgraph.fx.Recording;
import io.mixgraph.model.InsertChannels;
import io.mixgraph.model.Key;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An effect in its place in a node, with its curves on the timeline.
 *
 * @param effect with the values of parameters that nothing moves; recordings opened
 * @param mix how much of it is heard, 0 to 1
 * @param channels what of a stereo signal goes through it
 * @param key what drives its detector and how that is filtered; null for the signal itself, unfiltered
 * @param curves the parameters that move, by path, in the order of their names
 */
public record EffectSlot(
        Effect effect,
        Curve mix,
        InsertChannels channels,
        @Nullable Key key,
        Map<String, Curve> curves) {

    public EffectSlot {
        curves = Collections.unmodifiableMap(new LinkedHashMap<>(curves));
    }

    /** An effect as it is, on all of the signal. */
    public static EffectSlot of(Effect effect) {
        return new EffectSlot(effect, Curve.constant(1), InsertChannels.STEREO, null, Map.of());
    }

    /** Whether it is the effect and nothing else. */
    public boolean isPlain() {
        return curves.isEmpty()
                && mix.isConstant()
                && mix.value(0) == 1
                && channels == InsertChannels.STEREO
                && key == null;
    }

    /** Whether another node drives its detector. */
    public boolean isKeyed() {
        return key != null && key.from() != null;
    }

    /** The same with something else in the place of each recording that its effect is made of. */
    public EffectSlot withRecordings(UnaryOperator<AudioSource> change) {
        Effect changed = effect;
        for (RecordShape.Field field : RecordShape.of(effect.getClass()).fields()) {
            if (field.rawType() == Recording.class && field.get(effect) instanceof Recording recording) {
                changed = RecordShape.with(changed, field.name(), recording.opened(change.apply(recording.opened())));
            }
        }
        return changed == effect ? this : new EffectSlot(changed, mix, channels, key, curves);
    }

    /** The effect as it is at a frame of the timeline. */
    public Effect effectAt(long frame) {
        return effectTowards(frame, frame);
    }

    /**
     * The effect as the stretch of its curves that {@code from} is in has it at {@code frame}: where curves jump there,
     * as it is before the jump.
     */
    public Effect effectTowards(long from, long frame) {
        Effect moved = effect;
        for (Map.Entry<String, Curve> entry : curves.entrySet()) {
            Curve curve = entry.getValue();
            moved = RecordShape.with(moved, entry.getKey(), curve.valueIn(curve.segmentAt(from), frame));
        }
        return moved;
    }

    /** By how many frames it delays the signal. */
    public int latencyFrames(int sampleRate) {
        return effect.latencyFrames(sampleRate);
    }

    /** The longest tail that the effect has at any point of its curves. */
    public long tailFrames(int sampleRate) {
        long longest = 0;
        for (Effect form : forms()) {
            longest = Math.max(longest, form.tailFrames(sampleRate));
        }
        return longest;
    }

    /**
     * The effect at every point of its curves, each form of it once.
     *
     * @throws IllegalArgumentException when the curves lead to what the effect cannot be
     */
    public Set<Effect> forms() {
        if (curves.isEmpty()) {
            return Set.of(effect); // Most effects, whose first comparison would be slow: it makes code for it.
        }
        Set<Effect> forms = new LinkedHashSet<>();
        forms.add(effectAt(0));
        for (Curve curve : curves.values()) {
            for (int i = 0; i < curve.size(); i++) {
                forms.add(effectAt(curve.frame(i)));
            }
        }
        return forms;
    }
}
