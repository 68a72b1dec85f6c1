package io.mixgraph.wav;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.FrameSink;
import io.mixgraph.audio.SampleEncoding;
import io.mixgraph.dsp.Pcm;
import io.mixgraph.dsp.Quantiser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Writes a WAV file whose length is known before the first frame, so that it is written, and digested, from front to
 * back: RIFF, and RF64 by itself once RIFF's sizes do not suffice. Its bytes depend on nothing but what it was given.
 *
 * <p>Samples are expected as a {@link Quantiser} leaves them; only then is what is written exactly what was handed
 * over.
 */
public final class WavWriter implements FrameSink {
    private static final int BEXT_BYTES = 602;
    private static final int DS64_BYTES = 28;

    private final WritableByteChannel channel;
    private final String name;
    private final AudioFormat format;
    private final SampleEncoding encoding;
    private final long frames;
    private final MessageDigest digest = newSha256();
    private final PcmWriter pcm;
    private @Nullable String sha256;
    private boolean closed;

    /**
     * @param channel takes the file's bytes; the writer closes it
     * @param name what to call the file in messages
     * @param format rate and channels
     * @param encoding how samples are stored
     * @param frames exactly how many will be written, 0 or more
     * @param origin what the file says of itself
     */
    public WavWriter(
            WritableByteChannel channel,
            String name,
            AudioFormat format,
            SampleEncoding encoding,
            long frames,
            BroadcastOrigin origin)
            throws IOException {
        this(channel, name, format, encoding, frames, origin, WavHeader.NO_SIZE);
    }

    /** @param riffLimit the first RIFF size that makes the file RF64 */
    WavWriter(
            WritableByteChannel channel,
            String name,
            AudioFormat format,
            SampleEncoding encoding,
            long frames,
            BroadcastOrigin origin,
            long riffLimit)
            throws IOException {
        this.channel = channel;
        this.name = name;
        this.format = format;
        this.encoding = encoding;
        this.frames = frames;
        this.pcm = new PcmWriter(channel, name, Pcm.of(encoding), format.channels(), digest);
        pcm.write(header(format, encoding, frames, origin, riffLimit));
    }

    /** As {@link #create(Path, String, AudioFormat, SampleEncoding, long, BroadcastOrigin)}, named by the path. */
    public static WavWriter create(
            Path path, AudioFormat format, SampleEncoding encoding, long frames, BroadcastOrigin origin)
            throws IOException {
        return create(path, path.toString(), format, encoding, frames, origin);
    }

    /**
     * Starts a file, replacing one that is there.
     *
     * @param path where; its folder exists
     * @param name what to call the file in messages
     * @param format rate and channels
     * @param encoding how samples are stored
     * @param frames exactly how many will be written, 0 or more
     * @param origin what the file says of itself
     * @throws IOException naming the file when it cannot be made
     */
    public static WavWriter create(
            Path path, String name, AudioFormat format, SampleEncoding encoding, long frames, BroadcastOrigin origin)
            throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(
                    path, StandardOpenOption.WRITE, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
        } catch (NoSuchFileException e) {
            throw new IOException(name + ": its folder does not exist; make it first", e);
        } catch (AccessDeniedException e) {
            throw new IOException(name + ": no permission to write it", e);
        } catch (IOException e) {
            throw new IOException(name + ": cannot be made: " + Reason.of(e), e);
        }
        return new WavWriter(channel, name, format, encoding, frames, origin);
    }

    /** The exact size in bytes of a file with so many frames. */
    public static long fileBytes(AudioFormat format, SampleEncoding encoding, long frames) {
        return fileBytes(format, encoding, frames, WavHeader.NO_SIZE);
    }

    static long fileBytes(AudioFormat format, SampleEncoding encoding, long frames, long riffLimit) {
        long data = dataBytes(format, encoding, frames);
        long bytes = 12L + 8 + BEXT_BYTES + 8 + fmtBytes(format, encoding) + (encoding.integer() ? 0 : 12) + 8;
        bytes = Math.addExact(bytes, Math.addExact(data, data % 2));
        return bytes - 8 < riffLimit ? bytes : bytes + 8 + DS64_BYTES;
    }

    @Override
    public void write(AudioBlock block, int count) throws IOException {
        if (closed) {
            throw new IOException(name + ": frame " + pcm.frames() + ": the file is closed");
        }
        if (count > frames - pcm.frames()) {
            throw new IOException(name + ": frame " + frames + ": more frames than announced");
        }
        pcm.write(block, count);
    }

    /**
     * Ends the file and forces it to the disk.
     *
     * @throws IOException naming the file when it cannot be written, or when fewer frames came than were announced: the
     *     file is then not to be used
     */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (channel) {
            if (pcm.frames() != frames) {
                throw new IOException(
                        name + ": frame " + pcm.frames() + ": ended before the " + frames + " frames announced");
            }
            if (dataBytes(format, encoding, frames) % 2 == 1) {
                pcm.write(new byte[1]);
            }
            pcm.flush();
            if (channel instanceof FileChannel file) {
                try {
                    file.force(true);
                } catch (IOException e) {
                    throw pcm.failure(e);
                }
            }
            sha256 = HexFormat.of().formatHex(digest.digest());
        }
    }

    /**
     * The SHA-256 of the whole file, in lower-case hexadecimal.
     *
     * @throws IllegalStateException before a {@link #close} that succeeded
     */
    public String sha256() {
        if (sha256 == null) {
            throw new IllegalStateException(name + ": is not closed");
        }
        return sha256;
    }

    private static long dataBytes(AudioFormat format, SampleEncoding encoding, long frames) {
        if (frames < 0) {
            throw new IllegalArgumentException("a file cannot have " + frames + " frames");
        }
        return Math.multiplyExact(frames, (long) format.channels() * encoding.bytes());
    }

    private static int fmtBytes(AudioFormat format, SampleEncoding encoding) {
        return format.channels() > 2 ? 40 : encoding.integer() ? 16 : 18;
    }

    private static byte[] header(
            AudioFormat format, SampleEncoding encoding, long frames, BroadcastOrigin origin, long riffLimit) {
        long fileBytes = fileBytes(format, encoding, frames, riffLimit);
        long data = dataBytes(format, encoding, frames);
        boolean big = fileBytes - 8 >= riffLimit;
        ByteBuffer out =
                ByteBuffer.allocate((int) (fileBytes - data - data % 2)).order(ByteOrder.LITTLE_ENDIAN);
        chunk(out, big ? "RF64" : "RIFF", big ? WavHeader.NO_SIZE : fileBytes - 8);
        text(out, "WAVE", 4);
        if (big) {
            chunk(out, "ds64", DS64_BYTES);
            out.putLong(fileBytes - 8).putLong(data).putLong(frames).putInt(0);
        }
        chunk(out, "bext", BEXT_BYTES);
        int bodyEnd = out.position() + BEXT_BYTES;
        bext(out, origin);
        out.position(bodyEnd);
        fmt(out, format, encoding);
        if (!encoding.integer()) {
            chunk(out, "fact", 4);
            out.putInt((int) Math.min(frames, WavHeader.NO_SIZE));
        }
        chunk(out, "data", big ? WavHeader.NO_SIZE : data);
        return out.array();
    }

    /** EBU Tech 3285, version 1 (loudness, version 2, is not known before the last frame). */
    private static void bext(ByteBuffer out, BroadcastOrigin origin) {
        text(out, origin.description(), 256);
        text(out, "Mixgraph", 32);
        text(out, "", 32 + 10 + 8);
        out.putLong(origin.timeReferenceFrames());
        out.putShort((short) 1);
    }

    private static void fmt(ByteBuffer out, AudioFormat format, SampleEncoding encoding) {
        int size = fmtBytes(format, encoding);
        int tag = encoding.integer() ? WavHeader.TAG_PCM : WavHeader.TAG_FLOAT;
        int frameBytes = format.channels() * encoding.bytes();
        chunk(out, "fmt ", size);
        out.putShort((short) (size == 40 ? WavHeader.TAG_EXTENSIBLE : tag));
        out.putShort((short) format.channels());
        out.putInt(format.sampleRate());
        out.putInt(format.sampleRate() * frameBytes);
        out.putShort((short) frameBytes);
        out.putShort((short) encoding.bits());
        if (size > 16) {
            out.putShort((short) (size - 18));
        }
        if (size == 40) {
            out.putShort((short) encoding.bits());
            out.putInt(format.layout().mask());
            out.putShort((short) tag);
            out.put(WavHeader.GUID_TAIL);
        }
    }

    private static void chunk(ByteBuffer out, String id, long size) {
        text(out, id, 4);
        out.putInt((int) size);
    }

    /** ASCII, anything else a question mark, cut to the width and filled with zeros. */
    private static void text(ByteBuffer out, String text, int width) {
        byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
        out.put(ascii, 0, Math.min(ascii.length, width));
        out.put(new byte[width - Math.min(ascii.length, width)]);
    }

    private static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
