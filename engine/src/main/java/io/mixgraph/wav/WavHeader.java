package io.mixgraph.wav;

import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.ChannelLayout;
import io.mixgraph.dsp.Pcm;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the chunks of a WAV file say (Microsoft/IBM "Multimedia Programming Interface and Data Specifications 1.0";
 * RF64: EBU Tech 3306; BW64: ITU-R BS.2088).
 *
 * @param format rate and channels
 * @param encoding how samples are stored
 * @param validBits bits in use per sample
 * @param dataOffset where the first frame is, in bytes from the start of the file
 * @param frames how many whole frames there are
 * @param warnings what is wrong with the file without keeping it from being read
 */
record WavHeader(AudioFormat format, Pcm encoding, int validBits, long dataOffset, long frames, List<String> warnings) {

    static final int TAG_PCM = 1;
    static final int TAG_FLOAT = 3;
    static final int TAG_EXTENSIBLE = 0xFFFE;

    /** The size that stands for "elsewhere" (RF64) or "not known" (streams). */
    static final long NO_SIZE = 0xFFFFFFFFL;

    /** What follows the tag in a SubFormat GUID: 0000-0010-8000-00AA00389B71. */
    static final byte[] GUID_TAIL = {0, 0, 0, 0, 0x10, 0, (byte) 0x80, 0, 0, (byte) 0xAA, 0, 0x38, (byte) 0x9B, 0x71};

    private static final int FMT_BYTES = 40;
    private static final int MAX_CHUNKS = 10_000;
    private static final String CONVERT = "; convert it to linear PCM";
    private static final String EXPORT = "; the file is damaged: export it again";

    private static final Set<String> KNOWN = Set.of(
            "fmt ", "data", "fact", "LIST", "bext", "JUNK", "PEAK", "cue ", "smpl", "inst", "iXML", "axml", "id3 ");

    private static final Map<Integer, String> CODECS = Map.ofEntries(
            Map.entry(0x0002, "Microsoft ADPCM"),
            Map.entry(0x0006, "A-law"),
            Map.entry(0x0007, "µ-law"),
            Map.entry(0x0011, "IMA ADPCM"),
            Map.entry(0x0031, "GSM 6.10"),
            Map.entry(0x0050, "MPEG audio"),
            Map.entry(0x0055, "MP3"),
            Map.entry(0x0092, "AC-3 over S/PDIF"),
            Map.entry(0x00FF, "AAC"),
            Map.entry(0x0161, "Windows Media Audio"),
            Map.entry(0x0162, "Windows Media Audio Professional"),
            Map.entry(0x2000, "AC-3"),
            Map.entry(0x2001, "DTS"),
            Map.entry(0x674F, "Vorbis"),
            Map.entry(0xF1AC, "FLAC"));

    /** The fmt chunk. */
    private record Layout(AudioFormat format, Pcm encoding, int validBits) {
        int frameBytes() {
            return format.channels() * encoding.bytes();
        }
    }

    /** The file under its name. */
    private record Input(FileChannel channel, String name) {
        long size() throws IOException {
            try {
                return channel.size();
            } catch (IOException e) {
                throw new IOException(name + ": cannot be read: " + e.getMessage(), e);
            }
        }

        /** Up to {@code count} bytes at a position; fewer when the file ends. */
        ByteBuffer bytes(long at, int count) throws IOException {
            ByteBuffer buffer = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
            try {
                while (buffer.hasRemaining() && channel.read(buffer, at + buffer.position()) > 0) {
                    // Until all are here, or the file ends.
                }
            } catch (IOException e) {
                throw new IOException(name + ": byte " + at + ": cannot be read: " + e.getMessage(), e);
            }
            return buffer.flip();
        }

        IOException fault(long at, String what) {
            return new IOException(name + ": byte " + at + ": " + what);
        }
    }

    /**
     * Reads the chunks up to the data. What it reads and keeps is bounded, whatever the sizes in the file say.
     *
     * @throws IOException when this is no WAV file that can be read
     */
    static WavHeader read(FileChannel channel, String name) throws IOException {
        Input input = new Input(channel, name);
        long size = input.size();
        if (size < 12) {
            throw new IOException(
                    name + (size == 0 ? ": is empty" : ": ends after " + size + " bytes") + "; export it again");
        }
        ByteBuffer start = input.bytes(0, 12);
        String container = start.remaining() < 12 ? "" : id(start, 0);
        boolean big = container.equals("RF64") || container.equals("BW64");
        if (!big && !container.equals("RIFF")) {
            throw new IOException(name + ": is named .wav but is no RIFF, RF64 or BW64 file; name it by what it is");
        }
        if (!id(start, 8).equals("WAVE")) {
            throw input.fault(8, "a RIFF file of type '" + id(start, 8) + "', not WAVE; name it by what it is");
        }
        long riffSize = u32(start, 4);
        long bigDataSize = NO_SIZE;
        Layout layout = null;
        long at = 12;
        for (int chunks = 0; chunks < MAX_CHUNKS && size - at >= 8; chunks++) {
            ByteBuffer head = input.bytes(at, 8);
            if (head.remaining() < 8) {
                break;
            }
            String id = id(head, 0);
            long chunkSize = u32(head, 4);
            long body = at + 8;
            if (id.equals("data")) {
                if (layout == null) {
                    throw input.fault(at, "no fmt chunk before the data" + EXPORT);
                }
                if (big && chunkSize == NO_SIZE) {
                    chunkSize = bigDataSize;
                }
                return withData(layout, body, chunkSize, riffSize, size, name);
            }
            if (id.equals("fmt ") && layout == null) {
                layout = layout(input, at, input.bytes(body, (int) Math.min(chunkSize, FMT_BYTES)));
            } else if (id.equals("ds64") && big) {
                ByteBuffer sizes = input.bytes(body, (int) Math.min(chunkSize, 16));
                if (sizes.remaining() < 16) {
                    throw input.fault(at, "the ds64 chunk is too short" + EXPORT);
                }
                riffSize = sizes.getLong(0);
                bigDataSize = sizes.getLong(8);
            }
            at = next(input, body, chunkSize);
        }
        throw input.fault(Math.min(at, size), "no data chunk so far" + EXPORT);
    }

    /**
     * Where the chunk after a body starts. An odd body is followed by a pad byte, which some writers forget: it is
     * missing when a chunk that we know starts without it, or something like a chunk only without it.
     */
    private static long next(Input input, long body, long size) throws IOException {
        long end = body + size;
        if (size % 2 == 0) {
            return end;
        }
        ByteBuffer after = input.bytes(end, 5);
        if (after.remaining() < 5) {
            return end + 1;
        }
        boolean unpadded = KNOWN.contains(id(after, 0)) || (isId(after, 0) && !isId(after, 1));
        return unpadded ? end : end + 1;
    }

    private static Layout layout(Input input, long at, ByteBuffer fmt) throws IOException {
        if (fmt.remaining() < 16) {
            throw input.fault(at, "the fmt chunk is too short" + EXPORT);
        }
        int tag = u16(fmt, 0);
        int channels = u16(fmt, 2);
        long sampleRate = u32(fmt, 4);
        int frameBytes = u16(fmt, 12);
        int bits = u16(fmt, 14);
        int validBits = bits;
        int mask = 0;
        if (tag == TAG_EXTENSIBLE) {
            if (fmt.remaining() < FMT_BYTES) {
                throw input.fault(at, "the extensible fmt chunk is too short" + EXPORT);
            }
            validBits = u16(fmt, 18) == 0 ? bits : u16(fmt, 18);
            mask = fmt.getInt(20);
            tag = u16(fmt, 24);
            if (!fmt.slice(26, GUID_TAIL.length).equals(ByteBuffer.wrap(GUID_TAIL))) {
                throw input.fault(at, "its sub-format is neither PCM nor float" + CONVERT);
            }
        }
        Pcm encoding = encoding(tag, bits);
        if (encoding == null) {
            throw input.fault(at, unreadable(tag, bits) + CONVERT);
        }
        if (channels == 0) {
            throw input.fault(at, "it has zero channels" + EXPORT);
        }
        if (frameBytes != channels * encoding.bytes()) {
            throw input.fault(
                    at,
                    "its block align is " + frameBytes + " bytes, but " + channels + " × " + bits + " bits take "
                            + channels * encoding.bytes() + EXPORT);
        }
        if (validBits > encoding.bits()) {
            throw input.fault(
                    at, "it claims " + validBits + " valid bits in samples of " + encoding.bits() + " bits" + EXPORT);
        }
        if (sampleRate < AudioFormat.MIN_SAMPLE_RATE || sampleRate > AudioFormat.MAX_SAMPLE_RATE) {
            throw input.fault(
                    at,
                    "its sample rate is " + sampleRate + " Hz, outside " + AudioFormat.MIN_SAMPLE_RATE + ".."
                            + AudioFormat.MAX_SAMPLE_RATE + CONVERT);
        }
        try {
            ChannelLayout speakers = ChannelLayout.ofMask(mask, channels);
            return new Layout(new AudioFormat((int) sampleRate, speakers), encoding, validBits);
        } catch (IllegalArgumentException e) {
            throw input.fault(
                    at, "it has " + channels + " channels and names no position for each; split it into several files");
        }
    }

    private static @Nullable Pcm encoding(int tag, int bits) {
        if (tag == TAG_FLOAT) {
            return bits == 32 ? Pcm.FLOAT32 : bits == 64 ? Pcm.FLOAT64 : null;
        }
        if (tag != TAG_PCM || bits == 0) {
            return null;
        }
        return switch ((bits + 7) / 8) {
            case 1 -> Pcm.UINT8;
            case 2 -> Pcm.INT16;
            case 3 -> Pcm.INT24;
            case 4 -> Pcm.INT32;
            default -> null;
        };
    }

    private static String unreadable(int tag, int bits) {
        if (tag == TAG_PCM) {
            return "it has " + bits + "-bit integer samples";
        }
        if (tag == TAG_FLOAT) {
            return "it has " + bits + "-bit float samples";
        }
        String codec = CODECS.getOrDefault(tag, "an unknown codec");
        return String.format(Locale.ROOT, "its samples are compressed with %s (format tag 0x%04X)", codec, tag);
    }

    private static WavHeader withData(
            Layout layout, long body, long claimed, long riffSize, long fileSize, String name) {
        List<String> warnings = new ArrayList<>();
        long there = Math.max(0, fileSize - body);
        boolean empty = claimed == 0 && riffSize != NO_SIZE && riffSize + 8 >= fileSize;
        boolean streamed = claimed == NO_SIZE || (claimed == 0 && !empty && there > 0);
        boolean truncated = !streamed && Long.compareUnsigned(claimed, there) > 0;
        long bytes = streamed || truncated ? there : claimed;
        long frames = bytes / layout.frameBytes();
        if (streamed) {
            warnings.add(name + ": its header gives no length; read to the end of the file, " + frames + " frames");
        } else if (truncated) {
            warnings.add(name + ": is cut short: its header promises "
                    + Long.toUnsignedString(Long.divideUnsigned(claimed, layout.frameBytes())) + " frames, it holds "
                    + frames);
        }
        if (!truncated && bytes % layout.frameBytes() != 0) {
            warnings.add(name + ": its data ends within a frame; the last " + bytes % layout.frameBytes()
                    + " bytes are left out");
        }
        return new WavHeader(
                layout.format(), layout.encoding(), layout.validBits(), body, frames, List.copyOf(warnings));
    }

    private static String id(ByteBuffer buffer, int at) {
        byte[] id = new byte[4];
        buffer.get(at, id);
        return new String(id, StandardCharsets.ISO_8859_1);
    }

    private static boolean isId(ByteBuffer buffer, int at) {
        return id(buffer, at).chars().allMatch(c -> c >= ' ' && c <= '~');
    }

    private static int u16(ByteBuffer buffer, int at) {
        return Short.toUnsignedInt(buffer.getShort(at));
    }

    private static long u32(ByteBuffer buffer, int at) {
        return Integer.toUnsignedLong(buffer.getInt(at));
    }
}
