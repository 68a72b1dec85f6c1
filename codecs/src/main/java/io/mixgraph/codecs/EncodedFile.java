package io.mixgraph.codecs;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.loudness.Loudness;
import io.mixgraph.loudness.LoudnessMeter;
import io.mixgraph.model.FileFormat;
import io.mixgraph.model.Tags;
import io.mixgraph.render.PlannedFile;
import io.mixgraph.render.RenderTarget.Encoded;
import io.mixgraph.render.RenderTarget.FileSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.ffmpeg.global.avcodec;
import org.jspecify.annotations.Nullable;

/**
 * A compressed file while it is written. Samples are encoded as they come and the packets kept aside; {@link #close}
 * puts them behind a header that knows the loudness, measures what a lossy file decodes to, and forces the file to the
 * disk. A file that is not whole is taken away. Holds native memory until closed; one thread uses it at a time.
 */
final class EncodedFile implements FileSink {
    private static final int IO_BYTES = 1 << 16;
    private final Path path;
    private final String name;
    private final PlannedFile file;
    private final Tags tags;
    private final @Nullable Cover cover;
    private final Codec codec;
    private final int channels;
    private final PacketSpool packets;
    private final List<Encoder> encoders = new ArrayList<>();
    private final PcmDigest pcm;

    private int filled;
    private long frames;
    private boolean broken;
    private boolean closed;
    private @Nullable Loudness loudness;
    private @Nullable String sha256;
    private @Nullable Encoded encoded;

    private EncodedFile(Path path, String name, PlannedFile file, Tags tags, @Nullable Cover cover, PacketSpool packets)
            throws IOException {
        this.path = path;
        this.name = name;
        this.file = file;
        this.tags = tags;
        this.cover = cover;
        this.packets = packets;
        this.codec = Codec.of(file.file());
        this.channels = file.format().channels();
        this.pcm = new PcmDigest(file.encoding());
        int kbps = Objects.requireNonNullElse(file.file().bitrateKbps(), 0);
        boolean ready = false;
        try {
            for (int i = 0; i <= file.streams().size(); i++) {
                encoders.add(new Encoder(codec, file.format(), file.encoding(), kbps));
            }
            ready = true;
        } finally {
            if (!ready) {
                release();
            }
        }
    }

    static FileSink open(Path path, String name, PlannedFile file, Tags tags, @Nullable Cover cover)
            throws IOException {
        AudioFormat format = file.format();
        String problem = Codecs.problemWith(file.file(), format.sampleRate(), format.channels());
        int stems = file.file().format() == FileFormat.Container.STEM_MP4 ? StemManifest.STEMS : 0;
        if (problem == null && file.streams().size() != stems) {
            problem = "a stem_mp4 holds four stems, other files none, and "
                    + file.streams().size() + " are given";
        }
        if (problem == null && file.frames() == 0) {
            problem = "a compressed file cannot be empty; write wav";
        }
        if (problem != null) {
            throw new IOException(name + ": " + problem);
        }
        Ffmpeg.load();
        try {
            return new EncodedFile(path, name, file, tags, cover, PacketSpool.create(beside(path)));
        } catch (IOException e) {
            throw new IOException(name + ": frame 0: cannot be made: " + reason(e), e);
        }
    }

    private static Path beside(Path path) {
        return path.resolveSibling(path.getFileName() + ".packets");
    }

    @Override
    public void write(AudioBlock block, int count) throws IOException {
        if (closed) {
            throw new IOException(name + ": frame " + frames + ": the file is closed");
        }
        if (count > file.frames() - frames) {
            throw new IOException(name + ": frame " + file.frames() + ": more frames than announced");
        }
        if (block.channels() != channels * encoders.size()) {
            throw new IllegalArgumentException(
                    name + ": takes " + channels * encoders.size() + " channels, the block has " + block.channels());
        }
        boolean taken = false;
        try {
            int frameSize = encoders.get(0).frameSize();
            int done = 0;
            while (done < count) {
                int run = Math.min(count - done, frameSize - filled);
                pcm.add(block, done, run);
                for (int i = 0; i < encoders.size(); i++) {
                    encoders.get(i).fill(block, i * channels, done, filled, run);
                }
                done += run;
                filled += run;
                if (filled == frameSize) {
                    encode();
                }
                frames += run;
            }
            taken = true;
        } catch (IOException e) {
            throw failure(e);
        } finally {
            broken |= !taken;
        }
    }

    private void encode() throws IOException {
        for (int i = 0; i < encoders.size(); i++) {
            encoders.get(i).encode(filled, packets, i);
        }
        filled = 0;
    }

    @Override
    public void measured(Loudness measured) {
        loudness = measured;
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        boolean whole = false;
        try {
            if (broken || frames != file.frames()) {
                throw new IOException(
                        name + ": frame " + frames + ": ended before the " + file.frames() + " frames announced");
            }
            finish();
            whole = true;
        } finally {
            release();
            if (!whole) {
                Files.deleteIfExists(path);
            }
        }
    }

    private void finish() throws IOException {
        try {
            if (filled > 0) {
                encode();
            }
            for (int i = 0; i < encoders.size(); i++) {
                encoders.get(i).finish(packets, i);
            }
            packets.rewind();
        } catch (IOException e) {
            throw failure(e);
        }
        try {
            mux();
            settle();
        } catch (IOException e) {
            throw new IOException(name + ": " + reason(e), e);
        }
        encoded = new Encoded(
                avcodec.LIBAVCODEC_IDENT + " " + codec.encoder(),
                encoders.get(0).delayFrames(),
                pcm.sha256(),
                codec.lossless() ? Double.NaN : decodedTruePeakDbtp());
    }

    private void mux() throws IOException {
        Description description = new Description(tags, cover, loudness);
        byte[] before = switch (codec) {
            case FLAC -> FlacHeader.of(encoders.get(0).extradata(), description);
            case MP3 -> Id3Tag.of(description);
            default -> new byte[0];
        };
        // FLAC's header and MP3's ID3 tag are written here, so FFmpeg leaves them out. MP4 has edits in the movie's
        // time,
        // which by default counts milliseconds and would cut the end off.
        Map<String, String> options = switch (codec) {
            case FLAC -> Map.of("write_header", "0");
            case MP3 -> Map.of("id3v2_version", "0");
            case ALAC, AAC ->
                Map.of("movie_timescale", Integer.toString(file.format().sampleRate()));
            case OPUS -> Map.of();
        };
        Map<String, String> comments = codec == Codec.OPUS ? VorbisComments.ofOpus(description) : Map.of();
        try (Muxer muxer =
                new Muxer(path, codec.muxer(), encoders, file.format().sampleRate())) {
            muxer.write(before, options, comments, packets);
        }
        if (codec.mp4()) {
            Encoder encoder = encoders.get(0);
            byte[] gapless = codec == Codec.AAC
                    ? Mp4UserData.gapless(encoder.delayFrames(), encoder.frameSize(), frames)
                    : new byte[0];
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                Mp4Boxes.putUserData(channel, Mp4UserData.of(description, gapless, file.streams()));
            }
        }
    }

    /** Takes the digest of the file and forces it to the disk. */
    private void settle() throws IOException {
        MessageDigest digest = Ffmpeg.sha256();
        ByteBuffer buffer = ByteBuffer.allocate(IO_BYTES);
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            channel.force(true);
            while (channel.read(buffer) >= 0) {
                digest.update(buffer.array(), 0, buffer.position());
                buffer.clear();
            }
        }
        sha256 = HexFormat.of().formatHex(digest.digest());
    }

    /** The true peak of what players play, by ITU-R BS.1770-5, Annex 2. */
    private double decodedTruePeakDbtp() throws IOException {
        return LoudnessMeter.measure(Codecs.open(path, name)).truePeakDbtp();
    }

    private void release() throws IOException {
        for (Encoder encoder : encoders) {
            encoder.close();
        }
        packets.close();
    }

    private IOException failure(IOException e) {
        return new IOException(name + ": frame " + frames + ": cannot be written: " + reason(e), e);
    }

    /** In the system's words, without the path that is named already. */
    private static String reason(IOException e) {
        String reason = e instanceof FileSystemException system ? system.getReason() : e.getMessage();
        return reason == null ? e.getClass().getSimpleName() : reason;
    }

    /** {@inheritDoc} Null unless it was closed without an error. */
    @Override
    public @Nullable String sha256() {
        return sha256;
    }

    /** {@inheritDoc} */
    @Override
    public @Nullable Encoded encoded() {
        return encoded;
    }
}
