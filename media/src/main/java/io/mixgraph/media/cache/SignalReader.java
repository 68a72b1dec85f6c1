package io.mixgraph.media.cache;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.Findings;
import io.mixgraph.render.SignalCache;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.zip.CRC32C;

/** Reads a signal that was kept. No frame is given of a chunk that fails its check. */
final class SignalReader implements SignalCache.Recalled {
    private final Path path;
    private final FileChannel channel;
    private final SignalFile file;
    private final long[] positions;
    private final ByteBuffer buffer;
    /** The same bytes, and as samples. */
    private final ByteBuffer whole;

    private final FloatBuffer samples;
    private final float[] scratch = new float[SignalFile.CHUNK_FRAMES];
    private final CRC32C crc = new CRC32C();
    /** What the buffer holds of the file. */
    private long bufferStart;

    private long bufferEnd;
    /** The chunk that was found undamaged last. */
    private int checked = -1;

    private long next;

    private SignalReader(Path path, FileChannel channel, SignalFile file, long firstFrame) {
        this.path = path;
        this.channel = channel;
        this.file = file;
        this.positions = file.positions();
        this.buffer = SignalFile.buffer(file.format(), file.frames());
        this.whole = buffer.duplicate();
        this.samples = buffer.asFloatBuffer();
        this.next = Objects.checkIndex(firstFrame, file.frames() + 1);
    }

    /**
     * Opens a file.
     *
     * @throws SignalFile.Damaged when its head or its end are; chunks show theirs when they are read
     */
    static SignalReader open(Path path, long firstFrame) throws IOException {
        FileChannel channel = FileChannel.open(path, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
        boolean ready = false;
        try {
            SignalReader reader = new SignalReader(path, channel, SignalFile.read(channel), firstFrame);
            ready = true;
            return reader;
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            // Its check is right, and yet it says what no signal can be: another program's, or a later Mixgraph's.
            throw new SignalFile.Damaged(path + ": " + e.getMessage());
        } finally {
            if (!ready) {
                channel.close();
            }
        }
    }

    /**
     * Reads all of it once.
     *
     * @throws SignalFile.Damaged when anything of it is
     */
    void verify() throws IOException {
        for (int chunk = 0; chunk < file.chunks(); chunk++) {
            if (!file.silent(chunk)) {
                load(chunk);
            }
        }
    }

    @Override
    public AudioFormat format() {
        return file.format();
    }

    @Override
    public long frames() {
        return file.frames();
    }

    @Override
    public Map<String, Findings> recordings() {
        return file.recordings();
    }

    @Override
    public int read(AudioBlock block, int wanted) throws IOException {
        int count = (int) Math.min(wanted, file.frames() - next);
        int done = 0;
        while (done < count) {
            int chunk = (int) (next / SignalFile.CHUNK_FRAMES);
            int offset = (int) (next % SignalFile.CHUNK_FRAMES);
            int length = file.chunkFrames(chunk);
            int part = Math.min(count - done, length - offset);
            if (file.silent(chunk)) {
                for (int c = 0; c < block.channels(); c++) {
                    Arrays.fill(block.channel(c), done, done + part, 0.0);
                }
            } else {
                int start = load(chunk) + offset;
                for (int c = 0; c < block.channels(); c++) {
                    samples.get(start + c * length, scratch, 0, part);
                    widen(scratch, block.channel(c), done, part);
                }
            }
            done += part;
            next += part;
        }
        return count;
    }

    private static void widen(float[] from, double[] to, int into, int count) {
        for (int i = 0; i < count; i++) {
            to[into + i] = from[i];
        }
    }

    /** Has a chunk in the buffer and gives where it begins there, in samples. */
    private int load(int chunk) throws IOException {
        long start = positions[chunk];
        int bytes = file.chunkBytes(chunk);
        if (start < bufferStart || start + bytes > bufferEnd) {
            fill(chunk, start);
        }
        int offset = (int) (start - bufferStart);
        if (chunk != checked) {
            crc.reset();
            crc.update(whole.clear().position(offset).limit(offset + bytes));
            if (crc.getValue() != file.check(chunk)) {
                throw new SignalFile.Damaged(at(chunk) + "is damaged; render again, and it is made anew");
            }
            checked = chunk;
        }
        return offset / Float.BYTES;
    }

    private void fill(int chunk, long start) throws IOException {
        // Should reading fail, nothing is in it.
        bufferStart = start;
        bufferEnd = start;
        checked = -1;
        buffer.clear().limit((int) Math.min(buffer.capacity(), positions[positions.length - 1] - start));
        try {
            SignalFile.fill(channel, buffer, start);
        } catch (SignalFile.Damaged e) {
            throw new SignalFile.Damaged(at(chunk) + "was cut short; render again, and it is made anew");
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            throw new IOException(at(chunk) + "cannot be read: " + e.getMessage() + "; render again without it", e);
        }
        bufferEnd = start + buffer.limit();
    }

    private String at(int chunk) {
        return path + ": frame " + (long) chunk * SignalFile.CHUNK_FRAMES + ": ";
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
