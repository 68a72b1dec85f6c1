package io.mixgraph.wav;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.dsp.Pcm;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** Encodes frames into a buffer and hands it on in large writes, digesting what goes by. Owns the channel. */
final class PcmWriter {
    private static final int IO_BYTES = 1 << 18;

    private final WritableByteChannel channel;
    private final String name;
    private final Pcm encoding;
    private final int channels;
    private final @Nullable MessageDigest digest;
    private ByteBuffer buffer = ByteBuffer.allocate(IO_BYTES);
    private long frames;
    private long framesWritten;

    PcmWriter(WritableByteChannel channel, String name, Pcm encoding, int channels, @Nullable MessageDigest digest) {
        this.channel = channel;
        this.name = name;
        this.encoding = encoding;
        this.channels = channels;
        this.digest = digest;
    }

    /** How many frames it was given. */
    long frames() {
        return frames;
    }

    /** Bytes that are no frames: a header or padding. */
    void write(byte[] bytes) throws IOException {
        room(bytes.length);
        buffer.put(bytes);
    }

    void write(AudioBlock block, int count) throws IOException {
        if (block.channels() != channels) {
            throw new IllegalArgumentException(
                    name + ": takes " + channels + " channels, the block has " + block.channels());
        }
        int bytes = Math.multiplyExact(count, channels * encoding.bytes());
        room(bytes);
        if (!encoding.encode(block, count, buffer.array(), buffer.position())) {
            throw new IOException(name + ": a sample from frame " + frames + " on is over full scale, which "
                    + encoding.bits() + "-bit integers cannot hold; lower the gain or write float32");
        }
        buffer.position(buffer.position() + bytes);
        frames += count;
    }

    private void room(int bytes) throws IOException {
        if (buffer.remaining() < bytes) {
            flush();
            if (buffer.capacity() < bytes) {
                buffer = ByteBuffer.allocate(bytes);
            }
        }
    }

    /** Hands on everything it was given. */
    void flush() throws IOException {
        buffer.flip();
        if (digest != null) {
            digest.update(buffer.array(), 0, buffer.limit());
        }
        try {
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        } catch (IOException e) {
            throw failure(e);
        }
        buffer.clear();
        framesWritten = frames;
    }

    /** The same failure, naming the file and the first frame that may be missing. */
    IOException failure(IOException e) {
        return new IOException(name + ": frame " + framesWritten + ": cannot be written: " + Reason.of(e), e);
    }
}
