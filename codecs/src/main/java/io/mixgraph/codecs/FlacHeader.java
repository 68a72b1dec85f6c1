package io.mixgraph.codecs;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** All of a FLAC file before its first frame (RFC 9639, 6 and 8). */
final class FlacHeader {
    private static final int STREAM_INFO = 0;
    private static final int PADDING = 1;
    private static final int VORBIS_COMMENT = 4;
    private static final int PICTURE = 6;
    private static final int LAST = 0x80;

    /** Room for others to change tags without moving the sound. */
    private static final int PADDING_BYTES = 4_096;

    private FlacHeader() {}

    /** @param streamInfo the body of its block, 34 bytes, with the digest of all samples */
    static byte[] of(byte[] streamInfo, Description description) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("fLaC".getBytes(StandardCharsets.US_ASCII));
        block(out, STREAM_INFO, streamInfo);
        Map<String, String> comments = VorbisComments.of(description);
        comments.putAll(description.replayGain());
        block(out, VORBIS_COMMENT, comments(comments));
        Cover cover = description.cover();
        if (cover != null) {
            block(out, PICTURE, cover.flacPicture());
        }
        block(out, LAST | PADDING, new byte[PADDING_BYTES]);
        return out.toByteArray();
    }

    private static void block(ByteArrayOutputStream out, int type, byte[] body) {
        out.writeBytes(ByteBuffer.allocate(4).putInt((type << 24) | body.length).array());
        out.writeBytes(body);
    }

    private static byte[] comments(Map<String, String> comments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        text(out, "Mixgraph");
        number(out, comments.size());
        comments.forEach((key, value) -> text(out, key + "=" + value));
        return out.toByteArray();
    }

    private static void text(ByteArrayOutputStream out, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        number(out, utf8.length);
        out.writeBytes(utf8);
    }

    private static void number(ByteArrayOutputStream out, int value) {
        out.writeBytes(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array());
    }
}
