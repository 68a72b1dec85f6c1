package io.mixgraph.wav;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.AudioSource;
import io.mixgraph.audio.FrameSink;
import io.mixgraph.audio.FrameSource;
import io.mixgraph.dsp.Pcm;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A signal kept aside in a temporary file, in double precision, bit for bit: first written once through {@link #sink},
 * then read any number of times. The file disappears with {@link #close}; where the system allows it has no name even
 * before, so that nothing stays behind when the process is killed.
 */
public final class Spool implements AudioSource, Closeable {
    private final String name;
    private final AudioFormat format;
    private final FileChannel channel;
    private final Sink sink;
    private volatile long frames;

    private Spool(String name, AudioFormat format, FileChannel channel) {
        this.name = name;
        this.format = format;
        this.channel = channel;
        this.sink = new Sink();
    }

    /**
     * Makes an empty spool.
     *
     * @param folder where the temporary file goes; it exists
     * @param name what is spooled, for messages
     * @param format rate and channels
     * @throws IOException naming the folder when no file can be made there
     */
    public static Spool create(Path folder, String name, AudioFormat format) throws IOException {
        try {
            Path file = Files.createTempFile(folder, "mixgraph-", ".spool");
            return new Spool(name + " (temporary file in " + folder + ")", format, open(file));
        } catch (IOException e) {
            throw new IOException(folder + ": no temporary file can be made here: " + Reason.of(e), e);
        }
    }

    private static FileChannel open(Path file) throws IOException {
        try {
            return FileChannel.open(
                    file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    /** How many bytes so many frames take. */
    public static long fileBytes(AudioFormat format, long frames) {
        return Math.multiplyExact(frames, (long) format.channels() * Pcm.FLOAT64.bytes());
    }

    /** Where the signal is written; always the same one. Its {@code close} makes everything written readable. */
    public FrameSink sink() {
        return sink;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public AudioFormat format() {
        return format;
    }

    /** How many frames can be read: 0 until the sink is closed. */
    @Override
    public long frames() {
        return frames;
    }

    @Override
    public FrameSource open(long firstFrame) {
        return PcmReader.ofSpool(channel, name, format, frames, firstFrame);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private final class Sink implements FrameSink {
        private final PcmWriter pcm = new PcmWriter(channel, name, Pcm.FLOAT64, format.channels(), null);
        private boolean closed;

        @Override
        public void write(AudioBlock block, int count) throws IOException {
            if (closed) {
                throw new IOException(name + ": frame " + pcm.frames() + ": the sink is closed");
            }
            pcm.write(block, count);
        }

        @Override
        public void close() throws IOException {
            if (!closed) {
                closed = true;
                pcm.flush();
                frames = pcm.frames();
            }
        }
    }
}
