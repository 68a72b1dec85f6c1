package io.mixgraph.codecs;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.SampleEncoding;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * The SHA-256 of the samples handed to an encoder: little-endian, interleaved, of 2, 3 or 4 bytes. Refuses what the
 * encoding does not hold, before an encoder would clip it.
 */
final class PcmDigest {
    private final MessageDigest digest = Ffmpeg.sha256();
    private final SampleEncoding encoding;
    private final double scale;
    private final double lowest;
    private final double highest;
    private byte[] bytes = new byte[0];

    PcmDigest(SampleEncoding encoding) {
        this.encoding = encoding;
        this.scale = encoding.integer() ? 1L << (encoding.bits() - 1) : 1.0;
        this.lowest = encoding.integer() ? -scale : -Float.MAX_VALUE;
        this.highest = encoding.integer() ? scale - 1.0 : Float.MAX_VALUE;
    }

    /**
     * Takes frames of a block, which is not changed.
     *
     * @throws IOException without the file's name, when a sample is no number or over full scale
     */
    void add(AudioBlock block, int from, int count) throws IOException {
        int channels = block.channels();
        int width = encoding.bytes();
        int length = count * channels * width;
        if (bytes.length < length) {
            bytes = new byte[length];
        }
        for (int c = 0; c < channels; c++) {
            double[] samples = block.channel(c);
            boolean fits = true;
            for (int i = 0, at = c * width; i < count; i++, at += channels * width) {
                double x = samples[from + i];
                double scaled = encoding.integer() ? Math.rint(x * scale) : x;
                fits &= scaled >= lowest && scaled <= highest;
                int value = encoding.integer() ? (int) scaled : Float.floatToRawIntBits((float) x);
                for (int b = 0; b < width; b++) {
                    bytes[at + b] = (byte) (value >> (8 * b));
                }
            }
            if (!fits) {
                throw new IOException("a sample is no number or over full scale, which "
                        + (encoding.integer() ? encoding.bits() + "-bit integers cannot hold" : "no encoder takes")
                        + "; lower the gain");
            }
        }
        digest.update(bytes, 0, length);
    }

    /** In lower-case hexadecimal; ends it. */
    String sha256() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
