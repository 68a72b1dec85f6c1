package io.mixgraph.codecs;

import io.mixgraph.model.Tags;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The tag before the first frame of an MP3 file: ID3v2.4.0, texts in UTF-8. */
final class Id3Tag {
    private static final byte UTF_8 = 3;
    private static final int HEADER_BYTES = 10;

    private Id3Tag() {}

    /** The whole tag; no bytes when nothing is said. */
    static byte[] of(Description description) {
        Tags tags = description.tags();
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        text(frames, "TIT2", tags.title());
        text(frames, "TPE1", tags.artist());
        text(frames, "TALB", tags.album());
        text(frames, "TPE2", tags.albumArtist());
        text(frames, "TRCK", tags.track() == null ? null : Integer.toString(tags.track()));
        text(frames, "TDRC", tags.date());
        text(frames, "TCON", tags.genre());
        text(frames, "TSRC", description.isrc());
        String comment = Description.text(tags.comment());
        if (comment != null) {
            // The language, here undetermined, and an empty description come first.
            frame(frames, "COMM", body("und\0" + comment));
        }
        description.replayGain().forEach((key, value) -> frame(frames, "TXXX", body(key + "\0" + value)));
        Cover cover = description.cover();
        if (cover != null) {
            frame(frames, "APIC", cover.id3Picture());
        }
        if (frames.size() == 0) {
            return new byte[0];
        }
        ByteBuffer tag = ByteBuffer.allocate(HEADER_BYTES + frames.size());
        tag.put("ID3".getBytes(StandardCharsets.US_ASCII)).put((byte) 4).putShort((short) 0);
        tag.putInt(syncSafe(frames.size())).put(frames.toByteArray());
        return tag.array();
    }

    private static void text(ByteArrayOutputStream frames, String id, @Nullable String value) {
        String text = Description.text(value);
        if (text != null) {
            frame(frames, id, body(text));
        }
    }

    private static byte[] body(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(1 + utf8.length).put(UTF_8).put(utf8).array();
    }

    private static void frame(ByteArrayOutputStream frames, String id, byte[] body) {
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
        header.put(id.getBytes(StandardCharsets.US_ASCII)).putInt(syncSafe(body.length));
        frames.writeBytes(header.array());
        frames.writeBytes(body);
    }

    /** Seven bits in each byte (ID3v2.4.0 structure, 6.2). */
    private static int syncSafe(int size) {
        return (size & 0x7F) | ((size & 0x3F80) << 1) | ((size & 0x1FC000) << 2) | ((size & 0xFE00000) << 3);
    }
}
