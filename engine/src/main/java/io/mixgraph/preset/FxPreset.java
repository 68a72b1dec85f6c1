package io.mixgraph.preset;

import io.mixgraph.fx.Effect;
import java.util.List;

/**
 * A chain of effects by name.
 *
 * @param effects in order, at least one; none has a key, because a preset knows no tracks
 */
public record FxPreset(String name, int version, String doc, List<Effect> effects) implements Preset {
    public FxPreset {
        effects = List.copyOf(effects);
    }
}
