package io.mixgraph.dsp;

import io.mixgraph.audio.AudioBlock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The average power of a signal in bands of a third of an octave (centres 1000·2^(k/3), edges a sixth of an octave
 * away): periodograms of {@value #SIZE} frames under a Hann window, overlapping by half, averaged (P. D. Welch, IEEE
 * Trans. Audio Electroacoust. 15(2), 1967). A sine of amplitude A in a band reads A²/2, over the channels the sum. For
 * drawing: below 50 Hz a band is hardly wider than what the window resolves. Used by one thread at a time.
 */
public final class BandSpectrum {
    private static final int SIZE = 8192;
    private static final int HOP = SIZE / 2;
    private static final int LOWEST = -17;
    private static final int HIGHEST = 13;

    private final int sampleRate;
    private final int channels;
    private final double[] window = new double[SIZE];
    private final double[] cosine = new double[SIZE / 2];
    private final double[] sine = new double[SIZE / 2];
    private final double[][] pending;
    private final double[] re = new double[SIZE];
    private final double[] im = new double[SIZE];
    private final double[] power = new double[SIZE / 2];
    private int filled;
    private long frames;
    private double windowPower;

    /** @param channels one or two */
    public BandSpectrum(int sampleRate, int channels) {
        this.sampleRate = sampleRate;
        this.channels = channels;
        this.pending = new double[2][SIZE];
        for (int i = 0; i < SIZE; i++) {
            window[i] = 0.5 - 0.5 * StrictMath.cos(2.0 * StrictMath.PI * i / SIZE);
            windowPower += window[i] * window[i];
        }
        for (int i = 0; i < SIZE / 2; i++) {
            cosine[i] = StrictMath.cos(2.0 * StrictMath.PI * i / SIZE);
            sine[i] = -StrictMath.sin(2.0 * StrictMath.PI * i / SIZE);
        }
        // The first window begins half a window before the signal, so that its start counts as much as the rest.
        this.filled = HOP;
    }

    /** Takes the next frames. */
    public void process(AudioBlock block, int count) {
        int done = 0;
        while (done < count) {
            int run = Math.min(count - done, SIZE - filled);
            for (int c = 0; c < channels; c++) {
                System.arraycopy(block.channel(c), done, pending[c], filled, run);
            }
            filled += run;
            done += run;
            if (filled == SIZE) {
                transform();
            }
        }
        frames += count;
    }

    /** The middle of each band, those whose upper edge is below half the sample rate. */
    public List<Double> centresHz() {
        List<Double> centres = new ArrayList<>();
        for (int k = LOWEST; k <= HIGHEST; k++) {
            double centre = 1000.0 * StrictMath.pow(2.0, k / 3.0);
            if (centre * StrictMath.pow(2.0, 1.0 / 6.0) < 0.5 * sampleRate) {
                centres.add(centre);
            }
        }
        return centres;
    }

    /** The mean square in each band; the signal ends. */
    public List<Double> powers() {
        // Two windows end it, so that its end counts as much as the rest, too.
        for (int window = 0; window < 2; window++) {
            for (int c = 0; c < channels; c++) {
                Arrays.fill(pending[c], filled, SIZE, 0.0);
            }
            transform();
        }
        List<Double> powers = new ArrayList<>();
        double scale = frames == 0 ? 0.0 : 2.0 * HOP / (windowPower * SIZE * frames);
        double reach = StrictMath.pow(2.0, 1.0 / 6.0);
        for (double centre : centresHz()) {
            double from = centre / reach * SIZE / sampleRate;
            double to = centre * reach * SIZE / sampleRate;
            double sum = 0.0;
            for (int bin = 1; bin < SIZE / 2; bin++) {
                // A bin counts by as much of it as lies in the band.
                sum += power[bin] * Math.max(0.0, Math.min(to, bin + 0.5) - Math.max(from, bin - 0.5));
            }
            powers.add(sum * scale);
        }
        return powers;
    }

    /** Adds one periodogram: the channels are the real and the imaginary part of one transform. */
    private void transform() {
        for (int i = 0; i < SIZE; i++) {
            int from = Integer.reverse(i) >>> (Integer.SIZE - Integer.numberOfTrailingZeros(SIZE));
            re[i] = pending[0][from] * window[from];
            im[i] = pending[1][from] * window[from];
        }
        for (int half = 1; half < SIZE; half *= 2) {
            int step = SIZE / (2 * half);
            for (int start = 0; start < SIZE; start += 2 * half) {
                for (int k = 0; k < half; k++) {
                    int a = start + k;
                    int b = a + half;
                    double wr = cosine[k * step];
                    double wi = sine[k * step];
                    double tr = wr * re[b] - wi * im[b];
                    double ti = wr * im[b] + wi * re[b];
                    re[b] = re[a] - tr;
                    im[b] = im[a] - ti;
                    re[a] += tr;
                    im[a] += ti;
                }
            }
        }
        for (int bin = 1; bin < SIZE / 2; bin++) {
            int mirror = SIZE - bin;
            power[bin] +=
                    0.5 * (re[bin] * re[bin] + im[bin] * im[bin] + re[mirror] * re[mirror] + im[mirror] * im[mirror]);
        }
        for (int c = 0; c < channels; c++) {
            System.arraycopy(pending[c], HOP, pending[c], 0, HOP);
        }
        filled = HOP;
    }
}
