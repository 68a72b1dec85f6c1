package io.mixgraph.wav;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** WAV files put together chunk by chunk, right or wrong, straight from the definition of the format. */
public final class WavBytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    WavBytes() {}

    static WavBytes riff(long size) {
        return new WavBytes().text("RIFF").u32(size).text("WAVE");
    }

    static WavBytes rf64(String id, long riffBytes, long dataBytes) {
        return new WavBytes()
                .text(id)
                .u32(0xFFFFFFFFL)
                .text("WAVE")
                .text("ds64")
                .u32(28)
                .u64(riffBytes)
                .u64(dataBytes)
                .u64(0)
                .u32(0);
    }

    WavBytes text(String ascii) {
        out.writeBytes(ascii.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    WavBytes hex(String hex) {
        out.writeBytes(HexFormat.of().parseHex(hex));
        return this;
    }

    WavBytes bytes(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    WavBytes u16(int value) {
        return bytes(little(value, 2));
    }

    WavBytes u32(long value) {
        return bytes(little(value, 4));
    }

    WavBytes u64(long value) {
        return bytes(little(value, 8));
    }

    WavBytes fmt(int tag, int channels, int sampleRate, int bits) {
        return fmt(tag, channels, sampleRate, bits, channels * bits / 8);
    }

    WavBytes fmt(int tag, int channels, long sampleRate, int bits, int blockAlign) {
        return text("fmt ")
                .u32(16)
                .u16(tag)
                .u16(channels)
                .u32(sampleRate)
                .u32(sampleRate * blockAlign)
                .u16(blockAlign)
                .u16(bits);
    }

    WavBytes extensible(int channels, int bits, int validBits, long mask, String guid) {
        return text("fmt ")
                .u32(40)
                .u16(0xFFFE)
                .u16(channels)
                .u32(48_000)
                .u32(48_000L * channels * bits / 8)
                .u16(channels * bits / 8)
                .u16(bits)
                .u16(22)
                .u16(validBits)
                .u32(mask)
                .hex(guid);
    }

    WavBytes data(long size, String hex) {
        return text("data").u32(size).hex(hex);
    }

    byte[] toBytes() {
        return out.toByteArray();
    }

    /**
     * The chunks of a file by their ids, in order, taken apart by the definitions of RIFF and of RF64 (EBU Tech 3306):
     * every size must be right to the byte, and every pad byte zero.
     */
    public static Map<String, byte[]> chunks(byte[] file) {
        ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        boolean rf64 = id(in, 0).equals("RF64");
        require(rf64 || id(in, 0).equals("RIFF"), "RIFF or RF64");
        require(id(in, 8).equals("WAVE"), "WAVE");
        require(!rf64 || (in.getInt(4) == -1 && id(in, 12).equals("ds64")), "ds64 first");
        long riffBytes = rf64 ? in.getLong(20) : Integer.toUnsignedLong(in.getInt(4));
        require(riffBytes + 8 == file.length, "the size of the file");
        Map<String, byte[]> chunks = new LinkedHashMap<>();
        int at = 12;
        while (at < file.length) {
            String id = id(in, at);
            long size = Integer.toUnsignedLong(in.getInt(at + 4));
            if (rf64 && id.equals("data")) {
                require(size == 0xFFFFFFFFL, "the data's size is in ds64");
                size = in.getLong(28);
            }
            int end = Math.toIntExact(at + 8 + size);
            require(chunks.put(id, Arrays.copyOfRange(file, at + 8, end)) == null, "one " + id);
            require(size % 2 == 0 || file[end] == 0, "a pad byte after " + id);
            at = Math.toIntExact(end + size % 2);
        }
        require(at == file.length, "an end where the last chunk ends");
        return chunks;
    }

    private static String id(ByteBuffer in, int at) {
        byte[] id = new byte[4];
        in.get(at, id);
        return new String(id, StandardCharsets.ISO_8859_1);
    }

    private static void require(boolean right, String what) {
        if (!right) {
            throw new AssertionError("not as defined: " + what);
        }
    }

    private static byte[] little(long value, int count) {
        byte[] all = new byte[8];
        ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN).putLong(value);
        return Arrays.copyOf(all, count);
    }
}
