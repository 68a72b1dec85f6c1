package io.mixgraph.render;

import io.mixgraph.audio.AudioBlock;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** One file of several streams, side by side in its sink's blocks. Used by one thread at a time, after its streams. */
final class BundleRun implements BlockTask, Closeable {
    private final PlannedFile file;
    private final RenderTarget.FileSink sink;
    private final List<FileRun> streams;
    private final AudioBlock block;
    private long frames;

    /**
     * @param sink takes the file
     * @param streams each as it is to be stored; the first is the mix
     */
    BundleRun(PlannedFile file, RenderTarget.FileSink sink, List<FileRun> streams) {
        this.file = file;
        this.sink = sink;
        this.streams = List.copyOf(streams);
        this.block = new AudioBlock(
                file.format().channels() * streams.size(), mix().stored().capacity());
    }

    private FileRun mix() {
        return streams.get(0);
    }

    @Override
    public void run(long start, int count) throws IOException {
        int stored = mix().storedFrames();
        int to = 0;
        for (int s = 0; s < streams.size(); s++) {
            AudioBlock from = streams.get(s).stored();
            for (int c = 0; c < from.channels(); c++) {
                System.arraycopy(from.channel(c), 0, block.channel(to++), 0, stored);
            }
        }
        sink.write(block, stored);
        frames += stored;
    }

    /** What the file was given so far. */
    Extent extent() {
        return new Extent(mix().extent().startFrame(), frames, file.format().sampleRate());
    }

    /**
     * Ends the file.
     *
     * @param finished closes it
     * @throws ClippedException when a stream held a sample that does not fit
     */
    RenderReport.FileReport finish(List<String> sumOf, StemGroup.Finished finished) throws IOException {
        for (FileRun stream : streams) {
            stream.checkFits();
        }
        sink.measured(mix().loudness());
        finished.close(file, sink);
        return RenderReport.FileReport.of(file, sink, frames, sumOf, mix().loudness());
    }

    @Override
    public void close() throws IOException {
        sink.close();
    }
}
