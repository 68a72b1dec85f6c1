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
    /** Opens a file of someone else's making. */
    interface Opener {
        FileChannel open() throws IOException;
    }

    private static final int IO_BYTES = 1 << 17;

    private final @Nullable Opener opener;
    private final String name;
    private final AudioFormat format;
    private final Pcm encoding;
    private final int frameBytes;
    private final long dataOffset;
    private final long frames;
    private long frame;
    private @Nullable FileChannel channel;
    private boolean closed;

    /** Bytes read and not yet decoded, from position to limit; they begin with {@code frame}. */
    private ByteBuffer buffer = ByteBuffer.allocate(0);

    private PcmReader(
            @Nullable Opener opener,
            @Nullable FileChannel channel,
            String name,
            AudioFormat format,
            Pcm encoding,
            long dataOffset,
            long frames,
            long firstFrame) {
        if (firstFrame < 0 || firstFrame > frames) {
            throw new IllegalArgumentException(name + ": no frame " + firstFrame + " in " + frames);
        }
        this.opener = opener;
        this.channel = channel;
        this.name = name;
        this.format = format;
        this.encoding = encoding;
        this.frameBytes = format.channels() * encoding.bytes();
        this.dataOffset = dataOffset;
        this.frames = frames;
        this.frame = firstFrame;
    }

    /** Reads a file that is opened at the first read and closed with the reader; refuses NaN and infinity. */
    static PcmReader ofFile(Opener opener, String name, WavHeader header, long firstFrame) {
        return new PcmReader(
                opener,
                null,
                name,
                header.format(),
                header.encoding(),
                header.dataOffset(),
                header.frames(),
                firstFrame);
    }

    /** Reads whatever doubles a channel holds, which stays open when the reader is closed. */
    static PcmReader ofSpool(FileChannel channel, String name, AudioFormat format, long frames, long firstFrame) {
        return new PcmReader(null, channel, name, format, Pcm.FLOAT64, 0, frames, firstFrame);
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
        if (opener != null && !encoding.integer()) {
            refuseNotFinite(block, count);
        }
        buffer.position(buffer.position() + count * frameBytes);
        frame += count;
        return count;
    }

    /** Has at least {@code count} frames in the buffer; what is left in it moves to its front. */
    private void fill(int count) throws IOException {
        int capacity = Math.multiplyExact(Math.max(IO_BYTES / frameBytes, count), frameBytes);
        ByteBuffer filling = buffer.capacity() >= capacity
                ? buffer.compact()
                : ByteBuffer.allocate(capacity).put(buffer);
        buffer = filling;
        long end = (frames - frame) * frameBytes;
        filling.limit((int) Math.min(filling.capacity(), end));
        long start = dataOffset + frame * frameBytes;
        if (channel == null && opener != null) {
            channel = opener.open();
        }
        FileChannel open = Objects.requireNonNull(channel);
        try {
            while (filling.hasRemaining()) {
                if (open.read(filling, start + filling.position()) < 0) {
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
        if (opener != null && channel != null) {
            channel.close();
        }
    }
}
