package io.mixgraph.codecs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.jspecify.annotations.Nullable;

/**
 * The native library: loaded once, on first use, and set so that the same file decodes to the same bits, and the same
 * samples encode to the same bytes, on any CPU.
 */
final class Ffmpeg {
    private Ffmpeg() {}

    /**
     * Loads the native code unless it is loaded.
     *
     * @throws IOException saying what to do when there is none for this machine
     */
    static void load() throws IOException {
        if (Library.FAULT != null) {
            throw new IOException(
                    "compressed audio cannot be read or written on this machine: FFmpeg's native code does not load ("
                            + Library.FAULT
                            + "). Convert the sources to WAV and write wav, or build with -Dffmpeg.platform set to this"
                            + " platform");
        }
    }

    static String version() throws IOException {
        load();
        return avutil.av_version_info().getString();
    }

    /** What FFmpeg says of an error code. */
    static String reason(int error) {
        byte[] text = new byte[256];
        avutil.av_strerror(error, text, text.length);
        int length = 0;
        while (text[length] != 0) {
            length++;
        }
        return new String(text, 0, length, StandardCharsets.UTF_8);
    }

    /** A new dictionary of these, in their order and in UTF-8, whatever the platform's own encoding is; to be freed. */
    static AVDictionary dictionary(Map<String, String> entries) {
        AVDictionary dictionary = new AVDictionary(null);
        entries.forEach((key, value) -> {
            try (BytePointer k = utf8(key);
                    BytePointer v = utf8(value)) {
                avutil.av_dict_set(dictionary, k, v, 0);
            }
        });
        return dictionary;
    }

    private static BytePointer utf8(String text) {
        return new BytePointer((text + '\0').getBytes(StandardCharsets.UTF_8));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    private static final class Library {
        static final @Nullable String FAULT = initialise();

        private static @Nullable String initialise() {
            // JavaCPP otherwise refuses to allocate once the process is larger than four Java heaps, which a process
            // with a small heap always is.
            System.setProperty("org.bytedeco.javacpp.maxphysicalbytes", "0");
            System.setProperty("org.bytedeco.javacpp.maxbytes", "0");
            try {
                avcodec.avcodec_version();
                avformat.avformat_version();
                avutil.av_log_set_level(avutil.AV_LOG_QUIET);
                // Each SIMD routine rounds in its own way: without this, decoded bits depend on the CPU.
                avutil.av_force_cpu_flags(0);
                return null;
            } catch (LinkageError | RuntimeException e) {
                return e.toString();
            }
        }
    }
}
