package io.mixgraph.codecs;

import io.mixgraph.FileEncoder;
import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.ChannelLayout;
import io.mixgraph.audio.Findings;
import io.mixgraph.audio.FrameSource;
import io.mixgraph.audio.SampleEncoding;
import io.mixgraph.loudness.Loudness;
import io.mixgraph.model.FileFormat;
import io.mixgraph.model.FileFormat.Container;
import io.mixgraph.model.Tags;
import io.mixgraph.render.PlannedFile;
import io.mixgraph.render.RenderTarget.FileSink;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** What the tests of encoders share: sounds, a file to be made, writing it and reading it back. */
final class Encoding {
    static final List<String> STEMS = List.of("drums", "bass", "other", "vocals");

    private Encoding() {}

    /** A file of such a format, with nothing left open. */
    static PlannedFile planned(
            Container container, @Nullable SampleEncoding encoding, int rate, int channels, int frames) {
        return planned(new FileFormat(container, encoding, null, null), rate, channels, frames);
    }

    static PlannedFile planned(FileFormat format, int rate, int channels, int frames) {
        return new PlannedFile(
                "it",
                PlannedFile.Kind.AUDIO_DELIVERABLE,
                "deliverables/it." + format.format().extension(),
                new AudioFormat(rate, channels == 1 ? ChannelLayout.MONO : ChannelLayout.STEREO),
                format.resolved(SampleEncoding.PCM24),
                frames,
                0,
                false,
                format.format() == Container.STEM_MP4 ? STEMS : List.of());
    }

    /** Noise with falling highs and sudden bursts, which lines up with itself at one shift only; seeded. */
    static double[][] sound(PlannedFile file, int seed) {
        int channels = file.format().channels() * (1 + file.streams().size());
        double[][] sound = new double[channels][(int) file.frames()];
        for (int c = 0; c < channels; c++) {
            Random random = new Random(100L * seed + c);
            double low = 0.0;
            for (int i = 0; i < sound[c].length; i++) {
                low += 0.3 * (random.nextGaussian() - low);
                double burst = StrictMath.exp(-(i % 2_500) / 400.0);
                sound[c][i] = held(file.encoding(), 0.25 * low * (0.1 + 0.9 * burst));
            }
        }
        return sound;
    }

    /** The nearest value that the encoding holds; integers have no negative zero. */
    static double held(SampleEncoding encoding, double value) {
        double scale = encoding.integer() ? StrictMath.scalb(1.0, encoding.bits() - 1) : 1.0;
        return encoding.integer() ? Math.rint(value * scale) / scale + 0.0 : (float) value;
    }

    static FileSink write(Path path, PlannedFile file, double[][] sound, int blockFrames) throws IOException {
        return write(Codecs.encoder(null), path, file, sound, blockFrames, Tags.NONE, null);
    }

    static FileSink write(
            FileEncoder encoder,
            Path path,
            PlannedFile file,
            double[][] sound,
            int blockFrames,
            Tags tags,
            @Nullable Loudness loudness)
            throws IOException {
        FileSink sink = encoder.open(path, path.getFileName().toString(), file, tags);
        try (sink) {
            AudioBlock block = new AudioBlock(sound.length, blockFrames);
            for (int at = 0; at < file.frames(); at += blockFrames) {
                int count = (int) Math.min(blockFrames, file.frames() - at);
                for (int c = 0; c < sound.length; c++) {
                    System.arraycopy(sound[c], at, block.channel(c), 0, count);
                }
                sink.write(block, count);
            }
            if (loudness != null) {
                sink.measured(loudness);
            }
            settle(sink);
        }
        return sink;
    }

    /** Does all that is left to do for a file whose last frame is there. */
    static void settle(FileSink sink) throws IOException {
        while (sink.settle() > 0) {
            // Until nothing is left.
        }
    }

    /** What reading a file to its end shows of it. */
    static Findings found(DecodedFile source) throws IOException {
        AudioBlock block = new AudioBlock(source.format().channels(), 1_000);
        try (FrameSource stream = source.open(0)) {
            while (stream.read(block, 1_000) > 0) {
                // Only what it shows is wanted.
            }
            return stream.findings();
        }
    }

    static double[][] read(DecodedFile source) throws IOException {
        int channels = source.format().channels();
        double[][] all = new double[channels][(int) source.frames()];
        AudioBlock block = new AudioBlock(channels, 1_000);
        int done = 0;
        try (FrameSource stream = source.open(0)) {
            for (int count = stream.read(block, 1_000); count > 0; count = stream.read(block, 1_000)) {
                for (int c = 0; c < channels; c++) {
                    System.arraycopy(block.channel(c), 0, all[c], done, count);
                }
                done += count;
            }
        }
        return all;
    }

    /** The shift, in frames, at which {@code heard} looks most like {@code sound}; positive when it is late. */
    static int shift(double[] heard, double[] sound) {
        int best = 0;
        double most = Double.NEGATIVE_INFINITY;
        for (int shift = -3_000; shift <= 3_000; shift++) {
            double sum = 0.0;
            for (int i = Math.max(0, -shift); i < sound.length && i + shift < heard.length; i++) {
                sum += heard[i + shift] * sound[i];
            }
            if (sum > most) {
                most = sum;
                best = shift;
            }
        }
        return best;
    }

    /** The power of the difference, in dB of the power of {@code sound}. */
    static double errorDb(double[] heard, double[] sound) {
        double error = 0.0;
        double power = 0.0;
        for (int i = 0; i < sound.length; i++) {
            error += (heard[i] - sound[i]) * (heard[i] - sound[i]);
            power += sound[i] * sound[i];
        }
        return 10.0 * StrictMath.log10(error / power);
    }
}
