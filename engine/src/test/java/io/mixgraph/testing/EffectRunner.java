package io.mixgraph.testing;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.ChannelLayout;
import io.mixgraph.fx.Applicator;
import io.mixgraph.fx.Detector;
import io.mixgraph.fx.Effect;
import java.util.Arrays;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs an effect over signals: the detector on the driver, MAIN delayed by the look-ahead into the applicator. A signal
 * goes on where the last one ended.
 */
public final class EffectRunner {
    private final Effect effect;
    private final int channels;
    private final @Nullable Detector detector;
    private final Applicator applicator;

    /** The end of MAIN, as long as the look-ahead, which has not come through yet. */
    private final double[][] late;

    /** A fresh effect at a rate, mono or stereo. */
    public EffectRunner(Effect effect, int rate, int channels) {
        AudioFormat format = new AudioFormat(rate, ChannelLayout.ofCount(channels));
        this.effect = effect;
        this.channels = channels;
        this.detector = effect.newDetector(format);
        this.applicator = effect.newApplicator(format);
        this.late = new double[channels][effect.lookaheadFrames(rate)];
    }

    /** The output for a signal that drives itself. */
    public double[][] run(double[][] main, IntSupplier blockFrames) {
        return run(main, main, blockFrames);
    }

    /** The output for MAIN driven by another signal of the same shape. */
    public double[][] run(double[][] main, double[][] driver, IntSupplier blockFrames) {
        return apply(main, curves(driver, blockFrames), blockFrames);
    }

    /** The control curves for a driving signal. */
    public double[][] curves(double[][] driver, IntSupplier blockFrames) {
        int length = driver[0].length;
        double[][] curves = new double[effect.curveCount()][length];
        if (detector == null) {
            return curves;
        }
        for (int from = 0; from < length; ) {
            int frames = Math.min(blockFrames.getAsInt(), length - from);
            double[][] part = new double[curves.length][frames];
            detector.detect(block(driver, from, frames), frames, part);
            for (int i = 0; i < curves.length; i++) {
                System.arraycopy(part[i], 0, curves[i], from, frames);
            }
            from += frames;
        }
        return curves;
    }

    /** The output for MAIN under given control curves. */
    public double[][] apply(double[][] main, double[][] curves, IntSupplier blockFrames) {
        int length = main[0].length;
        double[][] delayed = new double[channels][];
        double[][] out = new double[channels][length];
        for (int c = 0; c < channels; c++) {
            int lookahead = late[c].length;
            delayed[c] = Arrays.copyOf(late[c], lookahead + length);
            System.arraycopy(main[c], 0, delayed[c], lookahead, length);
            System.arraycopy(delayed[c], length, late[c], 0, lookahead);
        }
        for (int from = 0; from < length; ) {
            int frames = Math.min(blockFrames.getAsInt(), length - from);
            double[][] part = new double[curves.length][frames];
            for (int i = 0; i < curves.length; i++) {
                System.arraycopy(curves[i], from, part[i], 0, frames);
            }
            AudioBlock block = block(delayed, from, frames);
            applicator.apply(block, frames, part);
            for (int c = 0; c < channels; c++) {
                System.arraycopy(block.channel(c), 0, out[c], from, frames);
            }
            from += frames;
        }
        return out;
    }

    /** Returns to the state of a fresh one. */
    public void reset() {
        if (detector != null) {
            detector.reset();
        }
        applicator.reset();
        for (double[] channel : late) {
            Arrays.fill(channel, 0);
        }
    }

    /** Goes on with other parameters. */
    public void retune(Effect other) {
        if (detector != null) {
            detector.retune(other);
        }
        applicator.retune(other);
    }

    private static AudioBlock block(double[][] x, int from, int frames) {
        AudioBlock block = new AudioBlock(x.length, frames);
        for (int c = 0; c < x.length; c++) {
            System.arraycopy(x[c], from, block.channel(c), 0, frames);
        }
        return block;
    }
}
