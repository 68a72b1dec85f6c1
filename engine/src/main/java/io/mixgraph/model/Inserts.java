package io.mixgraph.model;

import io.mixgraph.fx.Effect;
import io.mixgraph.fx.Parameter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which effects a strip runs: written out, by a preset, or by a chain of the document; one of the three at most. */
public record Inserts(
        @Parameter(doc = "The effects, in order.") @Nullable List<Insert> fx,

        @Parameter(doc = "A preset's effects, in place of fx.") @Nullable
        String fxPreset,

        @Parameter(doc = "A chain of fx_chains, in place of fx.") @Nullable
        String fxChainId) {
    /** Nothing written. */
    public static final Inserts NONE = new Inserts(null, null, null);

    public Inserts {
        fx = Normal.copyOrNull(fx);
    }

    /** These effects, each plainly inserted. */
    public static Inserts of(List<? extends Effect> effects) {
        return new Inserts(effects.stream().map(Insert::of).toList(), null, null);
    }

    /** A preset's effects. */
    public static Inserts preset(String name) {
        return new Inserts(null, name, null);
    }

    /** These if any of the three is written, else the preset's. */
    public Inserts over(Inserts preset) {
        return fx != null || fxPreset != null || fxChainId != null ? this : preset;
    }
}
