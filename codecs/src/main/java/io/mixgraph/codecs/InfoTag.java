package io.mixgraph.codecs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The tag that LAME and others put into an otherwise empty first frame of an MP3 file. */
final class InfoTag {
    private static final int ID3_HEADER_BYTES = 10;
    /** Where it can be: behind the frame's header of 4 bytes and its side information of 9, 17 or 32. */
    private static final int[] OFFSETS = {13, 21, 36};

    private static final int FRAME_BYTES = 40;

    private InfoTag() {}

    /**
     * Whether a file begins with one, after a tag of ID3v2 if there is one. FFmpeg takes an MP3 of fewer than seven
     * frames for something else; such a file is certainly one.
     */
    static boolean begins(Path file) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            byte[] id3 = read(channel, ID3_HEADER_BYTES);
            boolean tagged = is(id3, 0, "ID3");
            // Seven bits in each byte (ID3v2.4.0 structure, 3.1).
            long skip = tagged ? ID3_HEADER_BYTES + ((id3[6] << 21) | (id3[7] << 14) | (id3[8] << 7) | id3[9]) : 0;
            if (skip < 0) {
                return false;
            }
            channel.position(skip);
            byte[] frame = read(channel, FRAME_BYTES);
            boolean found = false;
            for (int offset : OFFSETS) {
                found |= is(frame, offset, "Info") || is(frame, offset, "Xing");
            }
            // Sync word, then layer III (ISO/IEC 11172-3, 2.4.2.3).
            return found && frame[0] == (byte) 0xFF && (frame[1] & 0xE6) == 0xE2;
        }
    }

    /** The next bytes, zeros where the file ends. */
    private static byte[] read(SeekableByteChannel channel, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(count);
        while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
            // Read on.
        }
        return buffer.array();
    }

    private static boolean is(byte[] bytes, int at, String text) {
        return new String(bytes, at, text.length(), StandardCharsets.ISO_8859_1).equals(text);
    }
}
