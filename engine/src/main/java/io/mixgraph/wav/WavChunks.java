package io.mixgraph.wav;

import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.SampleEncoding;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a WAV file around its samples. Before them, so that they lie at known places: {@code ds64} in RF64,
 * {@code bext}, {@code fmt }, {@code fact} for floats. After them: what tags say.
 */
final class WavChunks {
    private static final int HEAD_BYTES = 8;
    private static final int BEXT_BYTES = 602;
    private static final int DS64_BYTES = 28;
    private static final int FACT_BYTES = 4;

    /** Where {@code Version} is in the body of a bext chunk; its UMID and then the five loudness fields follow. */
    private static final int BEXT_VERSION = 346;

    private static final int UMID_BYTES = 64;

    /** The schema that EBU Tech 3352 names, and what it says of an ISRC. */
    private static final String ISRC_BEFORE = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
            + "<ebucore:ebuCoreMain xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
            + " xmlns:ebucore=\"urn:ebu:metadata-schema:ebuCore_2012\"><ebucore:coreMetadata>"
            + "<ebucore:identifier typeLabel=\"GUID\" typeDefinition=\"Globally Unique Identifier\""
            + " formatLabel=\"ISRC\" formatDefinition=\"International Standard Recording Code\""
            + " formatLink=\"http://www.ebu.ch/metadata/cs/ebu_IdentifierTypeCodeCS.xml#3.7\">"
            + "<dc:identifier>ISRC:";

    private static final String ISRC_AFTER =
            "</dc:identifier></ebucore:identifier></ebucore:coreMetadata></ebucore:ebuCoreMain>";

    private WavChunks() {}

    /** The exact size of a file. */
    static long fileBytes(WavPlan plan) {
        return fileBytes(plan, isRf64(plan));
    }

    private static long fileBytes(WavPlan plan, boolean rf64) {
        return Math.addExact((long) headerBytes(plan, rf64) + trailer(plan).length, plan.dataBytes());
    }

    /** The sizes of RIFF have 32 bits, and all ones mean something else. */
    private static boolean isRf64(WavPlan plan) {
        return plan.rf64() || fileBytes(plan, false) - HEAD_BYTES >= WavHeader.NO_SIZE;
    }

    private static int headerBytes(WavPlan plan, boolean rf64) {
        return 12
                + (rf64 ? HEAD_BYTES + DS64_BYTES : 0)
                + HEAD_BYTES
                + BEXT_BYTES
                + HEAD_BYTES
                + fmtBytes(plan)
                + (plan.encoding().integer() ? 0 : HEAD_BYTES + FACT_BYTES)
                + HEAD_BYTES;
    }

    private static int fmtBytes(WavPlan plan) {
        return plan.format().channels() > 2 ? 40 : plan.encoding().integer() ? 16 : 18;
    }

    /** All up to the first frame. */
    static byte[] header(WavPlan plan, BroadcastOrigin origin) {
        boolean rf64 = isRf64(plan);
        long riffSize = fileBytes(plan, rf64) - HEAD_BYTES;
        byte[] header = new byte[headerBytes(plan, rf64)];
        ByteBuffer out = little(header);
        chunk(out, rf64 ? "RF64" : "RIFF", rf64 ? WavHeader.NO_SIZE : riffSize);
        ascii(out, "WAVE", 4);
        if (rf64) {
            chunk(out, "ds64", DS64_BYTES);
            out.putLong(riffSize)
                    .putLong(plan.dataBytes())
                    .putLong(plan.frames())
                    .putInt(0);
        }
        bext(out, origin);
        fmt(out, plan);
        if (!plan.encoding().integer()) {
            chunk(out, "fact", FACT_BYTES);
            out.putInt((int) Math.min(plan.frames(), WavHeader.NO_SIZE));
        }
        chunk(out, "data", rf64 ? WavHeader.NO_SIZE : plan.dataBytes());
        return header;
    }

    /** EBU Tech 3285, version 1: the UMID zero, dates empty, no coding history. */
    private static void bext(ByteBuffer out, BroadcastOrigin origin) {
        chunk(out, "bext", BEXT_BYTES);
        int end = out.position() + BEXT_BYTES;
        ascii(out, origin.description(), 256);
        ascii(out, "Mixgraph", 32);
        ascii(out, "", 32 + 10 + 8);
        out.putLong(origin.timeReferenceFrames());
        out.putShort((short) 1);
        out.position(end);
    }

    /** Where {@link #loudness} goes, in bytes from the start of the file. */
    static long loudnessOffset(WavPlan plan) {
        return 12L + (isRf64(plan) ? HEAD_BYTES + DS64_BYTES : 0) + HEAD_BYTES + BEXT_VERSION;
    }

    /** What makes a bext chunk one of version 2 (EBU Tech 3285): its version, an empty UMID, the loudness. */
    static ByteBuffer loudness(BroadcastLoudness loudness) {
        short[] fields = loudness.fields();
        ByteBuffer out = little(new byte[2 + UMID_BYTES + 2 * fields.length]);
        out.putShort((short) 2).position(2 + UMID_BYTES);
        for (short field : fields) {
            out.putShort(field);
        }
        return out.flip();
    }

    private static void fmt(ByteBuffer out, WavPlan plan) {
        AudioFormat format = plan.format();
        SampleEncoding encoding = plan.encoding();
        int size = fmtBytes(plan);
        int tag = encoding.integer() ? WavHeader.TAG_PCM : WavHeader.TAG_FLOAT;
        int frameBytes = format.channels() * encoding.bytes();
        chunk(out, "fmt ", size);
        out.putShort((short) (size == 40 ? WavHeader.TAG_EXTENSIBLE : tag));
        out.putShort((short) format.channels());
        out.putInt(format.sampleRate());
        out.putInt(format.sampleRate() * frameBytes);
        out.putShort((short) frameBytes);
        out.putShort((short) encoding.bits());
        if (size > 16) {
            out.putShort((short) (size - 18));
        }
        if (size == 40) {
            out.putShort((short) encoding.bits());
            out.putInt(format.layout().mask());
            out.putShort((short) tag);
            out.put(WavHeader.GUID_TAIL);
        }
    }

    /** All after the last frame: a pad byte where samples end at an odd place, then what tags say. */
    static byte[] trailer(WavPlan plan) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (plan.dataBytes() % 2 == 1) {
            out.write(0);
        }
        byte[] info = info(plan.tags());
        if (info.length > 4) {
            add(out, "LIST", info);
        }
        String isrc = plan.tags().isrc();
        if (isrc != null && !isrc.isEmpty()) {
            add(out, "axml", (ISRC_BEFORE + isrc + ISRC_AFTER).getBytes(StandardCharsets.UTF_8));
        }
        return out.toByteArray();
    }

    /**
     * The INFO list ("Multimedia Programming Interface and Data Specifications 1.0", chapter 2; ITRK is what writers
     * agree on). Texts end in a NUL and are in UTF-8, which the specification, older than it, does not name.
     */
    private static byte[] info(WavTags tags) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("INFO".getBytes(StandardCharsets.US_ASCII));
        addText(out, "INAM", tags.title());
        addText(out, "IART", tags.artist());
        addText(out, "IPRD", tags.album());
        addText(out, "ITRK", tags.track() == null ? null : tags.track().toString());
        addText(out, "ICRD", tags.date());
        addText(out, "IGNR", tags.genre());
        addText(out, "ICMT", tags.comment());
        return out.toByteArray();
    }

    private static void addText(ByteArrayOutputStream out, String id, @Nullable String text) {
        if (text != null && !text.isEmpty()) {
            add(out, id, (text.replace('\0', ' ') + '\0').getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void add(ByteArrayOutputStream out, String id, byte[] body) {
        byte[] head = new byte[HEAD_BYTES];
        chunk(little(head), id, body.length);
        out.writeBytes(head);
        out.writeBytes(body);
        if (body.length % 2 == 1) {
            out.write(0);
        }
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void chunk(ByteBuffer out, String id, long size) {
        ascii(out, id, 4);
        out.putInt((int) size);
    }

    /** ASCII, anything else a question mark, cut to the width and filled with zeros. */
    private static void ascii(ByteBuffer out, String text, int width) {
        byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
        out.put(ascii, 0, Math.min(ascii.length, width));
        out.put(new byte[width - Math.min(ascii.length, width)]);
    }
}
