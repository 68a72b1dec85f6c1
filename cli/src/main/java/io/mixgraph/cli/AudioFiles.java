package io.mixgraph.cli;

import io.mixgraph.audio.AudioSource;
import io.mixgraph.codecs.Codecs;
import io.mixgraph.wav.WavFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Recordings by their file name: WAV by Mixgraph itself, the rest by the codecs. */
final class AudioFiles {
    private static final List<String> WAV = List.of("wav", "wave");

    private AudioFiles() {}

    /**
     * Opens a recording.
     *
     * @param name what to call it in messages
     * @throws IOException naming it, with what is wrong and what to do
     */
    static AudioSource open(Path file, String name) throws IOException {
        check(file, name);
        return isWave(name) ? WavFile.of(file, name) : Codecs.open(file, name);
    }

    /**
     * Finds out whether a file can be a recording.
     *
     * @throws IOException naming it, with what is wrong and what to do
     */
    static void check(Path file, String name) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException(name + " is a folder, not a recording");
        }
        if (!Files.exists(file)) {
            throw new NoSuchFileException(name);
        }
        if (!Files.isRegularFile(file)) {
            throw new IOException(name + " is no regular file");
        }
        if (!isWave(name) && !Codecs.extensions().contains(extension(name))) {
            throw new IOException(name + " is of no kind that is known by its name; known are " + known());
        }
    }

    /** Whether a file is a WAV file, by its name. */
    static boolean isWave(String name) {
        return WAV.contains(extension(name));
    }

    /** The file name extensions that are known. */
    static String known() {
        return String.join(", ", WAV) + ", " + String.join(", ", Codecs.extensions());
    }

    /** Whether a file's name is that of a recording. */
    static boolean isRecording(Path file) {
        String extension = extension(file.toString());
        return WAV.contains(extension) || Codecs.extensions().contains(extension);
    }

    /** The end of a file's name, in lower case. */
    static String extension(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 || name.indexOf('/', dot) >= 0
                ? ""
                : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }
}
