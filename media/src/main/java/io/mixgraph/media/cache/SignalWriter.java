package io.mixgraph.media.cache;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.Findings;
import io.mixgraph.render.SignalCache;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Writes a signal to be kept. When it cannot go on it gives the signal up, and takes the rest without a word. */
final class SignalWriter implements SignalCache.Keeping {
    private final CacheFolder folder;
    private final Path path;
    private final CacheFolder.Draft draft;
    private final AudioFormat format;
    private final long frames;
    private final @Nullable String inexact;
    private final long[] checks;
    /** The chunk at hand, channel by channel, and how many frames of it there are. */
    private final float[][] chunk;

    private int filled;
    private final ByteBuffer buffer;
    /** The same bytes, and as samples. */
    private final ByteBuffer whole;

    private final FloatBuffer samples;
    private final CRC32C crc = new CRC32C();
    private int chunks;
    private long written;
    private boolean givenUp;
    private boolean closed;
    private @Nullable Map<String, Findings> recordings;

    private SignalWriter(
            CacheFolder folder,
            Path path,
            CacheFolder.Draft draft,
            AudioFormat format,
            long frames,
            @Nullable String inexact) {
        this.folder = folder;
        this.path = path;
        this.draft = draft;
        this.format = format;
        this.frames = frames;
        this.inexact = inexact;
        this.checks = new long[Math.toIntExact(SignalFile.chunks(frames))];
        this.chunk = new float[format.channels()][SignalFile.CHUNK_FRAMES];
        this.buffer = SignalFile.buffer(format, frames);
        this.whole = buffer.duplicate();
        this.samples = buffer.asFloatBuffer();
    }

    /**
     * Starts a file; null when none can be.
     *
     * @param inexact the trouble that it is when samples are no 32-bit floats; null when it is none
     */
    static @Nullable SignalWriter open(
            CacheFolder folder, Path path, AudioFormat format, long frames, @Nullable String inexact) {
        CacheFolder.Draft draft = folder.draft(frames * format.channels() * Float.BYTES);
        if (draft == null) {
            return null;
        }
        SignalWriter writer = new SignalWriter(folder, path, draft, format, frames, inexact);
        try {
            writer.put(writer.file(Map.of()).head());
        } catch (IOException e) {
            folder.unwritable(e);
            folder.discard(draft);
            return null;
        }
        return writer;
    }

    @Override
    public void write(AudioBlock block, int count) {
        for (int done = 0; done < count && !givenUp; ) {
            int part = Math.min(count - done, SignalFile.CHUNK_FRAMES - filled);
            boolean exact = true;
            for (int c = 0; c < chunk.length; c++) {
                exact &= narrow(block.channel(c), done, chunk[c], filled, part);
            }
            done += part;
            filled += part;
            written += part;
            if (!exact && inexact != null) {
                folder.trouble(inexact);
            }
            if (!exact || written > frames) {
                giveUp();
            } else if (filled == SignalFile.CHUNK_FRAMES || written == frames) {
                endChunk();
            }
        }
    }

    /** Gives false when any of them is no 32-bit float, bit for bit. */
    private static boolean narrow(double[] from, int start, float[] to, int into, int count) {
        long different = 0;
        for (int i = 0; i < count; i++) {
            double sample = from[start + i];
            float narrow = (float) sample;
            to[into + i] = narrow;
            different |= Double.doubleToRawLongBits(narrow) ^ Double.doubleToRawLongBits(sample);
        }
        return different == 0;
    }

    private void endChunk() {
        if (silent()) {
            checks[chunks] = SignalFile.SILENT;
        } else {
            int bytes = filled * chunk.length * Float.BYTES;
            if (buffer.remaining() < bytes) {
                flush();
            }
            int start = buffer.position();
            for (int c = 0; c < chunk.length; c++) {
                samples.put(start / Float.BYTES + c * filled, chunk[c], 0, filled);
            }
            crc.reset();
            crc.update(whole.clear().position(start).limit(start + bytes));
            checks[chunks] = crc.getValue();
            buffer.position(start + bytes);
        }
        chunks++;
        filled = 0;
    }

    private boolean silent() {
        for (float[] channel : chunk) {
            for (int i = 0; i < filled; i++) {
                if (Float.floatToRawIntBits(channel[i]) != 0) {
                    return false;
                }
            }
        }
        return true;
    }

    private void flush() {
        buffer.flip();
        try {
            put(buffer);
        } catch (IOException e) {
            folder.unwritable(e);
            giveUp();
        }
        buffer.clear();
    }

    private void put(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            draft.channel().write(bytes);
        }
    }

    private SignalFile file(Map<String, Findings> found) {
        return new SignalFile(format, frames, checks, found);
    }

    private void giveUp() {
        givenUp = true;
        folder.discard(draft);
    }

    @Override
    public void whole(Map<String, Findings> found) {
        recordings = found;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (!givenUp && recordings != null && written == frames) {
            flush();
            publish(recordings);
        }
        folder.discard(draft);
    }

    private void publish(Map<String, Findings> found) {
        if (givenUp) {
            return;
        }
        try {
            put(file(found).tail());
            folder.publish(draft, path);
        } catch (IOException e) {
            folder.unwritable(e);
        }
    }
}
