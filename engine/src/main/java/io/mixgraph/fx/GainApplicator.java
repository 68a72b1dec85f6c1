package io.mixgraph.fx;

import io.mixgraph.audio.AudioBlock;

/**
 * Multiplies each channel by a control curve of linear gains: its own where there are several, the last where there are
 * fewer than channels. Remembers nothing.
 */
final class GainApplicator implements Applicator {
    @Override
    public void apply(AudioBlock main, int frames, double[][] curves) {
        for (int c = 0; c < main.channels(); c++) {
            double[] gain = curves[Math.min(c, curves.length - 1)];
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
