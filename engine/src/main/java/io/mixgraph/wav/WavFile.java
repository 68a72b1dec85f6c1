package io.mixgraph.wav;

import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.AudioSource;
import io.mixgraph.audio.FrameSource;
import io.mixgraph.dsp.Pcm;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;

/**
 * A WAV file to be read: RIFF, RF64 or BW64 with integer samples of 8, 16, 24 or 32 bits or IEEE floats of 32 or 64.
 * Safe for use by many threads.
 */
public final class WavFile implements AudioSource {
    private final FileVersion file;
    private final String name;
    private final WavHeader header;
    private final OpenFiles files;

    private WavFile(FileVersion file, String name, WavHeader header, OpenFiles files) {
        this.file = file;
        this.name = name;
        this.header = header;
        this.files = files;
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
        return of(path, name, OpenFiles.OF_PROCESS);
    }

    /**
     * As {@link #of(Path, String)}.
     *
     * @param files among which it is open while its streams are read; otherwise among those of the process
     */
    public static WavFile of(Path path, String name, OpenFiles files) throws IOException {
        FileVersion file;
        FileChannel channel;
        try {
            file = FileVersion.of(path);
            channel = file.open();
        } catch (IOException e) {
            throw new IOException(name + ": " + e.getMessage(), e);
        }
        try (channel) {
            return new WavFile(file, name, WavHeader.read(channel, name), files);
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
     * <p>The file is opened at the first read, and closed with the stream or when others are read in its place. Reading
     * fails at a NaN or an infinity, and when the file is not any more what it was when its header was read.
     */
    @Override
    public FrameSource open(long firstFrame) {
        return PcmReader.ofFile(files.handle(file), name, header, firstFrame);
    }
}
