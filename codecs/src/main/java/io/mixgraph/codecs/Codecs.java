package io.mixgraph.codecs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The compressed formats that can be read. */
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
     * is, not its name. Where the container does not say how long the sound is, all of it is decoded once to count.
     *
     * @param file where it is
     * @param name what to call it in messages
     * @throws IOException naming the file, with FFmpeg's reason, when it cannot be read as any of these
     */
    public static DecodedFile open(Path file, String name) throws IOException {
        return DecodedFile.of(file, name);
    }

    /**
     * The version of the FFmpeg that decodes, as it names itself. Loads the native code.
     *
     * @throws IOException when the native code does not run on this machine
     */
    public static String version() throws IOException {
        return Ffmpeg.version();
    }
}
