package io.mixgraph.codecs;

import io.mixgraph.FileEncoder;
import io.mixgraph.audio.SampleEncoding;
import io.mixgraph.model.FileFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.jspecify.annotations.Nullable;

/** The compressed formats that can be read and written. */
public final class Codecs {
    private static final List<String> EXTENSIONS =
            List.of("aac", "aif", "aifc", "aiff", "flac", "m4a", "mp3", "mp4", "oga", "ogg", "opus");

    private Codecs() {}

    /** The file name extensions that are read here, in lower case and without the dot, in alphabetical order. */
    public static List<String> extensions() {
        return EXTENSIONS;
    }

    /**
     * Opens a FLAC, MP3, AAC (ADTS or MP4), Apple Lossless, Ogg Vorbis, Opus or AIFF file; the content decides which it
     * is, not its name. Where the container does not say how long the sound is, all of it is decoded once to count. Of
     * several streams of audio, it is the one that players play.
     *
     * @param file where it is
     * @param name what to call it in messages
     * @throws IOException naming the file, with FFmpeg's reason, when it cannot be read as any of these
     */
    public static DecodedFile open(Path file, String name) throws IOException {
        return DecodedFile.of(file, name, Decoder.MAIN);
    }

    /**
     * As {@link #open(Path, String)}, for one stream of several, such as a stem of a stem_mp4.
     *
     * @param stream which of the streams of audio, from 0
     * @throws IOException naming the file, also when it has not so many
     */
    public static DecodedFile open(Path file, String name, int stream) throws IOException {
        Objects.checkIndex(stream, Integer.MAX_VALUE);
        return DecodedFile.of(file, name, stream);
    }

    /**
     * Writes FLAC, Apple Lossless, MP3, AAC, Opus and stem files, with tags and, once the loudness of what went in is
     * known, a gain for players. Each open file holds native memory until it is closed; any number may be open, on any
     * threads.
     *
     * <p>While a file is written its packets stand in a second file beside it, as large as the sound in it, which is
     * gone with {@code close}. FLAC and Apple Lossless files are the same on each run; MP3, AAC and Opus are so per
     * build of FFmpeg and, where LAME and Opus choose instructions by themselves, per CPU.
     *
     * @param cover a picture for all of them, the bytes of a JPEG or PNG file, or null; not kept by reference
     * @throws IOException when it is neither, or too large
     */
    public static FileEncoder encoder(byte @Nullable [] cover) throws IOException {
        Cover picture = cover == null ? null : Cover.of(cover);
        return (path, name, file, tags) -> EncodedFile.open(path, name, file, tags, picture);
    }

    /**
     * Why a signal cannot be written in a format, and what to do, in one sentence; null when it can. Needs no native
     * code.
     *
     * @param format what is left open counts as what follows from it
     * @param sampleRate frames per second
     * @param channels of the file; for stem_mp4, of each of its streams
     */
    public static @Nullable String problemWith(FileFormat format, int sampleRate, int channels) {
        if (format.format().wave()) {
            return null;
        }
        FileFormat whole = format.resolved(SampleEncoding.PCM24);
        int kbps = Objects.requireNonNullElse(whole.bitrateKbps(), 0);
        return Codec.of(whole).problem(Objects.requireNonNull(whole.encoding()), kbps, sampleRate, channels);
    }

    /**
     * The version of the FFmpeg that encodes and decodes, as it names itself. Loads the native code.
     *
     * @throws IOException when the native code does not run on this machine
     */
    public static String version() throws IOException {
        return Ffmpeg.version();
    }

    /**
     * Which build of the codecs this is: any two with one word decode and encode alike on one kind of machine. Does not
     * load the native code, which is why it is not {@link #version}.
     */
    public static String build() {
        String presets = AVRational.class.getPackage().getImplementationVersion();
        return "ffmpeg " + presets + " " + System.getProperty("os.name") + " " + System.getProperty("os.arch");
    }
}
