package io.mixgraph.render;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioSource;
import io.mixgraph.audio.Dither;
import io.mixgraph.audio.FrameSource;
import io.mixgraph.audio.SampleEncoding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Adds up finished files and compares the sum with another one, frame by frame: what {@link NullTest} does while they
 * are written, done again on what was written.
 */
public final class SumCheck {
    private static final int BLOCK_FRAMES = 4096;

    private SumCheck() {}

    /**
     * A file and how its samples were rounded.
     *
     * @param encoding how they are stored
     * @param dither what was added before
     * @param exact whether they are what they were before they were stored, so that nothing was rounded
     */
    public record Part(AudioSource source, SampleEncoding encoding, Dither dither, boolean exact) {}

    /**
     * What came of it.
     *
     * @param residualDbfs the largest difference; negative infinity for none
     * @param boundDbfs the most that rounding can make it
     * @param withinBound whether it was so at every frame
     */
    public record Result(double residualDbfs, double boundDbfs, boolean withinBound) {}

    /**
     * Compares parts that went through no effects.
     *
     * @param parts all of the length and channels of {@code whole}
     * @param gain what the parts carry and the whole does not
     * @throws IOException naming the file that cannot be read, or is of another length
     */
    public static Result run(List<Part> parts, Part whole, double gain) throws IOException {
        return run(parts, whole, gain, 0.0);
    }

    /**
     * Compares.
     *
     * @param parts all of the length and channels of {@code whole}
     * @param gain what the parts carry and the whole does not
     * @param masterGain the loudness gain of parts that went through the master's effects; 0 for others
     * @throws IOException naming the file that cannot be read, or is of another length
     */
    public static Result run(List<Part> parts, Part whole, double gain, double masterGain) throws IOException {
        int channels = whole.source().format().channels();
        AudioBlock block = new AudioBlock(channels, BLOCK_FRAMES);
        SumComparison comparison = new SumComparison(parts.size(), gain, masterGain * gain, channels, BLOCK_FRAMES);
        List<FrameSource> open = new ArrayList<>();
        try {
            for (Part part : parts) {
                open.add(opened(part, whole));
            }
            open.add(whole.source().open(0));
            for (long at = 0; at < whole.source().frames(); at += BLOCK_FRAMES) {
                int count = (int) Math.min(BLOCK_FRAMES, whole.source().frames() - at);
                comparison.begin(count);
                for (int p = 0; p < parts.size(); p++) {
                    read(open.get(p), parts.get(p), block, count, at);
                    comparison.add(p, block, rounding(parts.get(p)));
                }
                read(open.get(parts.size()), whole, block, count, at);
                comparison.compare(block, rounding(whole));
            }
        } finally {
            for (FrameSource source : open) {
                source.close();
            }
        }
        return new Result(comparison.residualDbfs(), comparison.boundDbfs(), comparison.holds());
    }

    private static FrameSource opened(Part part, Part whole) throws IOException {
        AudioSource source = part.source();
        if (source.frames() != whole.source().frames()
                || source.format().channels() != whole.source().format().channels()) {
            throw new IOException(source.name() + ": is not as long or as wide as "
                    + whole.source().name());
        }
        return source.open(0);
    }

    private static void read(FrameSource source, Part part, AudioBlock into, int count, long at) throws IOException {
        if (source.read(into, count) != count) {
            throw new IOException(part.source().name() + ": frame " + at + ": ends too early");
        }
    }

    private static SumComparison.@Nullable Rounding rounding(Part part) {
        int rate = part.source().format().sampleRate();
        return part.exact() ? null : new SumComparison.Rounding(part.encoding(), part.dither(), rate);
    }
}
