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
        return effect instanceof Reverb || effect instanceof Convolution ? Onset.LATER : Onset.FIRST;
    }

    @Override
    protected boolean keepsChannelsEqual(Effect effect) {
        boolean stereoResponse = effect instanceof Convolution convolution
                && convolution.impulse().opened().format().channels() == 2;
        // Two equal channels are 3 LU louder than one, which the leveller hears.
        return !(effect instanceof Leveller || effect instanceof Reverb || stereoResponse);
    }
}
