package io.mixgraph.codecs;

import static io.mixgraph.codecs.Mp4Boxes.box;

import io.mixgraph.model.Tags;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The {@code udta} box of an MP4 file: tags as iTunes has them (a {@code meta} box with a list of items, each with a
 * {@code data} box; Apple, QuickTime file format, metadata), and the names of stems.
 */
final class Mp4UserData {
    private static final int BINARY = 0;
    private static final int UTF_8 = 1;
    private static final int JPEG = 13;
    private static final int PNG = 14;

    private Mp4UserData() {}

    /**
     * @param gapless what {@link #gapless} made, or no bytes
     * @param stems the names of the four stems of a stem file; empty for any other
     */
    static byte[] of(Description description, byte[] gapless, List<String> stems) {
        byte[] meta = box("meta", new byte[4], handler(), box("ilst", items(description), gapless));
        return stems.isEmpty() ? box("udta", meta) : box("udta", box("stem", StemManifest.of(stems)), meta);
    }

    /**
     * The item by which iTunes and others leave out what AAC adds: delay, padding and length in hexadecimal. The edit
     * list says the same, but not all players heed its end.
     */
    static byte[] gapless(int delayFrames, int frameSize, long frames) {
        long padding = Math.floorMod(-(delayFrames + frames), (long) frameSize);
        return freeform(
                "iTunSMPB", String.format(Locale.ROOT, " 00000000 %08X %08X %016X", delayFrames, padding, frames));
    }

    private static byte[] handler() {
        return box("hdlr", new byte[8], ascii("mdirappl"), new byte[9]);
    }

    private static byte[] items(Description description) {
        Tags tags = description.tags();
        ByteArrayOutputStream items = new ByteArrayOutputStream();
        text(items, "©nam", tags.title());
        text(items, "©ART", tags.artist());
        text(items, "©alb", tags.album());
        text(items, "aART", tags.albumArtist());
        if (tags.track() != null) {
            byte[] number = ByteBuffer.allocate(8).putInt(tags.track()).array();
            items.writeBytes(box("trkn", data(BINARY, number)));
        }
        text(items, "©day", tags.date());
        text(items, "©gen", tags.genre());
        text(items, "©cmt", tags.comment());
        String isrc = description.isrc();
        if (isrc != null) {
            items.writeBytes(freeform("ISRC", isrc));
        }
        description.replayGain().forEach((key, value) -> items.writeBytes(freeform(key, value)));
        Cover cover = description.cover();
        if (cover != null) {
            items.writeBytes(box("covr", data(cover.png() ? PNG : JPEG, cover.bytes())));
        }
        return items.toByteArray();
    }

    private static void text(ByteArrayOutputStream items, String type, @Nullable String value) {
        String text = Description.text(value);
        if (text != null) {
            items.writeBytes(box(type, data(UTF_8, text.getBytes(StandardCharsets.UTF_8))));
        }
    }

    /** An item with a name of its own. */
    private static byte[] freeform(String name, String value) {
        return box(
                "----",
                box("mean", new byte[4], ascii("com.apple.iTunes")),
                box("name", new byte[4], ascii(name)),
                data(UTF_8, value.getBytes(StandardCharsets.UTF_8)));
    }

    private static byte[] data(int type, byte[] value) {
        return box("data", ByteBuffer.allocate(8).putInt(type).array(), value);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
