package io.mixgraph.codecs;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.AudioSource;
import io.mixgraph.audio.Findings;
import io.mixgraph.audio.FrameSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A compressed file, decoded while it is read. Every stream decodes from the first frame on and drops what comes before
 * the frame it was opened at, because only so are the samples the same wherever one begins. Each open stream holds
 * native memory until it is closed.
 */
public final class DecodedFile implements AudioSource {
    /** What encoders add at most to fill up their last packets, in frames: four packets of MP3. */
    private static final int MAX_PADDING = 4_608;

    /**
     * More than any of these codecs gets out of one byte: FLAC needs 18 bytes for at most 65535 frames. A header that
     * promises more is broken.
     */
    private static final long MAX_FRAMES_PER_BYTE = 8_192;

    private final Path file;
    private final String name;
    private final int stream;
    private final AudioFormat format;
    private final long frames;
    private final int audioStreams;
    private final Backend backend;

    private DecodedFile(
            Path file, String name, int stream, AudioFormat format, long frames, int audioStreams, Backend backend) {
        this.file = file;
        this.name = name;
        this.stream = stream;
        this.format = format;
        this.frames = frames;
        this.audioStreams = audioStreams;
        this.backend = backend;
    }

    static DecodedFile of(Path file, String name, int stream) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(name + ": " + (Files.exists(file) ? "is not a file" : "there is no such file"));
        }
        Ffmpeg.load();
        try (Decoder decoder = new Decoder(file, name, stream)) {
            long told = decoder.toldFrames();
            boolean possible = told >= 0 && told / MAX_FRAMES_PER_BYTE <= Files.size(file);
            long frames = possible ? told : count(file, name, stream);
            return new DecodedFile(
                    file,
                    name,
                    stream,
                    decoder.format(),
                    frames,
                    decoder.audioStreams(),
                    new Backend("ffmpeg", Ffmpeg.version()));
        }
    }

    private static long count(Path file, String name, int stream) throws IOException {
        long frames = 0;
        try (Decoder decoder = new Decoder(file, name, stream)) {
            for (int chunk = decoder.next(); chunk > 0; chunk = decoder.next()) {
                frames += chunk;
            }
        }
        return frames;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public AudioFormat format() {
        return format;
    }

    @Override
    public long frames() {
        return frames;
    }

    @Override
    public FrameSource open(long firstFrame) throws IOException {
        if (firstFrame < 0 || firstFrame > frames) {
            throw new IllegalArgumentException(name + " has no frame " + firstFrame + " of " + frames);
        }
        return new Stream(firstFrame);
    }

    @Override
    public Backend backend() {
        return backend;
    }

    @Override
    public List<String> warnings() {
        return audioStreams > 1 && stream == Decoder.MAIN
                ? List.of(name + ": holds " + audioStreams + " streams of audio; one of them is read")
                : List.of();
    }

    private final class Stream implements FrameSource {
        private final Decoder decoder;
        private final SampleType type;
        private final int channels = format.channels();
        private final MessageDigest digest = Ffmpeg.sha256();
        /** The chunk at hand: its samples, where it begins, and how many frames of it count. */
        private byte[] pcm = new byte[0];

        private long chunkStart;
        private int chunkFrames;
        private long next;
        private long endedAt = -1;
        private long excess;
        private boolean longer;
        private @Nullable String sha256;

        Stream(long firstFrame) throws IOException {
            this.decoder = new Decoder(file, name, stream);
            this.type = decoder.type();
            boolean ready = false;
            try {
                if (!decoder.format().equals(format)) {
                    throw new IOException(name + ": was changed while it was in use");
                }
                while (chunkStart + chunkFrames < firstFrame) {
                    nextChunk();
                }
                ready = true;
            } finally {
                if (!ready) {
                    decoder.close();
                }
            }
            this.next = firstFrame;
        }

        @Override
        public AudioFormat format() {
            return format;
        }

        @Override
        public int read(AudioBlock block, int wanted) throws IOException {
            int filled = 0;
            while (filled < wanted && next < frames) {
                if (next == chunkStart + chunkFrames) {
                    nextChunk();
                }
                int offset = (int) (next - chunkStart);
                int count = Math.min(wanted - filled, chunkFrames - offset);
                for (int c = 0; c < channels; c++) {
                    double[] samples = block.channel(c);
                    type.decode(pcm, offset, c, channels, samples, filled, count);
                    checkFinite(samples, filled, count);
                }
                filled += count;
                next += count;
            }
            if (next == frames && sha256 == null) {
                finish();
            }
            return filled;
        }

        private void nextChunk() throws IOException {
            chunkStart += chunkFrames;
            long left = frames - chunkStart;
            int made = endedAt < 0 ? decoder.next() : 0;
            if (made == 0 && endedAt < 0) {
                endedAt = chunkStart;
                pcm = new byte[Decoder.SILENCE_FRAMES * channels * type.bytes()];
                Arrays.fill(pcm, type.silence());
            } else if (made > 0) {
                pcm = decoder.pcm();
            }
            chunkFrames = (int) Math.min(made == 0 ? Decoder.SILENCE_FRAMES : made, left);
            excess = Math.max(0, made - left);
            digest.update(pcm, 0, chunkFrames * channels * type.bytes());
        }

        private void finish() throws IOException {
            long allowed = decoder.padded() ? MAX_PADDING : 0;
            while (endedAt < 0 && excess <= allowed) {
                int made = decoder.next();
                if (made == 0) {
                    break;
                }
                excess += made;
            }
            longer = excess > allowed;
            sha256 = HexFormat.of().formatHex(digest.digest());
        }

        /**
         * What is wrong with the file as far as this stream has decoded it, and the SHA-256 of all its frames, once its
         * last one was read. That is taken over the interleaved little-endian samples in the codec's own type: what
         * {@code ffmpeg -f s16le}, or s32le, f32le, would write.
         */
        @Override
        public Findings findings() {
            List<String> warnings = new ArrayList<>();
            long damaged = decoder.damagedPackets();
            if (damaged > 0) {
                warnings.add(
                        "damaged, " + damaged + (damaged == 1 ? " packet, at frame " : " packets, the first at frame ")
                                + decoder.firstDamage() + "; what could not be decoded is silent");
            }
            if (endedAt >= 0) {
                warnings.add("ends at frame " + endedAt + " of " + frames + "; the rest is silent");
            }
            if (longer) {
                warnings.add("goes on after the " + frames + " frames it declares; the rest is left out");
            }
            return new Findings(sha256, warnings);
        }

        private void checkFinite(double[] samples, int from, int count) throws IOException {
            double nothing = 0.0;
            for (int i = from; i < from + count; i++) {
                nothing += samples[i] * 0.0;
            }
            if (nothing != 0.0) {
                int bad = from;
                while (Double.isFinite(samples[bad])) {
                    bad++;
                }
                throw new IOException(name + ": frame " + (next + bad - from) + " is "
                        + (Double.isNaN(samples[bad]) ? "not a number" : "infinite")
                        + "; decode it again from its source");
            }
        }

        @Override
        public void close() {
            decoder.close();
        }
    }
}
