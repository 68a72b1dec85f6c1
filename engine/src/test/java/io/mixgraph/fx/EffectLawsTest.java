package io.mixgraph.fx;

import io.mixgraph.testing.EffectLaws;
import java.util.List;

/** The laws over the whole catalogue. */
class EffectLawsTest extends EffectLaws {
    @Override
    protected List<EffectType> types() {
        return EffectCatalogue.types();
    }
}
