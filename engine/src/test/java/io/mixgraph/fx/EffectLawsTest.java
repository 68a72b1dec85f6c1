package io.mixgraph.fx;

import io.mixgraph.testing.EffectLaws;
import java.util.List;

/** The laws over the whole catalogue. */
class EffectLawsTest extends EffectLaws {
    @Override
    protected List<EffectType> types() {
        return EffectCatalogue.types();
    }

    @Override
    protected boolean keepsChannelsEqual(Effect effect) {
        // Two equal channels are 3 LU louder than one.
        return !(effect instanceof Leveller);
    }
}
