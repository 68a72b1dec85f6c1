package io.mixgraph.render;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.dsp.Mixing;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file that is the sum of others as they are stored, or one other as it was before it was stored: a deliverable. Used
 * by one thread at a time, after those that it sums.
 */
final class SumRun implements BlockTask {
    private final FileRun clock;
    private final List<FileRun> parts;
    private final boolean stored;
    private final AudioBlock sum;
    private final FileRun file;
    private long position;

    private SumRun(FileRun clock, List<FileRun> parts, boolean stored, AudioBlock sum, FileRun file) {
        this.clock = clock;
        this.parts = parts;
        this.stored = stored;
        this.sum = sum;
        this.file = file;
    }

    /**
     * @param clock a file whose blocks come as those of the parts
     * @param parts what is added, in this order; all of one format
     * @param stored whether as they are stored
     * @param planned the file
     * @param sink takes it; null when it is not written by itself
     * @param measured whether somebody wants to know its loudness
     * @param seed of the dither
     */
    static SumRun of(
            FileRun clock,
            List<FileRun> parts,
            boolean stored,
            PlannedFile planned,
            RenderTarget.@Nullable FileSink sink,
            boolean measured,
            long seed) {
        AudioBlock sum =
                new AudioBlock(clock.stored().channels(), clock.stored().capacity());
        Signal signal =
                new Signal(sum, 0, clock.file().frames(), clock.file().format().sampleRate());
        FileRun file = new FileRun(planned, sink, signal, 1, false, measured, seed);
        return new SumRun(clock, List.copyOf(parts), stored, sum, file);
    }

    @Override
    public void run(long start, int count) throws IOException {
        int frames = clock.storedFrames();
        sum.clear(frames);
        for (int p = 0; p < parts.size(); p++) {
            FileRun part = parts.get(p);
            AudioBlock block = stored ? part.stored() : part.exact();
            for (int c = 0; c < sum.channels(); c++) {
                Mixing.add(block.channel(c), 1.0, sum.channel(c), frames);
            }
        }
        file.write(position, frames);
        position += frames;
    }

    FileRun file() {
        return file;
    }
}
