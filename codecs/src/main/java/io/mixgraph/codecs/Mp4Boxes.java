package io.mixgraph.codecs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;

/** Boxes of an MP4 file: a size of 32 bits that counts itself, a type of four bytes, a body (ISO/IEC 14496-12, 4.2). */
final class Mp4Boxes {
    private static final int HEADER_BYTES = 8;

    private Mp4Boxes() {}

    /** A box of these parts, one after the other. The type is in ISO 8859-1, for Apple's ©. */
    static byte[] box(String type, byte[]... parts) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            body.writeBytes(part);
        }
        return ByteBuffer.allocate(HEADER_BYTES + body.size())
                .putInt(HEADER_BYTES + body.size())
                .put(type.getBytes(StandardCharsets.ISO_8859_1))
                .put(body.toByteArray())
                .array();
    }

    /**
     * Sets the user data of a whole file, in place of what is there. The movie box has to be the last of the file, and
     * user data, if there is any, the last in it, as FFmpeg writes them: so no sample moves.
     *
     * @param userData a whole {@code udta} box
     * @throws IOException when the file is not so
     */
    static void putUserData(FileChannel file, byte[] userData) throws IOException {
        long end = file.size();
        Box movie = last(file, 0, end);
        if (!movie.type.equals("moov")) {
            throw new IOException("the last box of the MP4 file is " + movie.type + ", not moov");
        }
        Box child = last(file, movie.start + HEADER_BYTES, end);
        long at = child.type.equals("udta") ? child.start : end;
        long size = at + userData.length - movie.start;
        if (size > Integer.MAX_VALUE) {
            throw new IOException("the table of the MP4 file would have " + size + " bytes, more than a box can");
        }
        file.truncate(at);
        write(file, userData, at);
        write(file, ByteBuffer.allocate(4).putInt((int) size).array(), movie.start);
    }

    private record Box(String type, long start) {}

    private static Box last(FileChannel file, long from, long end) throws IOException {
        Box last = new Box("", from);
        long at = from;
        while (at < end) {
            ByteBuffer header = ByteBuffer.allocate(2 * HEADER_BYTES);
            while (header.hasRemaining() && file.read(header, at + header.position()) > 0) {
                // Read on.
            }
            long size = Integer.toUnsignedLong(header.getInt(0));
            size = size == 1 ? header.getLong(HEADER_BYTES) : size;
            if (size < HEADER_BYTES || size > end - at) {
                throw new IOException("the MP4 file has a box of " + size + " bytes at " + at);
            }
            last = new Box(new String(header.array(), 4, 4, StandardCharsets.ISO_8859_1), at);
            at += size;
        }
        return last;
    }

    private static void write(FileChannel file, byte[] bytes, long at) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            file.write(buffer, at + buffer.position());
        }
    }
}
