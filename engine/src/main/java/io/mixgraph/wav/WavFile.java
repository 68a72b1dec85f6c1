package io.mixgraph.wav;

import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.AudioSource;
import io.mixgraph.audio.FrameSource;
import io.mixgraph.dsp.Pcm;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A WAV file to be read: RIFF, RF64 or BW64 with integer samples of 8, 16, 24 or 32 bits or IEEE floats of 32 or 64.
 * Safe for use by many threads.
 */
public final class WavFile implements AudioSource {
    private final Path path;
    private final String name;
    private final WavHeader header;

    private WavFile(Path path, String name, WavHeader header) {
        this.path = path;
        this.name = name;
        this.header = header;
    }

    /** As {@link #of(Path, String)}, named by the path itself. */
    public static WavFile of(Path path) throws IOException {
        return of(path, path.toString());
    }

    /**
     * Reads a file's header. No handle stays open.
     *
     * @param path the file
     * @param name what to call it in messages
     * @throws IOException naming the file and what to do, when it cannot be read or is no WAV file of linear samples
     */
    public static WavFile of(Path path, String name) throws IOException {
        try (FileChannel channel = channel(path, name)) {
            return new WavFile(path, name, WavHeader.read(channel, name));
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public AudioFormat format() {
        return header.format();
    }

    @Override
    public long frames() {
        return header.frames();
    }

    /** How its samples are stored. */
    Pcm encoding() {
        return header.encoding();
    }

    /** How many bits of each sample are in use: 20, say, of samples that are stored in 24. */
    public int validBits() {
        return header.validBits();
    }

    /** What is wrong with the file without keeping it from being read, as sentences that name it. */
    @Override
    public List<String> warnings() {
        return header.warnings();
    }

    /**
     * {@inheritDoc}
     *
     * <p>The file is opened at the first read and stays so until the stream is closed. Reading fails at a NaN or an
     * infinity, and when the file has become shorter.
     */
    @Override
    public FrameSource open(long firstFrame) {
        return PcmReader.ofFile(() -> channel(path, name), name, header, firstFrame);
    }

    private static FileChannel channel(Path path, String name) throws IOException {
        if (Files.isDirectory(path)) {
            throw new IOException(name + ": is a folder, not a file");
        }
        try {
            return FileChannel.open(path, StandardOpenOption.READ);
        } catch (NoSuchFileException e) {
            throw new IOException(name + ": there is no such file", e);
        } catch (AccessDeniedException e) {
            throw new IOException(name + ": no permission to read it", e);
        } catch (IOException e) {
            throw new IOException(name + ": cannot be opened: " + Reason.of(e), e);
        }
    }
}
