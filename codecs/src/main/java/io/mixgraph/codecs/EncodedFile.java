package io.mixgraph.codecs;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.FrameSource;
import io.mixgraph.loudness.Loudness;
import io.mixgraph.loudness.LoudnessMeter;
import io.mixgraph.model.FileFormat;
import io.mixgraph.model.Tags;
import io.mixgraph.render.PlannedFile;
import io.mixgraph.render.RenderTarget.Encoded;
import io.mixgraph.render.RenderTarget.FileSink;
import java.io.Closeable;
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
 * A compressed file while it is written. Samples are encoded as they come and the packets kept aside; {@link #settle}
 * puts them behind a header that knows the loudness, forces the file to the disk, and measures what a lossy file
 * decodes to. A file that is not whole is taken away. Holds native memory until closed; one thread uses it at a time.
 */
final class EncodedFile implements FileSink {
    private static final int IO_BYTES = 1 << 18;
    private static final int PIECE_PACKETS = 256;
    private static final int PIECE_FRAMES = 1 << 15;

    /** What is done one after another once all samples are there. */
    private enum Step {
        ENCODE,
        MUX,
        DIGEST,
        MEASURE,
        NOTHING
    }

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
    private final MessageDigest digest = Ffmpeg.sha256();

    private int filled;
    private long frames;
    private boolean broken;
    private boolean closed;
    private Step next = Step.ENCODE;
    private long packetBytes;

    /** What a step holds open from piece to piece. */
    private @Nullable Muxer muxer;

    private @Nullable FileChannel written;
    private @Nullable Decoding decoding;
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
                close();
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
        if (closed || next != Step.ENCODE) {
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
    public long settle() throws IOException {
        if (closed) {
            throw new IOException(name + ": frame " + frames + ": the file is closed");
        }
        switch (next) {
            case ENCODE -> encodeRest();
            case MUX -> named(this::mux);
            case DIGEST -> named(this::digest);
            case MEASURE -> measure();
            case NOTHING -> {}
        }
        return left();
    }

    /** What is left, every step counted as going through all packets. */
    private long left() throws IOException {
        long measured = codec.lossless() ? 0 : packetBytes;
        long left = switch (next) {
            case ENCODE, MUX -> packets.bytes() + packetBytes + measured;
            // Headers make it longer than its packets.
            case DIGEST -> Math.max(1, packetBytes - (written == null ? 0 : written.position())) + measured;
            case MEASURE -> decoding == null ? measured : (long) (measured * decoding.left());
            case NOTHING -> 0;
        };
        return next == Step.NOTHING ? 0 : Math.max(1, left);
    }

    private void encodeRest() throws IOException {
        if (broken || frames != file.frames()) {
            throw new IOException(
                    name + ": frame " + frames + ": ended before the " + file.frames() + " frames announced");
        }
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
        packetBytes = packets.bytes();
        next = Step.MUX;
    }

    /** A piece of a step. */
    private interface Piece {
        void run() throws IOException;
    }

    private void named(Piece piece) throws IOException {
        try {
            piece.run();
        } catch (IOException e) {
            throw new IOException(name + ": " + reason(e), e);
        }
    }

    private void mux() throws IOException {
        Muxer open = muxer == null ? begin() : muxer;
        muxer = open;
        for (int i = 0; i < PIECE_PACKETS; i++) {
            if (!open.writeNext(packets)) {
                open.end();
                open.close();
                muxer = null;
                describe();
                next = Step.DIGEST;
                return;
            }
        }
    }

    private Muxer begin() throws IOException {
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
        Muxer begun = new Muxer(path, codec.muxer(), encoders, file.format().sampleRate());
        boolean ready = false;
        try {
            begun.begin(before, options, comments);
            ready = true;
        } finally {
            if (!ready) {
                begun.close();
            }
        }
        return begun;
    }

    /** Adds what FFmpeg does not write to an MP4 file. */
    private void describe() throws IOException {
        if (codec.mp4()) {
            Encoder encoder = encoders.get(0);
            byte[] gapless = codec == Codec.AAC
                    ? Mp4UserData.gapless(encoder.delayFrames(), encoder.frameSize(), frames)
                    : new byte[0];
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                Mp4Boxes.putUserData(
                        channel, Mp4UserData.of(new Description(tags, cover, loudness), gapless, file.streams()));
            }
        }
    }

    /** Forces the file to the disk and takes its digest. */
    private void digest() throws IOException {
        if (written == null) {
            written = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
            written.force(true);
        }
        ByteBuffer buffer = ByteBuffer.allocate(IO_BYTES);
        int count = written.read(buffer);
        if (count >= 0) {
            digest.update(buffer.array(), 0, count);
            return;
        }
        written.close();
        sha256 = HexFormat.of().formatHex(digest.digest());
        if (codec.lossless()) {
            settled(Double.NaN);
        } else {
            next = Step.MEASURE;
        }
    }

    private void measure() throws IOException {
        Decoding open = decoding == null ? new Decoding(Codecs.open(path, name)) : decoding;
        decoding = open;
        if (!open.measure(PIECE_FRAMES)) {
            open.close();
            settled(open.truePeakDbtp());
        }
    }

    private void settled(double decodedTruePeakDbtp) {
        encoded = new Encoded(
                avcodec.LIBAVCODEC_IDENT + " " + codec.encoder(),
                encoders.get(0).delayFrames(),
                pcm.sha256(),
                decodedTruePeakDbtp);
        next = Step.NOTHING;
    }

    /** What players play, while its true peak is measured by ITU-R BS.1770-5, Annex 2. */
    private static final class Decoding implements Closeable {
        private final DecodedFile source;
        private final LoudnessMeter meter;
        private final AudioBlock block;
        private final FrameSource stream;

        Decoding(DecodedFile source) throws IOException {
            this.source = source;
            this.meter = new LoudnessMeter(source.format());
            this.block = new AudioBlock(source.format().channels(), PIECE_FRAMES);
            this.stream = source.open(0);
        }

        /** Goes on for so many frames; gives false at the end. */
        boolean measure(int wanted) throws IOException {
            int count = stream.read(block, wanted);
            meter.process(block, count);
            return count == wanted;
        }

        /** How much of it is left to be measured, 0 to 1. */
        double left() {
            return 1.0 - (double) meter.frames() / source.frames();
        }

        double truePeakDbtp() {
            return meter.result().truePeakDbtp();
        }

        @Override
        public void close() throws IOException {
            stream.close();
        }
    }

    /** Lets go of everything; a file that is not settled is taken away. */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            encoders.forEach(Encoder::close);
            if (muxer != null) {
                muxer.close();
            }
            if (decoding != null) {
                decoding.close();
            }
            if (written != null) {
                written.close();
            }
            packets.close();
        } finally {
            if (next != Step.NOTHING) {
                Files.deleteIfExists(path);
            }
        }
    }

    private IOException failure(IOException e) {
        return new IOException(name + ": frame " + frames + ": cannot be written: " + reason(e), e);
    }

    /** In the system's words, without the path that is named already. */
    private static String reason(IOException e) {
        String reason = e instanceof FileSystemException system ? system.getReason() : e.getMessage();
        return reason == null ? e.getClass().getSimpleName() : reason;
    }

    /** {@inheritDoc} Null before. */
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
