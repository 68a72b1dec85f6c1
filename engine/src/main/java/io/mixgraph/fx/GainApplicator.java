package io.mixgraph.fx;

import io.mixgraph.audio.AudioBlock;

/** Multiplies every channel by one control curve of linear gains; remembers nothing. */
final class GainApplicator implements Applicator {
    @Override
    public void apply(AudioBlock main, int frames, double[][] curves) {
        double[] gain = curves[0];
        for (int c = 0; c < main.channels(); c++) {
            double[] x = main.channel(c);
            for (int i = 0; i < frames; i++) {
                x[i] *= gain[i];
            }
        }
    }

    @Override
    public void reset() {
        // Nothing is remembered.
    }

    @Override
    public void retune(Effect effect) {
        // The curve says it all.
    }
}
