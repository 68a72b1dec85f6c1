package io.mixgraph.preset;

import io.mixgraph.model.Insert;
import java.util.List;

/**
 * A chain of effects by name.
 *
 * @param inserts in order, at least one; none has a key, because a preset knows no tracks
 */
public record FxPreset(String name, int version, String doc, List<Insert> inserts) implements Preset {
    public FxPreset {
        inserts = List.copyOf(inserts);
    }
}
