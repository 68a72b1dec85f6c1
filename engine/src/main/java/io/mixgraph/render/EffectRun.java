package io.mixgraph.render;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.dsp.DelayLine;
import io.mixgraph.fx.Applicator;
import io.mixgraph.fx.Detector;
import io.mixgraph.fx.Effect;
import org.jspecify.annotations.Nullable;

/**
 * One effect at work: its detector sees MAIN (or the key) now, its applicator sees MAIN later by the look-ahead. Used
 * by one thread at a time.
 */
final class EffectRun {
    private final @Nullable Detector detector;
    private final Applicator applicator;
    private final DelayLine lookahead;
    private final double[][] curves;

    /**
     * @param effect what to run
     * @param main MAIN's format
     * @param key the key signal's format; MAIN's when the effect has no key
     * @param capacity the largest block that will be given
     */
    EffectRun(Effect effect, AudioFormat main, AudioFormat key, int capacity) {
        this.detector = effect.newDetector(key);
        this.applicator = effect.newApplicator(main);
        this.lookahead = new DelayLine(main.channels(), effect.lookaheadFrames(main.sampleRate()));
        this.curves = new double[effect.curveCount()][capacity];
    }

    /**
     * Runs the effect in place.
     *
     * @param main the signal, changed in place
     * @param key the signal that drives the detector: {@code main} itself, or the key's
     * @param frames how many frames of both are valid
     */
    void process(AudioBlock main, AudioBlock key, int frames) {
        if (detector != null) {
            detector.detect(key, frames, curves);
        }
        lookahead.process(main, frames);
        applicator.apply(main, frames, curves);
    }

    /** A control curve as the last block left it. */
    double[] curve(int index) {
        return curves[index];
    }

    /** Returns to the state of a fresh one. */
    void reset() {
        if (detector != null) {
            detector.reset();
        }
        lookahead.reset();
        applicator.reset();
    }
}
