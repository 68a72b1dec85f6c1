package io.mixgraph.render;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.dsp.Mixing;
import io.mixgraph.dsp.Quantiser;
import io.mixgraph.loudness.Loudness;
import io.mixgraph.loudness.LoudnessMeter;
import java.io.Closeable;
import java.io.IOException;

/**
 * One file at work: cuts a signal to the timeline, applies its gain, rounds it to what the file can hold, measures
 * exactly that, and writes it. Used by one thread at a time.
 */
final class FileRun implements BlockTask, Closeable {
    private final PlannedFile file;
    private final RenderTarget.FileSink sink;
    private final AudioBlock from;
    private final long lateness;
    private final double gain;
    private final boolean fold;
    private final AudioBlock stored;
    private final Quantiser quantiser;
    private final LoudnessMeter meter;
    private int storedFrames;
    private int storedOffset;
    private long startFrame;
    private long frames;

    /**
     * @param sink takes the file; closed with this
     * @param from the signal's buffer; mono or stereo, at least as wide as the file
     * @param lateness by how much the signal is late against the timeline
     * @param gain applied before rounding
     * @param fold whether the signal is stereo and the file mono
     * @param seed of the dither
     */
    FileRun(
            PlannedFile file,
            RenderTarget.FileSink sink,
            AudioBlock from,
            long lateness,
            double gain,
            boolean fold,
            long seed) {
        this.file = file;
        this.sink = sink;
        this.from = from;
        this.lateness = lateness;
        this.gain = gain;
        this.fold = fold;
        this.stored = new AudioBlock(file.format().channels(), from.capacity());
        this.quantiser =
                new Quantiser(file.encoding(), file.dither(), file.format().sampleRate(), seed);
        this.meter = new LoudnessMeter(file.format());
    }

    @Override
    public void run(long start, int count) throws IOException {
        long first = Math.max(start, lateness);
        long end = Math.min(start + count, lateness + file.frames());
        storedFrames = (int) Math.max(0, end - first);
        storedOffset = (int) (first - start);
        if (storedFrames == 0) {
            return;
        }
        for (int c = 0; c < stored.channels(); c++) {
            System.arraycopy(from.channel(c), storedOffset, stored.channel(c), 0, storedFrames);
            if (fold) {
                Mixing.fold(stored.channel(c), from.channel(1), storedOffset, storedFrames);
            }
            if (gain != 1) {
                Mixing.scale(stored.channel(c), gain, stored.channel(c), storedFrames);
            }
        }
        quantiser.quantise(stored, storedFrames);
        meter.process(stored, storedFrames);
        // After an over the file is lost; reading on finds its highest peak.
        if (quantiser.over() == null) {
            sink.write(stored, storedFrames);
            if (frames == 0) {
                startFrame = first - lateness;
            }
            frames += storedFrames;
        }
    }

    PlannedFile file() {
        return file;
    }

    /** The frames of the last block as they are stored, {@link #storedFrames} of them from index 0. */
    AudioBlock stored() {
        return stored;
    }

    int storedFrames() {
        return storedFrames;
    }

    /** Where in the last block of the render the first of them stood. */
    int storedOffset() {
        return storedOffset;
    }

    /** The gain that was applied. */
    double gain() {
        return gain;
    }

    /** What the file was given so far. */
    Extent extent() {
        return new Extent(startFrame, frames, file.format().sampleRate());
    }

    /** The loudness of all that is stored so far. */
    Loudness loudness() {
        return meter.result();
    }

    /**
     * Ends the file.
     *
     * @return what it has become
     * @throws ClippedException when it held a sample that does not fit
     */
    RenderReport.FileReport finish() throws IOException {
        Quantiser.Over over = quantiser.over();
        if (over != null) {
            throw new ClippedException(file, over);
        }
        sink.close();
        return new RenderReport.FileReport(
                file.id(),
                file.kind(),
                file.path(),
                sink.sha256(),
                frames,
                file.inSum(),
                RenderReport.FileLoudness.of(meter.result()));
    }

    @Override
    public void close() throws IOException {
        sink.close();
    }
}
