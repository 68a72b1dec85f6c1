package io.mixgraph.wav;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** WAV files put together chunk by chunk, right or wrong, straight from the definition of the format. */
final class WavBytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

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

    private static byte[] little(long value, int count) {
        byte[] all = new byte[8];
        ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN).putLong(value);
        return Arrays.copyOf(all, count);
    }
}
