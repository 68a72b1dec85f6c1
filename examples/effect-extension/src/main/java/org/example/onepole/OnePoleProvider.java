package org.example.onepole;

import io.mixgraph.fx.EffectProvider;
import io.mixgraph.fx.EffectType;
import java.util.List;

/** Brings the effects of this jar. */
public final class OnePoleProvider implements EffectProvider {
    /** Called by the service loader. */
    public OnePoleProvider() {}

    @Override
    public List<EffectType> types() {
        return List.of(new EffectType("example_one_pole", 1, OnePole.class, "Takes away highs, ever so gently."));
    }
}
