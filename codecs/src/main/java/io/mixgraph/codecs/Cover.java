package io.mixgraph.codecs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A picture for the front of an album: a whole JPEG or PNG file. Immutable. */
final class Cover {
    private static final byte[] JPEG = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF};
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final int FRONT = 3;

    /** A FLAC metadata block has a size of 24 bits; 1000 bytes are more than the fields around the picture take. */
    private static final int MAX_BYTES = (1 << 24) - 1_000;

    private final byte[] bytes;
    private final boolean png;

    private Cover(byte[] bytes, boolean png) {
        this.bytes = bytes;
        this.png = png;
    }

    /**
     * Takes a copy of a picture.
     *
     * @throws IOException when it is neither JPEG nor PNG by its first bytes, or too large
     */
    static Cover of(byte[] bytes) throws IOException {
        boolean png = startsWith(bytes, PNG);
        if (!png && !startsWith(bytes, JPEG)) {
            throw new IOException("the cover is neither a JPEG nor a PNG file; convert it to one of them");
        }
        if (bytes.length > MAX_BYTES) {
            throw new IOException("the cover has " + bytes.length + " bytes and files hold at most " + MAX_BYTES
                    + "; make the picture smaller");
        }
        return new Cover(bytes.clone(), png);
    }

    private static boolean startsWith(byte[] bytes, byte[] magic) {
        return bytes.length >= magic.length && Arrays.equals(bytes, 0, magic.length, magic, 0, magic.length);
    }

    boolean png() {
        return png;
    }

    /** The file as it is; the cover keeps owning it. */
    byte[] bytes() {
        return bytes;
    }

    /** image/jpeg or image/png. */
    String mediaType() {
        return png ? "image/png" : "image/jpeg";
    }

    /** The body of a FLAC picture block, width, height, depth and colours unknown (RFC 9639, 8.8). */
    byte[] flacPicture() {
        byte[] type = mediaType().getBytes(StandardCharsets.US_ASCII);
        ByteBuffer out = ByteBuffer.allocate(32 + type.length + bytes.length);
        out.putInt(FRONT).putInt(type.length).put(type).putInt(0);
        out.putInt(0).putInt(0).putInt(0).putInt(0);
        out.putInt(bytes.length).put(bytes);
        return out.array();
    }

    /** The body of an ID3v2 picture frame, without a description (ID3v2.4.0 native frames, 4.14). */
    byte[] id3Picture() {
        byte[] type = mediaType().getBytes(StandardCharsets.US_ASCII);
        ByteBuffer out = ByteBuffer.allocate(4 + type.length + bytes.length);
        out.put((byte) 0)
                .put(type)
                .put((byte) 0)
                .put((byte) FRONT)
                .put((byte) 0)
                .put(bytes);
        return out.array();
    }
}
