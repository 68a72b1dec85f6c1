package org.example.onepole;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.fx.Applicator;
import io.mixgraph.fx.Effect;
import io.mixgraph.fx.Example;
import io.mixgraph.fx.Nature;
import io.mixgraph.fx.Parameter;
import java.util.Arrays;

/**
 * The softest lowpass there is: y[n] = y[n−1] + (1 − p)·(x[n] − y[n−1]), 6 dB per octave. |H|² is (1 − p)²/(1 − 2p·cos
 * ω + p²); it is ½ where p = c − √(c² − 1), c = 2 − cos ω.
 */
@Example("frequency_hz: 6000")
public record OnePole(
        @Parameter(
                doc = "Where it is 3 dB down; above a quarter of the sample rate it works as that.",
                min = 20,
                max = 20000,
                absent = "8000")
        double frequencyHz)
        implements Effect {

    /** What is left below this is forgotten, because numbers next to nothing are slow. */
    private static final double NOTHING = 1e-30;

    /** How often that is looked after. */
    private static final int CARE_FRAMES = 64;

    @Override
    public Nature nature() {
        return Nature.LINEAR;
    }

    /** p. StrictMath has the same bits everywhere; Math has not, except for √. */
    private double pole(int sampleRate) {
        double hz = Math.min(frequencyHz, 0.25 * sampleRate);
        double c = 2.0 - StrictMath.cos(2.0 * StrictMath.PI * hz / sampleRate);
        return c - Math.sqrt(c * c - 1.0);
    }

    /** The impulse response is (1 − p)·pⁿ: below −120 dB of its first frame where pⁿ is below 10⁻⁶. */
    @Override
    public long tailFrames(int sampleRate) {
        return (long) Math.ceil(-6.0 * StrictMath.log(10.0) / StrictMath.log(pole(sampleRate)));
    }

    @Override
    public Applicator newApplicator(AudioFormat main) {
        return new Filter(main);
    }

    private final class Filter implements Applicator {
        private final int sampleRate;
        private final double[] last;
        private double pole;
        private int sinceCare;

        Filter(AudioFormat main) {
            this.sampleRate = main.sampleRate();
            this.last = new double[main.channels()];
            this.pole = pole(sampleRate);
        }

        @Override
        public void apply(AudioBlock main, int frames, double[][] curves) {
            for (int from = 0; from < frames; ) {
                int run = Math.min(frames - from, CARE_FRAMES - sinceCare);
                for (int c = 0; c < last.length; c++) {
                    last[c] = run(main.channel(c), from, from + run, last[c]);
                }
                from += run;
                sinceCare += run;
                if (sinceCare == CARE_FRAMES) {
                    care();
                }
            }
        }

        private double run(double[] x, int from, int to, double before) {
            double y = before;
            for (int i = from; i < to; i++) {
                y += (1.0 - pole) * (x[i] - y);
                x[i] = y;
            }
            return y;
        }

        /** After so many frames since the start, not after a block: how a signal is cut must change no bit. */
        private void care() {
            sinceCare = 0;
            for (int c = 0; c < last.length; c++) {
                last[c] = Math.abs(last[c]) < NOTHING ? 0.0 : last[c];
            }
        }

        @Override
        public void reset() {
            sinceCare = 0;
            Arrays.fill(last, 0.0);
        }

        @Override
        public void retune(Effect effect) {
            pole = ((OnePole) effect).pole(sampleRate);
        }
    }
}
