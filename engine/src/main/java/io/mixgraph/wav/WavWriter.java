package io.mixgraph.wav;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.FrameSink;
import io.mixgraph.audio.SampleEncoding;
import io.mixgraph.dsp.Pcm;
import io.mixgraph.dsp.Quantiser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
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
 * back; only a file that says how loud it is has a few bytes changed at its end. Its bytes depend on nothing but what
 * it was given.
 *
 * <p>Samples are expected as a {@link Quantiser} leaves them; only then is what is written exactly what was handed
 * over.
 */
public final class WavWriter implements FrameSink {
    private static final int PIECE_BYTES = 1 << 18;

    /** So much is written before it is forced to the disk, so that at the end there is little to wait for. */
    private static final long FORCE_BYTES = 1 << 24;

    private final WritableByteChannel channel;
    private final String name;
    private final WavPlan plan;
    private final MessageDigest digest = newSha256();
    private final PcmWriter pcm;
    private @Nullable DiskSync sync;
    private @Nullable BroadcastLoudness loudness;
    private @Nullable String sha256;
    private long unforced;

    /** How much of the file as it now is has yet to be digested. */
    private long unread;

    private @Nullable ByteBuffer again;
    private boolean ended;
    private boolean closed;

    /** Whether the channel is no longer ours to close. */
    private boolean handedOver;

    /**
     * @param channel takes the file's bytes from its start; the writer closes it
     * @param name what to call the file in messages
     * @param plan the file; exactly as many frames will be written
     * @param origin what the file says of itself
     */
    public WavWriter(WritableByteChannel channel, String name, WavPlan plan, BroadcastOrigin origin)
            throws IOException {
        this.channel = channel;
        this.name = name;
        this.plan = plan;
        this.pcm = new PcmWriter(
                channel, name, Pcm.of(plan.encoding()), plan.format().channels(), digest);
        pcm.write(WavChunks.header(plan, origin));
    }

    /** As {@link #create(Path, String, WavPlan, BroadcastOrigin)}, named by the path, without tags. */
    public static WavWriter create(
            Path path, AudioFormat format, SampleEncoding encoding, long frames, BroadcastOrigin origin)
            throws IOException {
        return create(path, path.toString(), WavPlan.of(format, encoding, frames), origin);
    }

    /**
     * Starts a file, replacing one that is there.
     *
     * @param path where; its folder exists
     * @param name what to call the file in messages
     * @param plan the file; exactly as many frames will be written
     * @param origin what the file says of itself
     * @throws IOException naming the file when it cannot be made
     */
    public static WavWriter create(Path path, String name, WavPlan plan, BroadcastOrigin origin) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(
                    path,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING);
        } catch (NoSuchFileException e) {
            throw new IOException(name + ": its folder does not exist; make it first", e);
        } catch (AccessDeniedException e) {
            throw new IOException(name + ": no permission to write it", e);
        } catch (IOException e) {
            throw new IOException(name + ": cannot be made: " + Reason.of(e), e);
        }
        return new WavWriter(channel, name, plan, origin);
    }

    /**
     * Has the file forced to the disk, and closed, beside whoever writes it: once it is settled nobody has to wait, and
     * {@link DiskSync#await} tells whether that failed.
     */
    public void syncBy(DiskSync beside) {
        sync = beside;
    }

    @Override
    public void write(AudioBlock block, int count) throws IOException {
        if (ended || closed) {
            throw new IOException(name + ": frame " + pcm.frames() + ": the file is closed");
        }
        if (count > plan.frames() - pcm.frames()) {
            throw new IOException(name + ": frame " + plan.frames() + ": more frames than announced");
        }
        pcm.write(block, count);
        unforced += count * plan.frameBytes();
        if (unforced >= FORCE_BYTES) {
            unforced = 0;
            if (sync != null && channel instanceof FileChannel file) {
                sync.begin(file);
            } else {
                force();
            }
        }
    }

    /**
     * Has the file say how loud it is: its {@code bext} chunk, else of version 1, is then one of version 2. The chunk
     * lies before the samples, so {@link #settle} changes it in place and reads the file once more for its digest.
     *
     * @throws IllegalStateException once it is settled, and when what takes the bytes is no file that can be read
     */
    public void loudness(BroadcastLoudness measured) {
        if (ended || closed || !(channel instanceof FileChannel)) {
            throw new IllegalStateException(name + ": cannot be changed any more");
        }
        loudness = measured;
    }

    /**
     * Does a piece of what is left to do once the last frame is there: ends the file, reads some of it once more if
     * that is needed for its digest, at last forces it to the disk, or has it forced ({@link #syncBy}).
     *
     * @return how many bytes are still to be read; 0 when the file is whole
     * @throws IOException naming the file when it cannot be written, or when fewer frames came than were announced: the
     *     file is then not to be used
     */
    public long settle() throws IOException {
        if (sha256 != null) {
            return 0;
        }
        if (closed) {
            throw new IOException(name + ": frame " + pcm.frames() + ": the file is closed");
        }
        if (!ended) {
            end();
        } else if (unread > 0) {
            digestAgain((FileChannel) channel);
        }
        if (unread == 0) {
            if (sync == null) {
                force();
            } else {
                handedOver = true;
                sync.end(this::forceAndClose);
            }
            sha256 = HexFormat.of().formatHex(digest.digest());
        }
        return unread;
    }

    private void end() throws IOException {
        if (pcm.frames() != plan.frames()) {
            throw new IOException(
                    name + ": frame " + pcm.frames() + ": ended before the " + plan.frames() + " frames announced");
        }
        pcm.write(WavChunks.trailer(plan));
        pcm.flush();
        ended = true;
        if (loudness != null && channel instanceof FileChannel file) {
            change(file, WavChunks.loudnessOffset(plan), WavChunks.loudness(loudness));
            digest.reset();
            unread = plan.fileBytes();
        }
    }

    private void forceAndClose() throws IOException {
        try (channel) {
            force();
        }
    }

    private void force() throws IOException {
        if (channel instanceof FileChannel file) {
            try {
                file.force(ended);
            } catch (IOException e) {
                throw pcm.failure(e);
            }
        }
    }

    private void change(FileChannel file, long start, ByteBuffer bytes) throws IOException {
        try {
            while (bytes.hasRemaining()) {
                file.write(bytes, start + bytes.position());
            }
        } catch (IOException e) {
            throw new IOException(name + ": byte " + start + ": cannot be changed: " + Reason.of(e), e);
        }
    }

    /** Goes on with the digest of the file as it now is, a piece further. */
    private void digestAgain(FileChannel file) throws IOException {
        ByteBuffer piece = again == null ? ByteBuffer.allocate(PIECE_BYTES) : again;
        again = piece.clear().limit((int) Math.min(PIECE_BYTES, unread));
        long at = plan.fileBytes() - unread;
        int count;
        long size;
        try {
            count = file.read(piece, at);
            size = file.size();
        } catch (IOException e) {
            throw new IOException(name + ": byte " + at + ": cannot be read back: " + Reason.of(e), e);
        }
        if (count <= 0 || size != plan.fileBytes()) {
            throw new IOException(name + ": byte " + size + ": the file changed while it was written");
        }
        digest.update(piece.array(), 0, count);
        unread -= count;
    }

    /**
     * Completes the file as {@link #settle} does, all at once.
     *
     * @throws IOException as there
     */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        try {
            while (settle() > 0) {
                // As settle says.
            }
        } finally {
            abandon();
        }
    }

    /** Closes the file as it is: whole when it is settled, and otherwise not to be used. */
    public void abandon() throws IOException {
        closed = true;
        if (!handedOver) {
            channel.close();
        }
    }

    /**
     * The SHA-256 of the whole file, in lower-case hexadecimal.
     *
     * @throws IllegalStateException before it is settled, or closed without an error
     */
    public String sha256() {
        if (sha256 == null) {
            throw new IllegalStateException(name + ": is not whole");
        }
        return sha256;
    }

    private static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
