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
    protected Onset onset(Effect effect) {
        // Oversampling filters have linear phase.
        return effect instanceof Saturation ? Onset.PEAK : Onset.FIRST;
    }
}
