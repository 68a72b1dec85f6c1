package io.mixgraph.render;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.Decibels;
import io.mixgraph.audio.Dither;
import io.mixgraph.audio.SampleEncoding;
import io.mixgraph.dsp.DelayLine;
import io.mixgraph.dsp.Quantiser;
import io.mixgraph.fx.Detector;
import io.mixgraph.fx.Limiter;
import io.mixgraph.loudness.Loudness;
import io.mixgraph.loudness.LoudnessMeter;
import io.mixgraph.testing.MemorySource;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A master after a gain and a limiter, computed whole, without anything of what finishes files.
 *
 * @param loudness what a meter reads of it
 * @param hopEnergies likewise
 * @param reductionDb the most that the limiter took away
 */
record Finished(Loudness loudness, List<Double> hopEnergies, double reductionDb) {
    static Finished of(MemorySource master, double gainDb, @Nullable Limiter limiter) {
        return of(master, gainDb, limiter, false);
    }

    static Finished rounded(MemorySource master, double gainDb, @Nullable Limiter limiter) {
        return of(master, gainDb, limiter, true);
    }

    private static Finished of(MemorySource master, double gainDb, @Nullable Limiter limiter, boolean rounded) {
        int rate = master.format().sampleRate();
        int channels = master.format().channels();
        int frames = (int) master.frames();
        int lookahead = limiter == null ? 0 : limiter.lookaheadFrames(rate);
        double gain = Decibels.toGain(gainDb);
        AudioBlock block = new AudioBlock(channels, frames + lookahead);
        for (int c = 0; c < channels; c++) {
            for (int i = 0; i < frames; i++) {
                block.channel(c)[i] = gain * master.channel(c)[i];
            }
        }
        double lowest = 1.0;
        if (limiter != null) {
            double[][] curves = new double[1][frames + lookahead];
            Detector detector = Objects.requireNonNull(limiter.newDetector(master.format()));
            detector.detect(block, frames + lookahead, curves);
            new DelayLine(channels, lookahead).process(block, frames + lookahead);
            limiter.newApplicator(master.format()).apply(block, frames + lookahead, curves);
            lowest = Arrays.stream(curves[0]).min().orElse(1.0);
        }
        AudioBlock file = new AudioBlock(channels, frames);
        for (int c = 0; c < channels; c++) {
            System.arraycopy(block.channel(c), lookahead, file.channel(c), 0, frames);
        }
        if (rounded) {
            new Quantiser(SampleEncoding.PCM24, Dither.NONE, rate, 0).quantise(file, frames);
        }
        LoudnessMeter meter = new LoudnessMeter(master.format());
        meter.process(file, frames);
        Loudness loudness = meter.result();
        return new Finished(
                loudness, Arrays.stream(meter.hopEnergies()).boxed().toList(), 0.0 - Decibels.fromGain(lowest));
    }

    double lufs() {
        return loudness.integratedLufs();
    }
}
