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
        if (effect instanceof Saturation) {
            // Oversampling filters have linear phase.
            return Onset.PEAK;
        }
        // Of these only echoes come, or noise: a crusher may round the impulse away.
        boolean later = effect instanceof Reverb
                || effect instanceof Convolution
                || effect instanceof Delay
                || effect instanceof BitCrush;
        return later ? Onset.LATER : Onset.FIRST;
    }

    @Override
    protected boolean keepsChannelsEqual(Effect effect) {
        boolean stereoResponse = effect instanceof Convolution convolution
                && convolution.impulse().opened().format().channels() == 2;
        boolean crosses = effect instanceof Delay delay && delay.pingPong();
        boolean noisy = effect instanceof BitCrush crush && crush.dither() == BitCrush.Dither.TPDF;
        // Two equal channels are 3 LU louder than one, which the leveller hears.
        return !(effect instanceof Leveller || effect instanceof Reverb || stereoResponse || crosses || noisy);
    }
}
