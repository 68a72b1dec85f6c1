package io.mixgraph.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.ChannelLayout;
import io.mixgraph.dsp.Biquad;
import io.mixgraph.fx.Applicator;
import io.mixgraph.fx.BiquadEffect;
import io.mixgraph.fx.FrequencyResponse;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Holds a filter's sound to a transfer function of the analogue world. The bilinear transform, prewarped so that s = j
 * is the filter's own frequency, is s = (1 − z⁻¹) / (1 + z⁻¹) / tan(π·f0/Fs); on the unit circle that is j·tan(π·f/Fs)
 * / tan(π·f0/Fs) (Oppenheim and Schafer, Discrete-Time Signal Processing, on the bilinear transform).
 */
public final class FilterProbe {
    /** The session rates at which filters are held to their formulas. */
    public static final List<Integer> RATES = List.of(44_100, 48_000, 96_000);

    private static final double TOLERANCE = 1e-6;

    /** Below this there is next to no sound, and its phase is rounding. */
    private static final double AUDIBLE = 1e-4;

    private FilterProbe() {}

    /** s at a frequency, for a filter of the frequency f0. */
    public static Complex s(double hz, double f0, int rate) {
        return new Complex(0, Math.tan(Math.PI * hz / rate) / Math.tan(Math.PI * f0 / rate));
    }

    /** Magnitude and phase of what comes out for an impulse, and of the drawn curve, at ten frequencies around f0. */
    public static void soundsAs(BiquadEffect filter, double f0, int rate, UnaryOperator<Complex> prototype) {
        double[] h = impulseResponse(filter, rate);
        for (int i = 0; i < 10; i++) {
            double hz = 0.3 * f0 * Math.pow(9, i / 9.0);
            Complex expected = prototype.apply(s(hz, f0, rate));
            Complex actual = fourier(h, hz / rate);
            FrequencyResponse drawn = filter.response(hz, rate);
            String what = filter + " at " + rate + " Hz, a sine of " + hz + " Hz";
            assertThat(actual.abs()).as(what).isCloseTo(expected.abs(), within(TOLERANCE));
            assertThat(drawn.magnitude()).as(what).isCloseTo(expected.abs(), within(TOLERANCE));
            assertThat(drawn.real()).as(what).isCloseTo(expected.re(), within(TOLERANCE));
            assertThat(drawn.imaginary()).as(what).isCloseTo(expected.im(), within(TOLERANCE));
            if (expected.abs() > AUDIBLE) {
                double turn = actual.over(expected).angle();
                assertThat(turn).as(what).isCloseTo(0, within(TOLERANCE));
                double drawnTurn = Complex.unit(drawn.phase()).over(expected).angle();
                assertThat(drawnTurn).as(what).isCloseTo(0, within(TOLERANCE));
            }
        }
    }

    /** It is stable, and what an impulse leaves behind dies away as its poles say. */
    public static void dies(BiquadEffect filter, int rate) {
        for (Biquad section : filter.sections(rate)) {
            assertThat(section.poleRadius()).as("%s at %s Hz", filter, rate).isLessThan(1);
        }
        Applicator applicator = filter.newApplicator(new AudioFormat(rate, ChannelLayout.MONO));
        AudioBlock block = new AudioBlock(1, 4096);
        double[] h = block.channel(0);
        h[0] = 1;
        double peak = 0;
        double last = 0;
        for (long frames = frames(filter, rate); frames > -h.length; frames -= h.length) {
            applicator.apply(block, h.length, new double[0][]);
            last = 0;
            for (int i = 0; i < h.length; i++) {
                last = Math.max(last, Math.abs(h[i]));
                h[i] = 0;
            }
            peak = Math.max(peak, last);
        }
        assertThat(peak).isFinite();
        assertThat(last).as("%s at %s Hz", filter, rate).isLessThan(1e-9 * peak);
    }

    /** What comes out for an impulse, until it is far below every tolerance. */
    public static double[] impulseResponse(BiquadEffect filter, int rate) {
        double[][] x = new double[1][(int) frames(filter, rate)];
        x[0][0] = 1;
        return new EffectRunner(filter, rate, 1).run(x, () -> 8192)[0];
    }

    /**
     * How long it rings at most: a pole of radius r is below e^−30 after −30/ln r frames, and several may come one
     * after the other.
     */
    public static long frames(BiquadEffect filter, int rate) {
        double frames = 100;
        double slowest = 0;
        for (Biquad section : filter.sections(rate)) {
            double own = -30 / Math.log(Math.max(0.1, section.poleRadius()));
            frames += own / 2;
            slowest = Math.max(slowest, own);
        }
        return (long) (frames + slowest);
    }

    /** Σ h[n]·e^(−jωn) at a frequency in cycles per frame, by Horner's rule from the last frame. */
    public static Complex fourier(double[] h, double cycles) {
        double cos = Math.cos(2 * Math.PI * cycles);
        double sin = -Math.sin(2 * Math.PI * cycles);
        double re = 0;
        double im = 0;
        for (int n = h.length - 1; n >= 0; n--) {
            double t = re * cos - im * sin + h[n];
            im = re * sin + im * cos;
            re = t;
        }
        return new Complex(re, im);
    }
}
