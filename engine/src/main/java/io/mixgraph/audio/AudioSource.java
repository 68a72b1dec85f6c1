package io.mixgraph.audio;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A recording that can be opened any number of times, also at once: a file, a buffer, a generator. Safe for use by many
 * threads.
 */
public interface AudioSource {
    /** What to call it in messages: usually its path as the user wrote it. */
    String name();

    AudioFormat format();

    /** Its exact length in frames at its own rate, 0 or more. */
    long frames();

    /**
     * Opens it at a frame; every stream so opened gives the same samples for the same frames.
     *
     * @param firstFrame 0 to {@link #frames()}
     * @return a stream whose first frame is {@code firstFrame}; the caller closes it
     * @throws IOException naming the file when it cannot be opened
     */
    FrameSource open(long firstFrame) throws IOException;

    /**
     * What opening it showed to be odd, as sentences that name it, for people: data that is cut short, more streams
     * than one. Empty when nothing was. What reading shows is told by {@link FrameSource#findings}.
     */
    default List<String> warnings() {
        return List.of();
    }

    /** The outside program or library that decodes it; null when Mixgraph does so itself. */
    default @Nullable Backend backend() {
        return null;
    }

    /**
     * SHA-256 in hexadecimal of what it is made of, such as the bytes of its file: two sources with one digest, format
     * and {@link #backend} give the same samples. Null when that is not known, and then nothing that hears it is kept
     * for later renders.
     */
    default @Nullable String digest() {
        return null;
    }

    /** The recording as it was opened, under whatever converts it; itself when nothing does. */
    default AudioSource original() {
        return this;
    }

    /**
     * A decoder that is not Mixgraph's own.
     *
     * @param name its name, in lower case: {@code ffmpeg}
     * @param version the build, as it names itself
     */
    record Backend(String name, String version) {}
}
