package io.mixgraph.dsp;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.AudioSource;
import io.mixgraph.audio.Findings;
import io.mixgraph.audio.FrameSource;
import java.io.IOException;
import java.util.Arrays;

/**
 * A recording heard at another sample rate. An impulse at frame n comes out centred on n·outputRate/inputRate; beyond
 * its ends the recording counts as silence; its length is {@link ResamplerDesign#outputFrames}.
 */
public final class ResampledSource implements AudioSource {
    private static final int READ_FRAMES = 4_096;

    private final AudioSource source;
    private final ResamplerDesign design;
    private final AudioFormat format;

    /**
     * @param source the recording
     * @param design from the rate of {@code source}; may be shared by many recordings
     */
    public ResampledSource(AudioSource source, ResamplerDesign design) {
        if (source.format().sampleRate() != design.inputRate()) {
            throw new IllegalArgumentException(source.name() + " is at "
                    + source.format().sampleRate() + " Hz, the converter takes " + design.inputRate());
        }
        this.source = source;
        this.design = design;
        this.format = new AudioFormat(design.outputRate(), source.format().layout());
    }

    /** {@code source} at a rate of 8000 to 192000 Hz: itself when it has that rate already. */
    public static AudioSource at(int sampleRate, AudioSource source) {
        int from = source.format().sampleRate();
        return from == sampleRate ? source : new ResampledSource(source, ResamplerDesign.between(from, sampleRate));
    }

    @Override
    public String name() {
        return source.name();
    }

    @Override
    public AudioFormat format() {
        return format;
    }

    @Override
    public long frames() {
        return design.outputFrames(source.frames());
    }

    @Override
    public AudioSource original() {
        return source.original();
    }

    @Override
    public FrameSource open(long firstFrame) throws IOException {
        if (firstFrame < 0 || firstFrame > frames()) {
            throw new IllegalArgumentException(name() + " has no frame " + firstFrame + " of " + frames());
        }
        return new Stream(firstFrame);
    }

    private final class Stream implements FrameSource {
        private final SincResampler resampler = new SincResampler(design);
        private final double[][] windows = new double[format.channels()][resampler.windowFrames()];
        private final double[][] outputs = new double[format.channels()][resampler.blockFrames()];
        private final AudioBlock block = new AudioBlock(format.channels(), READ_FRAMES);
        private final FrameSource input;
        private final long end = frames();
        /** The next frame to hand out, and the next block to make. */
        private long next;

        private long nextBlock;
        /** How much of the front of the windows is filled. */
        private int filled;

        private boolean ended;

        Stream(long firstFrame) throws IOException {
            this.next = firstFrame;
            this.nextBlock = firstFrame / resampler.blockFrames();
            long start = resampler.windowStart(nextBlock);
            this.filled = (int) Math.max(0, -start);
            this.input = source.open(Math.min(Math.max(0, start), source.frames()));
        }

        @Override
        public AudioFormat format() {
            return format;
        }

        @Override
        public int read(AudioBlock into, int frames) throws IOException {
            int done = 0;
            while (done < frames && next < end) {
                if (next >= nextBlock * resampler.blockFrames()) {
                    makeBlock();
                }
                int offset = (int) (next - (nextBlock - 1) * resampler.blockFrames());
                int count = (int) Math.min(Math.min(frames - done, resampler.blockFrames() - offset), end - next);
                for (int c = 0; c < outputs.length; c++) {
                    System.arraycopy(outputs[c], offset, into.channel(c), done, count);
                }
                done += count;
                next += count;
            }
            return done;
        }

        private void makeBlock() throws IOException {
            fillWindows();
            int advance = (int) (resampler.windowStart(nextBlock + 1) - resampler.windowStart(nextBlock));
            int kept = resampler.windowFrames() - advance;
            for (int c = 0; c < windows.length; c++) {
                resampler.convert(windows[c], nextBlock, outputs[c]);
                System.arraycopy(windows[c], advance, windows[c], 0, kept);
            }
            filled = kept;
            nextBlock++;
        }

        private void fillWindows() throws IOException {
            while (!ended && filled < resampler.windowFrames()) {
                int wanted = Math.min(READ_FRAMES, resampler.windowFrames() - filled);
                int count = input.read(block, wanted);
                for (int c = 0; c < windows.length; c++) {
                    System.arraycopy(block.channel(c), 0, windows[c], filled, count);
                }
                filled += count;
                ended = count < wanted;
            }
            for (double[] window : windows) {
                Arrays.fill(window, filled, window.length, 0.0);
            }
        }

        @Override
        public Findings findings() {
            return input.findings();
        }

        @Override
        public void close() throws IOException {
            input.close();
        }
    }
}
