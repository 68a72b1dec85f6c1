package io.mixgraph.render;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.Decibels;
import io.mixgraph.audio.SampleEncoding;
import io.mixgraph.dsp.BandSpectrum;
import io.mixgraph.dsp.Mixing;
import io.mixgraph.dsp.Quantiser;
import io.mixgraph.dsp.ResamplerDesign;
import io.mixgraph.dsp.StreamResampler;
import io.mixgraph.dsp.WaveformBins;
import io.mixgraph.loudness.Loudness;
import io.mixgraph.loudness.LoudnessMeter;
import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One file at work: cuts a signal to the timeline, applies its gain, takes it to the file's rate, rounds it to what the
 * file can hold, measures exactly that, and writes it. The last two can be done at the same time; otherwise used by one
 * thread at a time.
 */
final class FileRun implements Sink, Closeable {
    /** What rounding, measuring and writing cost, against a track that plays a file. */
    private static final int ROUNDING_COST = 1;

    private static final int MEASURING_COST = 3;
    private static final int WRITING_COST = 3;

    private final PlannedFile file;
    private final RenderTarget.@Nullable FileSink sink;
    private final Signal signal;
    private final double gain;
    private final boolean fold;
    private final AudioBlock taken;
    private final @Nullable StreamResampler resampler;
    private final AudioBlock exact;
    private final AudioBlock stored;
    private final Quantiser quantiser;
    private final @Nullable LoudnessMeter meter;
    private @Nullable WaveformBins waveform;
    private @Nullable BandSpectrum spectrum;
    private int takenFrames;
    private boolean last;
    private int storedFrames;
    private boolean rounding = true;

    /** Whether somebody wants {@link #exact}; then it outlasts the next {@link #take}. */
    private boolean keepsExact;

    private RenderReport.@Nullable FileReport finished;
    private boolean begun;
    private long position;
    private long startFrame;
    private long frames;

    /**
     * @param sink takes the file; closed with this; null for one that is not written by itself
     * @param signal at least as wide as the file
     * @param gain applied before rounding
     * @param fold whether the signal is stereo and the file mono
     * @param measured whether somebody wants to know its loudness
     * @param seed of the dither
     */
    FileRun(
            PlannedFile file,
            RenderTarget.@Nullable FileSink sink,
            Signal signal,
            double gain,
            boolean fold,
            boolean measured,
            long seed) {
        int channels = file.format().channels();
        int rate = file.format().sampleRate();
        int capacity = signal.block().capacity();
        this.file = file;
        this.sink = sink;
        this.signal = signal;
        this.gain = gain;
        this.fold = fold;
        if (rate == signal.sampleRate()) {
            this.resampler = null;
            this.exact = new AudioBlock(channels, capacity);
        } else {
            this.resampler = new StreamResampler(ResamplerDesign.between(signal.sampleRate(), rate), channels);
            this.exact = new AudioBlock(channels, resampler.mostFrames(capacity));
        }
        this.taken = new AudioBlock(channels, capacity);
        this.stored = new AudioBlock(channels, exact.capacity());
        this.quantiser = new Quantiser(file.encoding(), file.dither(), rate, seed);
        this.meter = measured ? new LoudnessMeter(file.format()) : null;
    }

    /**
     * Adds it to a schedule as a sink, whose rounding, measuring and writing are tasks of their own.
     *
     * @param signalTask makes the signal
     * @return the task after which {@link #stored} is there
     */
    int addTo(BlockTasks tasks, int signalTask) {
        int rounded = tasks.addSink(this, ROUNDING_COST, signalTask);
        addOutputs(tasks, rounded);
        return rounded;
    }

    /**
     * Adds measuring and writing to a schedule.
     *
     * @param rounded the task that rounds
     */
    void addOutputs(BlockTasks tasks, int rounded) {
        if (meter != null) {
            tasks.add((start, frames) -> measure(), MEASURING_COST, rounded);
        }
        if (sink != null) {
            tasks.add((start, frames) -> store(), WRITING_COST, rounded);
        }
    }

    /** Does everything at once, for those who make the signal for it alone. */
    void write(long start, int count) throws IOException {
        round(start, count);
        measure();
        store();
    }

    /** Takes and rounds at once. */
    void round(long start, int count) {
        take(start, count);
        run();
    }

    @Override
    public void take(long start, int count) {
        long first = Math.max(start, signal.lateness());
        long end = Math.min(start + count, signal.lateness() + signal.frames());
        takenFrames = (int) Math.max(0, end - first);
        if (takenFrames == 0) {
            return;
        }
        last = end == signal.lateness() + signal.frames();
        if (!begun) {
            startFrame = first - signal.lateness();
            begun = true;
        }
        int offset = (int) (first - start);
        for (int c = 0; c < taken.channels(); c++) {
            double[] x = taken.channel(c);
            System.arraycopy(signal.block().channel(c), offset, x, 0, takenFrames);
            if (fold) {
                Mixing.fold(x, signal.block().channel(1), offset, takenFrames);
            }
        }
    }

    @Override
    public void run() {
        storedFrames = 0;
        if (takenFrames == 0) {
            return;
        }
        if (gain != 1) {
            for (int c = 0; c < taken.channels(); c++) {
                Mixing.scale(taken.channel(c), gain, taken.channel(c), takenFrames);
            }
        }
        storedFrames = resampled();
        AudioBlock whole = resampler == null && !keepsExact ? taken : exact;
        if (rounding) {
            stored.copyFrom(whole, storedFrames);
            quantiser.quantise(stored, storedFrames);
        }
        // After an over the file is lost; going on finds its highest peak.
        if (!clipped()) {
            frames += storedFrames;
        }
        if (waveform != null) {
            waveform.process(stored, storedFrames);
        }
        if (spectrum != null) {
            spectrum.process(rounding ? stored : whole, storedFrames);
        }
    }

    /** How many frames there are at the file's rate. */
    private int resampled() {
        long left = file.frames() - position;
        int made = takenFrames;
        if (resampler != null) {
            made = resampler.process(taken, 0, takenFrames, exact);
            if (last) {
                made += resampler.finish(left - made, exact, made);
            }
        } else if (keepsExact) {
            exact.copyFrom(taken, takenFrames);
        }
        made = (int) Math.min(made, left);
        position += made;
        return made;
    }

    private void measure() {
        if (meter != null) {
            meter.process(stored, storedFrames);
        }
    }

    private void store() throws IOException {
        if (sink != null && !clipped()) {
            sink.write(stored, storedFrames);
        }
    }

    /**
     * Says that the file is there already: it is neither written nor measured, and only others listen.
     *
     * @param report what was reported of it
     */
    void leaveFinished(RenderReport.FileReport report) {
        finished = report;
    }

    /** From the first frame on, there is only {@link #exact}: for a signal that others are compared with. */
    void leaveUnrounded() {
        rounding = false;
    }

    /** From the first frame on, keeps {@link #exact}. */
    void keepExact() {
        keepsExact = true;
    }

    /** From the first frame on, keeps what is drawn of it. */
    void keepWaveform() {
        waveform = new WaveformBins(file.frames(), RenderTrace.BINS);
    }

    /** From the first frame on, keeps its spectrum. */
    void keepSpectrum() {
        spectrum = new BandSpectrum(file.format().sampleRate(), stored.channels());
    }

    /** What is drawn of it; it was asked to keep that. */
    RenderTrace.FileTrace trace() {
        WaveformBins kept = Objects.requireNonNull(waveform, "no waveform was kept");
        return new RenderTrace.FileTrace(
                file.id(),
                file.kind(),
                kept.low(),
                kept.high(),
                Arrays.stream(energies()).boxed().toList());
    }

    /** The energies of its hops; none when it is not measured. */
    double[] energies() {
        return meter == null ? new double[0] : meter.hopEnergies();
    }

    /** Its spectrum; it was asked to keep that. */
    RenderTrace.Spectrum spectrum() {
        BandSpectrum kept = Objects.requireNonNull(spectrum, "no spectrum was kept");
        return new RenderTrace.Spectrum(
                kept.centresHz(),
                kept.powers().stream().map(Decibels::fromPower).toList());
    }

    PlannedFile file() {
        return file;
    }

    /**
     * The frames of the last block before they were rounded, {@link #storedFrames} of them from index 0; it was asked
     * to keep them.
     */
    AudioBlock exact() {
        return exact;
    }

    /** The frames of the last block as they are stored, {@link #storedFrames} of them from index 0. */
    AudioBlock stored() {
        return stored;
    }

    int storedFrames() {
        return storedFrames;
    }

    /** Whether its samples are the signal's own, a signal of floats, no bit changed. */
    boolean isVerbatim() {
        return file.encoding() == SampleEncoding.FLOAT32 && gain == 1 && !fold && resampler == null;
    }

    /** What the file was given so far. */
    Extent extent() {
        return new Extent(startFrame, frames, file.format().sampleRate());
    }

    /** The loudness of all that is stored so far. */
    Loudness loudness() {
        if (meter == null) {
            throw new IllegalStateException(file.id() + " is not measured");
        }
        return meter.result();
    }

    /**
     * Ends the file.
     *
     * @param sumOf what it is the sum of, as the report says it; null for nothing
     * @param files closes it
     * @return what it has become
     * @throws ClippedException when it held a sample that does not fit
     */
    RenderReport.FileReport finish(@Nullable List<String> sumOf, StemGroup.Finished files) throws IOException {
        checkFits();
        if (finished != null) {
            return finished;
        }
        if (sink == null) {
            throw new IllegalStateException(file.id() + " is not written");
        }
        sink.measured(loudness());
        files.close(file, sink);
        return RenderReport.FileReport.of(file, sink, frames, sumOf, loudness());
    }

    /** Whether it has a file of its own. */
    boolean isWritten() {
        return sink != null || finished != null;
    }

    /** Whether a sample did not fit. */
    boolean clipped() {
        return quantiser.over() != null;
    }

    /** @throws ClippedException when it held a sample that does not fit */
    void checkFits() throws ClippedException {
        Quantiser.Over over = quantiser.over();
        if (over != null) {
            throw new ClippedException(file, over);
        }
    }

    @Override
    public void close() throws IOException {
        if (sink != null) {
            sink.close();
        }
    }
}
