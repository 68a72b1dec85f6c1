package org.example.onepole;

import io.mixgraph.fx.EffectType;
import io.mixgraph.testing.EffectLaws;
import java.util.List;

/** The laws of all effects, over ours. */
class OnePoleLawsTest extends EffectLaws {
    @Override
    protected List<EffectType> types() {
        return new OnePoleProvider().types();
    }
}
