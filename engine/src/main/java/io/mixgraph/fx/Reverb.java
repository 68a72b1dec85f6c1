package io.mixgraph.fx;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.dsp.AbsorptionDesign;
import io.mixgraph.dsp.Biquad;
import io.mixgraph.dsp.BiquadCascade;
import io.mixgraph.dsp.BiquadDesign;
import io.mixgraph.dsp.DelayLine;
import io.mixgraph.dsp.FeedbackDelayNetwork;
import io.mixgraph.dsp.Mixing;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An algorithmic reverberator: a feedback delay network of 16 lines without modulation (J.-M. Jot and A. Chaigne,
 * "Digital delay networks for designing artificial reverberators", AES 90th Convention, 1991). Its output is wet only.
 *
 * <p>The reverberation time, after which a sound has fallen by 60 dB, is a function of frequency:
 *
 * <pre>
 * 1/T(f) = (1 − s)/T0 + s/T1,   s = f²/(f² + damping_hz²),   T0 = decay_s,   T1 = decay_s·(1 − damping_percent/100)
 * </pre>
 *
 * It is T0 at low frequencies and T1 at high ones; at {@code damping_hz} the decay in dB per second is halfway between.
 * Line i, of m_i frames, ends in a first-order filter whose gain is 10^(−3·m_i/(T(f)·Fs)), exactly so at 0 Hz, at
 * {@code damping_hz} (at most a quarter of the sample rate) and at half the sample rate; between these it is near. What
 * a line loses more at high frequencies than at low ones is held to 30 dB; asked for more, say by 80 % of damping at
 * 0.5 s, high frequencies last longer than asked, though not long. Because no gain is above that at 0 Hz, which is
 * below 1, and the mixing is lossless, it always dies away (S. J. Schlecht and E. A. P. Habets, "On lossless feedback
 * delay networks", IEEE Trans. Signal Process. 65(6), 2017). Their lengths are different primes near times from 17 to
 * 77 ms (at size 100), so that the echoes do not fall together.
 *
 * <p>Both inputs pass four allpasses of their own and go into all lines with orthogonal signs, so that a sound from one
 * side is heard from both; left is made of the even lines, right of the odd ones. On a mono track the one channel goes
 * into both inputs, and what comes out is (left + right)/√2: one channel.
 *
 * <p>Level: white noise comes out at its own level for {@code decay_s} 1 without damping and cuts, at every size, rate
 * and width, and about 3 dB higher with every doubling of the decay, as in a room. For the width, the middle (l + r)/2
 * is kept and the side (l − r)/2 multiplied by w = {@code width_percent}/100, and both scaled by √(2/(1 + w²)). The
 * first echo comes after the predelay and the shortest line.
 */
@Example("decay_s: 1.4, predelay_ms: 20, highcut_hz: 9000")
public record Reverb(
        @Parameter(
                doc = "The reverberation time: after it a sound has fallen by 60 dB.",
                min = 0.1,
                max = 20,
                absent = "1.8")
        double decayS,

        @Parameter(doc = "By how much shorter it is at high frequencies.", min = 0, max = 90, absent = "50")
        double dampingPercent,

        @Parameter(doc = "Where the damping is halfway.", min = 200, max = 20000, absent = "5000")
        double dampingHz,

        @Parameter(doc = "Time before the reverberation begins.", min = 0, max = 500, absent = "0", automatable = false)
        double predelayMs,

        @Parameter(
                doc = "Length of the network's delay lines: small rooms sound denser and earlier.",
                min = 20,
                max = 200,
                absent = "100",
                automatable = false)
        double sizePercent,

        @Parameter(doc = "Stereo width: 0 is mono.", min = 0, max = 200, absent = "100")
        double widthPercent,

        @Parameter(doc = "Cutoff of a highpass of 12 dB per octave.", min = 10, max = 24000) @Nullable
        Double lowcutHz,

        @Parameter(doc = "Cutoff of a lowpass of 12 dB per octave.", min = 10, max = 24000) @Nullable
        Double highcutHz)
        implements Effect {

    /**
     * Lengths of the lines at size 100, in milliseconds: evenly spaced on a logarithmic scale but for small steps
     * aside, drawn at random until low octaves, where few modes lie, decayed as asked on every way from input to
     * output.
     */
    private static final double[] LINES_MS = {
        17.4, 19.5, 21.2, 22.8, 25.9, 27.4, 32.1, 33.8, 40.0, 41.6, 48.5, 51.1, 59.8, 63.7, 74.4, 76.8
    };

    private static final double[] LEFT_DIFFUSION_MS = {1.6, 2.3, 3.5, 5.0};
    private static final double[] RIGHT_DIFFUSION_MS = {1.7, 2.5, 3.2, 5.4};

    /** By how many powers of ten a line may lose more at high frequencies than at low ones: 30 dB. */
    private static final double MAX_DAMPING = 1.5;

    /** From the last line's end to rest: allpasses, absorption, and what the statistics of echoes need. */
    private static final double TAIL_MARGIN_S = 0.2;

    @Override
    public Nature nature() {
        return Nature.LINEAR;
    }

    /** T(f): the reverberation time asked for at a frequency in Hz. */
    public double decayS(double hz) {
        double s = dampingAt(hz);
        return decayS / ((1.0 - s) + s / (1.0 - dampingPercent / 100.0));
    }

    /** s: how much of the damping is there at a frequency, 0 to 1. */
    private double dampingAt(double hz) {
        double ratio = hz / dampingHz;
        return ratio * ratio / (1.0 + ratio * ratio);
    }

    /** The lengths of the 16 delay lines in frames. */
    public int[] lineFrames(int sampleRate) {
        return primes(LINES_MS, sizePercent / 100.0, sampleRate);
    }

    /** What each line loses, as a filter. */
    List<Biquad> absorption(int sampleRate) {
        double middleHz = Math.min(dampingHz, 0.25 * sampleRate);
        List<Biquad> sections = new ArrayList<>();
        for (int frames : lineFrames(sampleRate)) {
            double low = loss(frames, decayS, sampleRate);
            double ratio = dampingPercent / (100.0 - dampingPercent);
            double more = Math.min(MAX_DAMPING, 3.0 * frames / (decayS * sampleRate) * ratio);
            sections.add(AbsorptionDesign.through(
                    low,
                    low * StrictMath.pow(10.0, -more * dampingAt(middleHz)),
                    middleHz,
                    low * StrictMath.pow(10.0, -more * dampingAt(0.5 * sampleRate)),
                    sampleRate));
        }
        return sections;
    }

    private static double loss(int frames, double decayS, int sampleRate) {
        return StrictMath.pow(10.0, -3.0 * frames / (decayS * sampleRate));
    }

    /** Each time as the lowest prime number of frames that is not below it and above all before. */
    private static int[] primes(double[] ms, double scale, int sampleRate) {
        int[] frames = new int[ms.length];
        int last = 1;
        for (int i = 0; i < ms.length; i++) {
            last = Math.max(last + 1, (int) Math.rint(scale * ms[i] / 1000.0 * sampleRate));
            while (!isPrime(last)) {
                last++;
            }
            frames[i] = last;
        }
        return frames;
    }

    private static boolean isPrime(int n) {
        for (int divisor = 2; divisor * divisor <= n; divisor++) {
            if (n % divisor == 0) {
                return false;
            }
        }
        return true;
    }

    private int predelayFrames(int sampleRate) {
        return (int) Math.rint(predelayMs / 1000.0 * sampleRate);
    }

    private List<Biquad> cuts(int sampleRate) {
        List<Biquad> sections = new ArrayList<>();
        if (lowcutHz != null) {
            sections.addAll(BiquadDesign.butterworthHighpass(lowcutHz, 2, sampleRate));
        }
        if (highcutHz != null) {
            sections.addAll(BiquadDesign.butterworthLowpass(highcutHz, 2, sampleRate));
        }
        return sections;
    }

    /** The gain that brings noise back to its level for a decay of one second. */
    private double unity(int sampleRate) {
        int[] lines = lineFrames(sampleRate);
        double[] gains = new double[lines.length];
        for (int i = 0; i < lines.length; i++) {
            gains[i] = loss(lines[i], 1.0, sampleRate);
        }
        return 1.0 / Math.sqrt(FeedbackDelayNetwork.noisePower(gains));
    }

    /** Twice the reverberation time, and until the first sound has been everywhere. */
    @Override
    public long tailFrames(int sampleRate) {
        int[] lines = lineFrames(sampleRate);
        return predelayFrames(sampleRate)
                + 2L * lines[lines.length - 1]
                + (long) Math.ceil((2.0 * decayS + TAIL_MARGIN_S) * sampleRate)
                + BiquadCascade.tailFrames(cuts(sampleRate));
    }

    @Override
    public Applicator newApplicator(AudioFormat main) {
        return new ReverbApplicator(this, main);
    }

    private static final class ReverbApplicator implements Applicator {
        private final int sampleRate;
        private final DelayLine predelay;
        private final FeedbackDelayNetwork network;
        private final BiquadCascade cuts;
        /** From the network's outputs to the same side, and to the other. */
        private double straight;

        private double across;
        /** From both outputs to the one channel of a mono track: what is heard at width 0. */
        private final double middle;

        /** The second channel of a mono track; grown once, to the capacity of the blocks it is given. */
        private double[] second = new double[0];

        ReverbApplicator(Reverb settings, AudioFormat main) {
            this.sampleRate = main.sampleRate();
            this.predelay = new DelayLine(main.channels(), settings.predelayFrames(sampleRate));
            this.network = new FeedbackDelayNetwork(
                    settings.lineFrames(sampleRate),
                    primes(LEFT_DIFFUSION_MS, 1.0, sampleRate),
                    primes(RIGHT_DIFFUSION_MS, 1.0, sampleRate),
                    settings.absorption(sampleRate));
            this.middle = settings.unity(sampleRate) * Math.sqrt(0.5);
            this.cuts = new BiquadCascade(settings.cuts(sampleRate), main.channels());
            width(settings);
        }

        private void width(Reverb settings) {
            double w = settings.widthPercent / 100.0;
            double gain = middle / Math.sqrt(1.0 + w * w);
            straight = gain * (1.0 + w);
            across = gain * (1.0 - w);
        }

        @Override
        public void apply(AudioBlock main, int frames, double[][] curves) {
            predelay.process(main, frames);
            double[] left = main.channel(0);
            if (main.channels() == 2) {
                double[] right = main.channel(1);
                network.process(left, right, frames);
                spread(left, right, straight, across, frames);
            } else {
                if (second.length < frames) {
                    second = new double[main.capacity()];
                }
                System.arraycopy(left, 0, second, 0, frames);
                network.process(left, second, frames);
                Mixing.scale(left, middle, left, frames);
                Mixing.add(second, middle, left, frames);
            }
            cuts.process(main, frames);
        }

        private static void spread(double[] left, double[] right, double straight, double across, int frames) {
            for (int i = 0; i < frames; i++) {
                double l = left[i];
                double r = right[i];
                left[i] = straight * l + across * r;
                right[i] = across * l + straight * r;
            }
        }

        @Override
        public void reset() {
            predelay.reset();
            network.reset();
            cuts.reset();
        }

        @Override
        public void retune(Effect effect) {
            Reverb settings = (Reverb) effect;
            network.retune(settings.absorption(sampleRate));
            cuts.retune(settings.cuts(sampleRate));
            width(settings);
        }
    }
}
