package io.mixgraph.fx;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.AudioSource;
import io.mixgraph.audio.Decibels;
import io.mixgraph.audio.FrameSource;
import io.mixgraph.audio.Numbers;
import io.mixgraph.dsp.Convolver;
import io.mixgraph.dsp.DelayLine;
import io.mixgraph.dsp.Mixing;
import io.mixgraph.dsp.PartitionedImpulse;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Convolution with a recorded impulse response: y[n] = g·Σ h[k]·x[n − k]. Its output is wet only.
 *
 * <p>Each channel is convolved with its own channel of the response. A mono response serves both channels alike; on a
 * mono track a stereo response is first made mono, as the mean of its channels. The response is at the session's rate
 * when it gets here, at most {@value #MAX_SECONDS} seconds long, and kept whole in memory.
 *
 * <p>Without latency its first 256 frames are convolved directly; with latency, which the engine makes up for, that
 * dear part falls away (see {@link PartitionedImpulse}). Both are exact to rounding: below −250 dB of the peak.
 */
@Example("impulse: hall.wav, normalise: true")
public record Convolution(
        @Parameter(doc = "The impulse response: a mono or stereo recording.", required = true)
        Recording impulse,

        @Parameter(doc = "Gain afterwards.", min = -144, max = 60, absent = "0")
        double gainDb,

        @Parameter(doc = "Time before the response begins.", min = 0, max = 500, absent = "0", automatable = false)
        double predelayMs,

        @Parameter(
                doc = "Latency it may have, which makes it cheaper: 0, 256, 1024 or 4096.",
                oneOf = {0, 256, 1024, 4096},
                absent = "0")
        int latencyFrames,

        @Parameter(
                doc = "Whether to scale the response to an energy of 1 per channel, so that noise keeps its level.",
                absent = "false")
        boolean normalise)
        implements Effect {

    /** The longest response. */
    public static final int MAX_SECONDS = 60;

    private static final int READ_FRAMES = 65_536;

    @Override
    public Nature nature() {
        return Nature.LINEAR;
    }

    @Override
    public int applicatorLatencyFrames(int sampleRate) {
        return latencyFrames;
    }

    /** The response's last frame, after the predelay. */
    @Override
    public long tailFrames(int sampleRate) {
        return predelayFrames(sampleRate) + frames(sampleRate) - 1L;
    }

    private int predelayFrames(int sampleRate) {
        return (int) Math.rint(predelayMs / 1000.0 * sampleRate);
    }

    private int frames(int sampleRate) {
        AudioSource source = impulse.opened();
        long frames = source.frames();
        if (frames < 1 || frames > (long) MAX_SECONDS * sampleRate) {
            throw new IllegalArgumentException(
                    "an impulse response is from one frame to " + MAX_SECONDS + " seconds long; " + source.name()
                            + " has " + Numbers.text((double) frames / sampleRate) + " seconds");
        }
        if (source.format().channels() > 2) {
            throw new IllegalArgumentException("an impulse response is mono or stereo; " + source.name() + " has "
                    + source.format().channels() + " channels");
        }
        return (int) frames;
    }

    /**
     * The response as it is convolved with: one array per channel of it, or one for a mono track.
     *
     * @throws UncheckedIOException naming the file when it cannot be read
     */
    double[][] response(AudioFormat main) {
        int frames = frames(main.sampleRate());
        AudioSource source = impulse.opened();
        int channels = source.format().channels();
        double[][] h = new double[channels][frames];
        try (FrameSource stream = source.open(0)) {
            AudioBlock block = new AudioBlock(channels, Math.min(frames, READ_FRAMES));
            int at = 0;
            while (at < frames) {
                int read = stream.read(block, Math.min(block.capacity(), frames - at));
                if (read == 0) {
                    break;
                }
                for (int c = 0; c < channels; c++) {
                    System.arraycopy(block.channel(c), 0, h[c], at, read);
                }
                at += read;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot read the impulse response " + source.name() + ": " + e.getMessage(), e);
        }
        if (main.channels() == 1 && channels == 2) {
            Mixing.fold(h[0], h[1], 0, frames);
            h = new double[][] {h[0]};
        }
        return normalise ? normalised(h) : h;
    }

    private static double[][] normalised(double[][] h) {
        double energy = 0.0;
        for (double[] channel : h) {
            for (double v : channel) {
                energy += v * v;
            }
        }
        double scale = energy > 0.0 ? 1.0 / Math.sqrt(energy / h.length) : 1.0;
        for (double[] channel : h) {
            Mixing.scale(channel, scale, channel, channel.length);
        }
        return h;
    }

    @Override
    public Applicator newApplicator(AudioFormat main) {
        double[][] h = response(main);
        PartitionedImpulse[] impulses = new PartitionedImpulse[h.length];
        for (int c = 0; c < h.length; c++) {
            impulses[c] = new PartitionedImpulse(h[c], latencyFrames);
        }
        Convolver[] convolvers = new Convolver[main.channels()];
        for (int c = 0; c < convolvers.length; c++) {
            convolvers[c] = new Convolver(impulses[Math.min(c, impulses.length - 1)]);
        }
        return new ConvolutionApplicator(
                this, new DelayLine(main.channels(), predelayFrames(main.sampleRate())), convolvers);
    }

    private static final class ConvolutionApplicator implements Applicator {
        private final DelayLine predelay;
        private final Convolver[] convolvers;
        private double gain;

        ConvolutionApplicator(Convolution settings, DelayLine predelay, Convolver[] convolvers) {
            this.predelay = predelay;
            this.convolvers = convolvers;
            this.gain = Decibels.toGain(settings.gainDb);
        }

        @Override
        public void apply(AudioBlock main, int frames, double[][] curves) {
            predelay.process(main, frames);
            for (int c = 0; c < convolvers.length; c++) {
                double[] x = main.channel(c);
                convolvers[c].process(x, frames);
                Mixing.scale(x, gain, x, frames);
            }
        }

        @Override
        public void reset() {
            predelay.reset();
            for (Convolver convolver : convolvers) {
                convolver.reset();
            }
        }

        @Override
        public void retune(Effect effect) {
            gain = Decibels.toGain(((Convolution) effect).gainDb);
        }
    }
}
