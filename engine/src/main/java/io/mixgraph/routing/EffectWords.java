package io.mixgraph.routing;

import io.mixgraph.audio.Numbers;
import io.mixgraph.fx.Effect;
import io.mixgraph.fx.EffectCatalogue;
import io.mixgraph.fx.RecordShape;
import io.mixgraph.fx.Recording;
import io.mixgraph.model.InsertChannels;
import io.mixgraph.model.Key;
import java.util.ArrayList;
import java.util.List;

/** Effects as people say them. */
public final class EffectWords {
    private EffectWords() {}

    /** An effect in its place: with every parameter that it has, and what of its place is not as usual. */
    public static String of(EffectSlot slot) {
        List<String> words = parameters(slot.effect());
        if (!slot.mix().isConstant()) {
            words.add("mix over " + slot.mix().size() + " points");
        } else if (slot.mix().value(0) != 1) {
            words.add("mix " + Numbers.text(slot.mix().value(0)));
        }
        if (slot.channels() != InsertChannels.STEREO) {
            words.add("on " + GraphText.word(slot.channels()));
        }
        if (slot.key() != null) {
            words.add(key(slot.key()));
        }
        slot.curves().forEach((path, curve) -> words.add(path + " over " + curve.size() + " points"));
        return name(slot.effect()) + (words.isEmpty() ? "" : ": " + String.join(", ", words));
    }

    /** {@code key kick pre_fader, from 90 Hz, to 5000 Hz}; a key without a strip is the signal itself. */
    private static String key(Key key) {
        return "key " + (key.from() == null ? "itself" : key.from() + " " + GraphText.word(key.tap()))
                + (key.highpassHz() == null ? "" : " from " + Numbers.text(key.highpassHz()) + " Hz")
                + (key.lowpassHz() == null ? "" : " to " + Numbers.text(key.lowpassHz()) + " Hz");
    }

    /** An effect with every parameter that it has: {@code compressor: threshold -18 dB, ratio 3, attack 10 ms}. */
    public static String of(Effect effect) {
        return of(EffectSlot.of(effect));
    }

    /** What documents call it. */
    public static String name(Effect effect) {
        return EffectCatalogue.of(effect).name();
    }

    /** Each parameter with its value and unit, in declared order; those that are not given are left out. */
    public static List<String> parameters(Effect effect) {
        return words(effect);
    }

    private static List<String> words(Object record) {
        List<String> words = new ArrayList<>();
        for (RecordShape.Field field : RecordShape.of(record.getClass()).fields()) {
            Object value = field.get(record);
            if (value instanceof Boolean flag) {
                if (flag) {
                    words.add(label(field));
                }
            } else if (value instanceof Recording recording) {
                words.add(label(field) + " " + recording.name());
            } else if (value instanceof List<?> list) {
                list.forEach(item -> words.add("(" + String.join(", ", words(item)) + ")"));
            } else if (value != null) {
                String unit = field.unit();
                words.add(label(field) + " " + GraphText.value(value) + (unit.isEmpty() ? "" : " " + unit));
            }
        }
        return words;
    }

    /** {@code threshold_db} is the threshold, its unit comes after the value. */
    private static String label(RecordShape.Field field) {
        String name = field.name();
        return (field.unit().isEmpty() ? name : name.substring(0, name.lastIndexOf('_'))).replace('_', ' ');
    }
}
