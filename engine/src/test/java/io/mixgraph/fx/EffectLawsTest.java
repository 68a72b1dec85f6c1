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
        // Oversampling filters have linear phase. A crusher may round the impulse away, and begins with noise.
        return effect instanceof Saturation
                ? Onset.PEAK
                : effect instanceof Delay || effect instanceof BitCrush ? Onset.LATER : Onset.FIRST;
    }

    @Override
    protected boolean keepsChannelsEqual(Effect effect) {
        // Dither differs from channel to channel.
        return !(effect instanceof Delay delay && delay.pingPong())
                && !(effect instanceof BitCrush crush && crush.dither() == BitCrush.Dither.TPDF);
    }
}
