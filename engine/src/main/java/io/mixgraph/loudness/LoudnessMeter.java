package io.mixgraph.loudness;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.AudioSource;
import io.mixgraph.audio.Decibels;
import io.mixgraph.audio.FrameSource;
import io.mixgraph.dsp.TruePeak;
import java.io.IOException;
import java.util.Arrays;

/**
 * Measures a signal as it streams by: loudness by ITU-R BS.1770-5 and EBU Tech 3341 and 3342, true peak by BS.1770-5
 * Annex 2. What it reads does not depend on how the signal is cut into blocks.
 *
 * <p>Time runs in hops of 100 ms: hop j starts at frame ⌊j·rate/10⌋, so all hops are equally long wherever 10 divides
 * the rate, and differ by one frame elsewhere. Per hop the meter keeps its energy, and its peak when that is asked for;
 * nothing else grows with the signal. Maximum momentary and short-term loudness are looked for at every 10 ms.
 *
 * <p>Samples must be finite. Used by one thread at a time.
 */
public final class LoudnessMeter {
    private static final int STEPS_PER_HOP = 10;
    private static final int READ_FRAMES = 8192;
    private static final int BLOCK_STEPS = Gating.BLOCK_HOPS * STEPS_PER_HOP;
    private static final int SHORT_TERM_STEPS = Gating.SHORT_TERM_HOPS * STEPS_PER_HOP;

    private final int sampleRate;
    private final WeightedEnergy energy;
    private final TruePeak[] peaks;
    private final boolean everyHop;
    private double highestPeak;

    private long frames;
    private boolean ended;

    /** Energies of the latest steps of 10 ms; step k is at k modulo its length. */
    private final double[] steps = new double[SHORT_TERM_STEPS];

    private long step;
    private long stepEnd;
    private double maxMomentary;
    private double maxShortTerm;
    private double[] hopEnergies = new double[64];
    private int hops;

    /** Frames fed to the true-peak readers but not yet taken by them, up to a window. */
    private final double[][] pending;

    private int pendingFrames;
    private long peakFrame = -TruePeak.DELAY_FRAMES;
    private int windowFrames;
    private double[] hopPeaks = new double[64];
    private int peakHops;

    /**
     * @param format of the signal; any layout of known speakers, at 8000 frames per second or more
     * @throws IllegalArgumentException when the rate is lower
     */
    public LoudnessMeter(AudioFormat format) {
        this(format, false);
    }

    /** A meter that also reads the true peak of every hop, which costs more than that of the whole alone. */
    public static LoudnessMeter withHopPeaks(AudioFormat format) {
        return new LoudnessMeter(format, true);
    }

    private LoudnessMeter(AudioFormat format, boolean everyHop) {
        this.everyHop = everyHop;
        sampleRate = format.sampleRate();
        energy = new WeightedEnergy(format);
        peaks = new TruePeak[format.channels()];
        for (int c = 0; c < peaks.length; c++) {
            peaks[c] = new TruePeak(sampleRate);
        }
        pending = new double[peaks.length][TruePeak.WINDOW];
        stepEnd = stepStart(1);
        windowFrames = nextWindow();
    }

    /**
     * Measures a whole recording.
     *
     * @throws IOException naming it, when it cannot be read
     */
    public static Loudness measure(AudioSource source) throws IOException {
        LoudnessMeter meter = new LoudnessMeter(source.format());
        AudioBlock block = new AudioBlock(source.format().channels(), READ_FRAMES);
        try (FrameSource stream = source.open(0)) {
            for (int read = stream.read(block, READ_FRAMES); read > 0; read = stream.read(block, READ_FRAMES)) {
                meter.process(block, read);
            }
        }
        return meter.result();
    }

    /**
     * Takes the next frames.
     *
     * @param block the caller's, not changed, with the channels of the meter's format
     * @param count how many of its frames are valid
     * @throws IllegalStateException after {@link #result}
     */
    public void process(AudioBlock block, int count) {
        if (ended) {
            throw new IllegalStateException("the measurement has ended");
        }
        weigh(block, count);
        frames += count;
        int done = 0;
        while (done < count) {
            int run = Math.min(count - done, windowFrames - pendingFrames);
            for (int c = 0; c < pending.length; c++) {
                System.arraycopy(block.channel(c), done, pending[c], pendingFrames, run);
            }
            done += run;
            advancePeaks(run);
        }
    }

    /** Ends the measurement: the signal is followed by silence. May be asked again, and gives the same. */
    public Loudness result() {
        if (!ended) {
            ended = true;
            endPeaks();
        }
        double samplePeak = 0.0;
        for (TruePeak peak : peaks) {
            samplePeak = Math.max(samplePeak, peak.samplePeak());
        }
        double truePeak = Math.max(samplePeak, highestPeak);
        return new Loudness(
                Gating.integrated(hopEnergies, hops),
                Gating.range(hopEnergies, hops),
                Decibels.fromGain(truePeak),
                Decibels.fromGain(samplePeak),
                Gating.lufs(maxMomentary),
                Gating.lufs(maxShortTerm),
                Gating.threshold(hopEnergies, hops));
    }

    /** The loudness of the latest 400 ms, up to the last whole 10 ms; negative infinity before there are so many. */
    public double momentaryLufs() {
        return Gating.lufs(latest(BLOCK_STEPS));
    }

    /** The loudness of the latest 3 s, up to the last whole 10 ms; negative infinity before there are so many. */
    public double shortTermLufs() {
        return Gating.lufs(latest(SHORT_TERM_STEPS));
    }

    /** Frames taken so far. */
    public long frames() {
        return frames;
    }

    /** How many hops are whole. */
    public int hopCount() {
        return hops;
    }

    /** The first frame of a hop. */
    public long hopStart(int hop) {
        return (long) hop * sampleRate / 10;
    }

    /** A copy of the energies of the whole hops: mean squares, K-weighted, summed over channels by their weights. */
    public double[] hopEnergies() {
        return Arrays.copyOf(hopEnergies, hops);
    }

    /**
     * A copy of the true peaks, linear, of all hops, the highest of the channels, for a meter made
     * {@link #withHopPeaks}; for any other there are none. A point between two frames belongs to the hop of the
     * earlier. After {@link #result} the last value is that of a last hop that is not whole, if there is one.
     */
    public double[] hopPeaks() {
        return Arrays.copyOf(hopPeaks, everyHop ? peakHops : 0);
    }

    private long stepStart(long index) {
        return index * sampleRate / (10 * STEPS_PER_HOP);
    }

    private void weigh(AudioBlock block, int count) {
        int done = 0;
        while (done < count) {
            int run = (int) Math.min(count - done, stepEnd - (frames + done));
            energy.add(block, done, run);
            done += run;
            if (frames + done == stepEnd) {
                endStep();
            }
        }
    }

    private void endStep() {
        steps[(int) (step % SHORT_TERM_STEPS)] = energy.take() / (stepEnd - stepStart(step));
        step++;
        stepEnd = stepStart(step + 1);
        maxMomentary = Math.max(maxMomentary, latest(BLOCK_STEPS));
        maxShortTerm = Math.max(maxShortTerm, latest(SHORT_TERM_STEPS));
        if (step % STEPS_PER_HOP == 0) {
            if (hops == hopEnergies.length) {
                hopEnergies = longer(hopEnergies);
            }
            hopEnergies[hops++] = latest(STEPS_PER_HOP);
        }
    }

    /** The mean energy of the latest steps; 0 when there are not so many. */
    private double latest(int count) {
        if (step < count) {
            return 0.0;
        }
        double sum = 0.0;
        int at = (int) (step % SHORT_TERM_STEPS);
        for (int i = 0; i < count; i++) {
            at = at == 0 ? SHORT_TERM_STEPS - 1 : at - 1;
            sum += steps[at];
        }
        return sum / count;
    }

    /** How many frames the next window of the true-peak readers has: up to the end of the hop they are in. */
    private int nextWindow() {
        if (peakFrame < 0) {
            return (int) Math.min(TruePeak.WINDOW, -peakFrame);
        }
        return (int) Math.min(TruePeak.WINDOW, hopStart(peakHops + 1) - peakFrame);
    }

    private void advancePeaks(int run) {
        pendingFrames += run;
        if (pendingFrames < windowFrames) {
            return;
        }
        double highest = everyHop ? currentPeak() : highestPeak;
        for (int c = 0; c < peaks.length; c++) {
            highest = Math.max(highest, peaks[c].highest(pending[c], 0, windowFrames, highest));
        }
        highestPeak = Math.max(highestPeak, highest);
        if (everyHop) {
            setCurrentPeak(highest);
        }
        peakFrame += windowFrames;
        pendingFrames = 0;
        if (peakFrame == hopStart(peakHops + 1)) {
            peakHops++;
        }
        windowFrames = nextWindow();
    }

    private double currentPeak() {
        return peakHops < hopPeaks.length ? hopPeaks[peakHops] : 0.0;
    }

    private void setCurrentPeak(double peak) {
        if (peakHops == hopPeaks.length) {
            hopPeaks = longer(hopPeaks);
        }
        hopPeaks[peakHops] = peak;
    }

    /** The same, a quarter longer, so that of hours of hops not half lies unused. */
    private static double[] longer(double[] values) {
        return Arrays.copyOf(values, values.length + values.length / 4);
    }

    private void endPeaks() {
        while (peakFrame + pendingFrames < frames) {
            int run = (int) Math.min(windowFrames - pendingFrames, frames - peakFrame - pendingFrames);
            for (double[] channel : pending) {
                Arrays.fill(channel, pendingFrames, pendingFrames + run, 0.0);
            }
            advancePeaks(run);
        }
        if (pendingFrames > 0) {
            windowFrames = pendingFrames;
            advancePeaks(0);
        }
        if (hopStart(peakHops) < frames) {
            peakHops++;
        }
    }
}
