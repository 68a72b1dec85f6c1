package io.mixgraph.wav;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.FrameSource;
import io.mixgraph.dsp.NotFinite;
import io.mixgraph.dsp.Pcm;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads frames of PCM that lie in a file one after another, by large positional reads. */
final class PcmReader implements FrameSource {
    private static final int IO_BYTES = 1 << 16;

    /** A file of someone else's making, or a spool of our own: one of them is null. */
    private final OpenFiles.@Nullable Handle file;

    private final @Nullable FileChannel spool;
    private final String name;
    private final AudioFormat format;
    private final Pcm encoding;
    private final int frameBytes;
    private final long dataOffset;
    private final long frames;
    private long frame;
    private boolean closed;

    /** Bytes read and not yet decoded, from position to limit; they begin with {@code frame}. */
    private ByteBuffer buffer = ByteBuffer.allocate(0);

    private PcmReader(
            OpenFiles.@Nullable Handle file,
            @Nullable FileChannel spool,
            String name,
            AudioFormat format,
            Pcm encoding,
            long dataOffset,
            long frames,
            long firstFrame) {
        if (firstFrame < 0 || firstFrame > frames) {
            throw new IllegalArgumentException(name + ": no frame " + firstFrame + " in " + frames);
        }
        this.file = file;
        this.spool = spool;
        this.name = name;
        this.format = format;
        this.encoding = encoding;
        this.frameBytes = format.channels() * encoding.bytes();
        this.dataOffset = dataOffset;
        this.frames = frames;
        this.frame = firstFrame;
    }

    /** Reads a file, which is closed with the reader; refuses NaN and infinity. */
    static PcmReader ofFile(OpenFiles.Handle file, String name, WavHeader header, long firstFrame) {
        return new PcmReader(
                file, null, name, header.format(), header.encoding(), header.dataOffset(), header.frames(), firstFrame);
    }

    /** Reads whatever doubles a channel holds, which stays open when the reader is closed. */
    static PcmReader ofSpool(FileChannel spool, String name, AudioFormat format, long frames, long firstFrame) {
        return new PcmReader(null, spool, name, format, Pcm.FLOAT64, 0, frames, firstFrame);
    }

    @Override
    public AudioFormat format() {
        return format;
    }

    @Override
    public int read(AudioBlock block, int wanted) throws IOException {
        Objects.checkFromToIndex(0, wanted, block.capacity());
        if (block.channels() != format.channels()) {
            throw new IllegalArgumentException(
                    name + ": has " + format.channels() + " channels, the block " + block.channels());
        }
        if (closed) {
            throw new IOException(name + ": frame " + frame + ": the stream is closed");
        }
        int count = (int) Math.min(wanted, frames - frame);
        if (count == 0) {
            return 0;
        }
        if (buffer.remaining() < (long) count * frameBytes) {
            fill(count);
        }
        encoding.decode(buffer.array(), buffer.position(), block, count);
        if (file != null && !encoding.integer()) {
            refuseNotFinite(block, count);
        }
        buffer.position(buffer.position() + count * frameBytes);
        frame += count;
        return count;
    }

    /** Has at least {@code count} frames in the buffer; what is left in it moves to its front. */
    private void fill(int count) throws IOException {
        long wanted = Math.min(Math.max(IO_BYTES / frameBytes, count), frames - frame);
        int capacity = Math.toIntExact(wanted * frameBytes);
        ByteBuffer filling = buffer.capacity() >= capacity
                ? buffer.compact()
                : ByteBuffer.allocate(capacity).put(buffer);
        buffer = filling;
        long end = (frames - frame) * frameBytes;
        filling.limit((int) Math.min(filling.capacity(), end));
        long start = dataOffset + frame * frameBytes;
        try {
            while (filling.hasRemaining()) {
                if (readBytes(filling, start + filling.position()) < 0) {
                    throw new IOException("the file has become shorter while it was read; try again when it is whole");
                }
            }
        } catch (IOException e) {
            long at = frame + filling.position() / frameBytes;
            filling.flip();
            throw new IOException(name + ": frame " + at + ": " + reason(e), e);
        }
        filling.flip();
    }

    private int readBytes(ByteBuffer into, long position) throws IOException {
        return file == null ? Objects.requireNonNull(spool).read(into, position) : file.read(into, position);
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? "cannot be read: " + e.getClass().getSimpleName() : e.getMessage();
    }

    private void refuseNotFinite(AudioBlock block, int count) throws IOException {
        int first = count;
        int channelOfFirst = -1;
        for (int c = 0; c < block.channels(); c++) {
            int at = NotFinite.first(block.channel(c), first);
            if (at >= 0) {
                first = at;
                channelOfFirst = c;
            }
        }
        if (channelOfFirst >= 0) {
            throw new IOException(name + ": frame " + (frame + first) + ", channel " + (channelOfFirst + 1) + ": "
                    + (Double.isNaN(block.channel(channelOfFirst)[first]) ? "NaN" : "infinity")
                    + " is no sample; export the file again");
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        if (file != null) {
            file.close();
        }
    }
}
