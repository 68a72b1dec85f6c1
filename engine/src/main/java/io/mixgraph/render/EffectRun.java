package io.mixgraph.render;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.dsp.DelayLine;
import io.mixgraph.fx.Applicator;
import io.mixgraph.fx.Detector;
import io.mixgraph.fx.Effect;
import io.mixgraph.routing.EffectSlot;
import org.jspecify.annotations.Nullable;

/**
 * One effect at work: its detector sees MAIN (or the key) now, its applicator sees MAIN later by the look-ahead. Both
 * follow the parameters that move, each at the timeline of what it sees. Used by one thread at a time.
 */
final class EffectRun {
    private final @Nullable Detector detector;
    private final Applicator applicator;
    private final int lookaheadFrames;
    private final DelayLine lookahead;
    private final double[][] curves;

    /** What follows is for parameters that move; null when none does. */
    private final @Nullable ParameterRun parameters;

    private final AudioBlock mainPart;
    private final AudioBlock keyPart;
    private final double[][] curvePart;
    private long detectorStretch = Long.MAX_VALUE;
    private long applicatorStretch = Long.MAX_VALUE;

    /**
     * @param slot what to run, and the curves of its parameters
     * @param main MAIN's format
     * @param key the key signal's format; MAIN's when the effect has no key
     * @param capacity the largest block that will be given
     */
    EffectRun(EffectSlot slot, AudioFormat main, AudioFormat key, int capacity) {
        this(slot, main, key, capacity, slot.effect().newDetector(key), curves(slot.effect(), capacity));
    }

    /** An effect whose parameters do not move. */
    EffectRun(Effect effect, AudioFormat format, int capacity) {
        this(EffectSlot.of(effect), format, format, capacity);
    }

    private EffectRun(
            EffectSlot slot,
            AudioFormat main,
            AudioFormat key,
            int capacity,
            @Nullable Detector detector,
            double[][] curves) {
        Effect effect = slot.effect();
        this.detector = detector;
        this.applicator = effect.newApplicator(main);
        this.lookaheadFrames = effect.lookaheadFrames(main.sampleRate());
        this.lookahead = new DelayLine(main.channels(), lookaheadFrames);
        this.curves = curves;
        this.parameters = slot.curves().isEmpty() ? null : new ParameterRun(slot);
        int partCapacity = parameters == null ? 1 : capacity;
        this.mainPart = new AudioBlock(main.channels(), partCapacity);
        this.keyPart = new AudioBlock(key.channels(), partCapacity);
        this.curvePart = new double[curves.length][partCapacity];
    }

    /**
     * The same effect on another signal: it has no detector of its own, and is moved by curves that were found on the
     * first. Linear or controlled, it so does to a part of a signal what it did to the whole.
     *
     * @param curves found for the same frames; {@link #curves} of the first, or a copy
     */
    static EffectRun following(double[][] curves, EffectSlot slot, AudioFormat main, int capacity) {
        return new EffectRun(slot, main, main, capacity, null, curves);
    }

    private static double[][] curves(Effect effect, int capacity) {
        return new double[effect.curveCount()][capacity];
    }

    /**
     * Runs the effect in place.
     *
     * @param main the signal, changed in place
     * @param key the signal that drives the detector: {@code main} itself, or the key's
     * @param start the frame of the timeline that the first of them belongs to
     * @param frames how many frames of both are valid
     */
    void process(AudioBlock main, AudioBlock key, long start, int frames) {
        if (parameters == null) {
            if (detector != null) {
                detector.detect(key, frames, curves);
            }
            lookahead.process(main, frames);
            applicator.apply(main, frames, curves);
        } else {
            if (detector != null) {
                detect(detector, parameters, key, start, frames);
            }
            lookahead.process(main, frames);
            apply(parameters, main, start - lookaheadFrames, frames);
        }
    }

    private void detect(Detector moved, ParameterRun moving, AudioBlock key, long start, int frames) {
        int done = 0;
        while (done < frames) {
            long at = start + done;
            if (moving.start(at) != detectorStretch) {
                detectorStretch = moving.start(at);
                moved.retune(moving.at(at));
            }
            int run = (int) Math.min(frames - done, moving.end(at) - at);
            for (int c = 0; c < keyPart.channels(); c++) {
                System.arraycopy(key.channel(c), done, keyPart.channel(c), 0, run);
            }
            moved.detect(keyPart, run, curvePart);
            for (int i = 0; i < curves.length; i++) {
                System.arraycopy(curvePart[i], 0, curves[i], done, run);
            }
            done += run;
        }
    }

    private void apply(ParameterRun moving, AudioBlock main, long start, int frames) {
        int done = 0;
        while (done < frames) {
            long at = start + done;
            long end = moving.end(at);
            if (moving.start(at) != applicatorStretch) {
                applicatorStretch = moving.start(at);
                if (moving.slopes(at)) {
                    applicator.glide(moving.at(at), moving.towards(at, end), (int) (end - at));
                } else {
                    applicator.retune(moving.at(at));
                }
            }
            int run = (int) Math.min(frames - done, end - at);
            for (int c = 0; c < mainPart.channels(); c++) {
                System.arraycopy(main.channel(c), done, mainPart.channel(c), 0, run);
            }
            for (int i = 0; i < curves.length; i++) {
                System.arraycopy(curves[i], done, curvePart[i], 0, run);
            }
            applicator.apply(mainPart, run, curvePart);
            for (int c = 0; c < mainPart.channels(); c++) {
                System.arraycopy(mainPart.channel(c), 0, main.channel(c), done, run);
            }
            done += run;
        }
    }

    /** The control curves as the last block left them. */
    double[][] curves() {
        return curves;
    }
}
