package io.mixgraph.media.cache;

import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.ChannelLayout;
import io.mixgraph.audio.Findings;
import io.mixgraph.audio.Speaker;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * How a signal lies in a file, all of it little-endian:
 *
 * <pre>
 * MIXSIG01        8 bytes
 * sample rate     int32
 * channels        int32
 * frames          int64
 * speakers        a byte per channel, the bit of its position in a channel mask
 * chunks          float32: a chunk is {@value #CHUNK_FRAMES} frames, the last one what is left, channel after channel
 * checks          int64 per chunk: CRC-32C of its bytes, or −1 where it is silence and has none
 * notes           UTF-8 text: what was found of the recordings
 * length of notes int32
 * check           int32: CRC-32C of all but the chunks
 * </pre>
 *
 * Silence means zeros with a plus; a chunk of anything else is there.
 */
final class SignalFile {
    static final int CHUNK_FRAMES = 1 << 14;
    static final long SILENT = -1;
    /** Reading and writing goes through about so many bytes, or one chunk when that is larger. */
    private static final int BUFFER_BYTES = 1 << 20;

    private static final byte[] MAGIC = "MIXSIG01".getBytes(StandardCharsets.US_ASCII);
    private static final int MAX_CHANNELS = 64;
    private static final int FIXED_BYTES = 24;
    private static final int END_BYTES = 8;

    private final AudioFormat format;
    private final long frames;
    private final long[] checks;
    private final Map<String, Findings> recordings;

    /** @param checks of each chunk, not copied */
    SignalFile(AudioFormat format, long frames, long[] checks, Map<String, Findings> recordings) {
        this.format = format;
        this.frames = frames;
        this.checks = checks;
        this.recordings = recordings;
    }

    /** A file that is no whole signal. */
    static final class Damaged extends IOException {
        private static final long serialVersionUID = 1;

        Damaged(String message) {
            super(message);
        }
    }

    /** Room for many chunks, as far as there are so many. */
    static ByteBuffer buffer(AudioFormat format, long frames) {
        int chunk = CHUNK_FRAMES * format.channels() * Float.BYTES;
        long wanted = Math.min(chunks(frames), BUFFER_BYTES / chunk);
        return bytes((int) Math.max(wanted, 1) * chunk);
    }

    static long chunks(long frames) {
        return frames / CHUNK_FRAMES + (frames % CHUNK_FRAMES == 0 ? 0 : 1);
    }

    AudioFormat format() {
        return format;
    }

    long frames() {
        return frames;
    }

    Map<String, Findings> recordings() {
        return recordings;
    }

    int chunks() {
        return checks.length;
    }

    /** Whether a chunk is silence, of which the file has nothing. */
    boolean silent(int chunk) {
        return checks[chunk] == SILENT;
    }

    /** CRC-32C of a chunk's bytes. */
    long check(int chunk) {
        return checks[chunk];
    }

    /** How many frames a chunk has. */
    int chunkFrames(int chunk) {
        return (int) Math.min(CHUNK_FRAMES, frames - (long) chunk * CHUNK_FRAMES);
    }

    int chunkBytes(int chunk) {
        return chunkFrames(chunk) * format.channels() * Float.BYTES;
    }

    /** Where each chunk begins that is there, and behind the last one where they end. */
    long[] positions() {
        long[] positions = new long[checks.length + 1];
        positions[0] = (long) FIXED_BYTES + format.channels();
        for (int i = 0; i < checks.length; i++) {
            positions[i + 1] = positions[i] + (silent(i) ? 0 : chunkBytes(i));
        }
        return positions;
    }

    /** What comes before the chunks. */
    ByteBuffer head() {
        ByteBuffer head = bytes(FIXED_BYTES + format.channels());
        head.put(MAGIC).putInt(format.sampleRate()).putInt(format.channels()).putLong(frames);
        for (Speaker speaker : format.layout().speakers()) {
            head.put((byte) speaker.ordinal());
        }
        return head.flip();
    }

    /** What comes after the chunks. */
    ByteBuffer tail() {
        byte[] notes = Notes.text(recordings).getBytes(StandardCharsets.UTF_8);
        ByteBuffer tail = bytes(Math.addExact(Math.multiplyExact(checks.length, Long.BYTES), notes.length + END_BYTES));
        tail.asLongBuffer().put(checks);
        tail.position(checks.length * Long.BYTES);
        tail.put(notes).putInt(notes.length);
        tail.putInt(check(head(), tail.duplicate().flip()));
        return tail.flip();
    }

    private static int check(ByteBuffer head, ByteBuffer tail) {
        CRC32C crc = new CRC32C();
        crc.update(head.duplicate());
        crc.update(tail.duplicate());
        return (int) crc.getValue();
    }

    /**
     * Reads all but the chunks.
     *
     * @throws Damaged when it is no whole file of a signal, as far as that can be told without the chunks
     */
    static SignalFile read(FileChannel channel) throws IOException {
        long size = channel.size();
        if (size < FIXED_BYTES + 1 + END_BYTES) {
            throw new Damaged("too short");
        }
        ByteBuffer head = bytes((int) Math.min(size, FIXED_BYTES + MAX_CHANNELS));
        fill(channel, head, 0);
        byte[] magic = new byte[MAGIC.length];
        head.get(magic);
        int sampleRate = head.getInt();
        int channels = head.getInt();
        long frames = head.getLong();
        int headBytes = FIXED_BYTES + channels;
        long chunks = chunks(frames);
        if (!Arrays.equals(magic, MAGIC)
                || channels < 1
                || channels > MAX_CHANNELS
                || frames < 0
                || chunks > size / Long.BYTES) {
            throw new Damaged("no head of a signal");
        }
        ByteBuffer end = bytes(END_BYTES);
        fill(channel, end, size - END_BYTES);
        int notesBytes = end.getInt();
        long tailStart = size - END_BYTES - notesBytes - chunks * Long.BYTES;
        if (notesBytes < 0 || tailStart < headBytes || size - tailStart > Integer.MAX_VALUE) {
            throw new Damaged("no end of a signal");
        }
        ByteBuffer tail = bytes((int) (size - tailStart));
        fill(channel, tail, tailStart);
        if (check(
                        head.duplicate().position(0).limit(headBytes),
                        tail.duplicate().limit(tail.limit() - Integer.BYTES))
                != end.getInt()) {
            throw new Damaged("head or end do not fit their check");
        }
        List<Speaker> speakers = new ArrayList<>();
        for (int c = 0; c < channels; c++) {
            speakers.add(Speaker.values()[head.get()]);
        }
        long[] checks = new long[(int) chunks];
        tail.asLongBuffer().get(checks);
        byte[] notes = new byte[notesBytes];
        tail.position(checks.length * Long.BYTES).get(notes);
        SignalFile file = new SignalFile(
                new AudioFormat(sampleRate, new ChannelLayout(speakers)),
                frames,
                checks,
                Notes.recordings(new String(notes, StandardCharsets.UTF_8)));
        if (file.positions()[checks.length] != tailStart) {
            throw new Damaged("chunks are missing");
        }
        return file;
    }

    /** Fills a buffer to its limit and makes it ready to be read from. */
    static void fill(FileChannel channel, ByteBuffer buffer, long position) throws IOException {
        int start = buffer.position();
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position() - start) < 0) {
                throw new Damaged("cut short");
            }
        }
        buffer.flip().position(start);
    }

    private static ByteBuffer bytes(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }
}
