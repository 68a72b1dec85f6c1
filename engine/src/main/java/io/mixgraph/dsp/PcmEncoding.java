package io.mixgraph.dsp;

import static io.mixgraph.dsp.PcmDecoding.INT;
import static io.mixgraph.dsp.PcmDecoding.LONG;
import static io.mixgraph.dsp.PcmDecoding.SHORT;

import io.mixgraph.audio.AudioBlock;

/**
 * The loops of {@link Pcm#encode}.
 *
 * <p>Rounding to integers adds 1.5 · 2^(53 − bits), whose last bit is worth 2^−(bits − 1): the addition itself rounds,
 * half to even, and leaves the integer in the low bits of the sum. The bits of doubles rise with the doubles, so a
 * sample beyond the range, infinity or NaN gives an integer beyond the range, which one OR per sample remembers.
 */
final class PcmEncoding {
    static final double ROUND_8 = 0x1.8p45;
    static final double ROUND_16 = 0x1.8p37;
    static final double ROUND_24 = 0x1.8p29;
    static final double ROUND_32 = 0x1.8p21;

    /** What to add to the bits of a rounded sum to have 0 for the lowest sample and 2^bits − 1 for the highest. */
    private static final long UP_16 = 0x8000 - Double.doubleToRawLongBits(ROUND_16);

    private static final long UP_24 = 0x800000 - Double.doubleToRawLongBits(ROUND_24);

    private PcmEncoding() {}

    static boolean encode(Pcm pcm, AudioBlock block, int frames, byte[] to, int offset) {
        if (block.channels() == 1) {
            double[] x = block.channel(0);
            return switch (pcm) {
                case INT16 -> int16Mono(x, frames, to, offset);
                case INT24 -> int24Mono(x, frames, to, offset);
                case FLOAT32 -> float32Mono(x, frames, to, offset);
                default -> channel(pcm, x, frames, to, offset, pcm.bytes());
            };
        }
        if (block.channels() == 2) {
            double[] l = block.channel(0);
            double[] r = block.channel(1);
            switch (pcm) {
                case INT16 -> {
                    return int16Stereo(l, r, frames, to, offset);
                }
                case INT24 -> {
                    return int24Stereo(l, r, frames, to, offset);
                }
                case FLOAT32 -> {
                    return float32Stereo(l, r, frames, to, offset);
                }
                case FLOAT64 -> {
                    return float64Stereo(l, r, frames, to, offset);
                }
                default -> {}
            }
        }
        int stride = block.channels() * pcm.bytes();
        boolean fits = true;
        for (int c = 0; c < block.channels(); c++) {
            fits &= channel(pcm, block.channel(c), frames, to, offset + c * pcm.bytes(), stride);
        }
        return fits;
    }

    private static boolean channel(Pcm pcm, double[] x, int frames, byte[] to, int offset, int stride) {
        if (pcm == Pcm.FLOAT32) {
            for (int i = 0, o = offset; i < frames; i++, o += stride) {
                INT.set(to, o, Float.floatToRawIntBits((float) x[i]));
            }
            return true;
        }
        if (pcm == Pcm.FLOAT64) {
            for (int i = 0, o = offset; i < frames; i++, o += stride) {
                LONG.set(to, o, Double.doubleToRawLongBits(x[i]));
            }
            return true;
        }
        double round = switch (pcm) {
            case UINT8 -> ROUND_8;
            case INT16 -> ROUND_16;
            case INT24 -> ROUND_24;
            default -> ROUND_32;
        };
        long up = (1L << (pcm.bits() - 1)) - Double.doubleToRawLongBits(round);
        long all = 0;
        for (int i = 0, o = offset; i < frames; i++, o += stride) {
            long v = Double.doubleToRawLongBits(x[i] + round);
            all |= v + up;
            switch (pcm) {
                case UINT8 -> to[o] = (byte) (v + 128);
                case INT16 -> SHORT.set(to, o, (short) v);
                case INT24 -> {
                    SHORT.set(to, o, (short) v);
                    to[o + 2] = (byte) (v >> 16);
                }
                default -> INT.set(to, o, (int) v);
            }
        }
        return all >>> pcm.bits() == 0;
    }

    private static boolean int16Mono(double[] x, int frames, byte[] to, int offset) {
        long all = 0;
        for (int i = 0; i < frames; i++) {
            long v = Double.doubleToRawLongBits(x[i] + ROUND_16);
            all |= v + UP_16;
            SHORT.set(to, offset + 2 * i, (short) v);
        }
        return all >>> 16 == 0;
    }

    private static boolean int16Stereo(double[] l, double[] r, int frames, byte[] to, int offset) {
        long all = 0;
        for (int i = 0; i < frames; i++) {
            long a = Double.doubleToRawLongBits(l[i] + ROUND_16);
            long b = Double.doubleToRawLongBits(r[i] + ROUND_16);
            all |= (a + UP_16) | (b + UP_16);
            INT.set(to, offset + 4 * i, ((int) a & 0xFFFF) | ((int) b << 16));
        }
        return all >>> 16 == 0;
    }

    private static boolean int24Mono(double[] x, int frames, byte[] to, int offset) {
        long all = 0;
        int pairs = frames / 2;
        for (int i = 0; i < pairs; i++) {
            long a = Double.doubleToRawLongBits(x[2 * i] + ROUND_24);
            long b = Double.doubleToRawLongBits(x[2 * i + 1] + ROUND_24);
            all |= (a + UP_24) | (b + UP_24);
            INT.set(to, offset + 6 * i, ((int) a & 0xFFFFFF) | ((int) b << 24));
            SHORT.set(to, offset + 6 * i + 4, (short) (b >> 8));
        }
        for (int i = 2 * pairs; i < frames; i++) {
            long v = Double.doubleToRawLongBits(x[i] + ROUND_24);
            all |= v + UP_24;
            SHORT.set(to, offset + 3 * i, (short) v);
            to[offset + 3 * i + 2] = (byte) (v >> 16);
        }
        return all >>> 24 == 0;
    }

    private static boolean int24Stereo(double[] l, double[] r, int frames, byte[] to, int offset) {
        long all = 0;
        for (int i = 0; i < frames; i++) {
            long a = Double.doubleToRawLongBits(l[i] + ROUND_24);
            long b = Double.doubleToRawLongBits(r[i] + ROUND_24);
            all |= (a + UP_24) | (b + UP_24);
            INT.set(to, offset + 6 * i, ((int) a & 0xFFFFFF) | ((int) b << 24));
            SHORT.set(to, offset + 6 * i + 4, (short) (b >> 8));
        }
        return all >>> 24 == 0;
    }

    private static boolean float32Mono(double[] x, int frames, byte[] to, int offset) {
        for (int i = 0; i < frames; i++) {
            INT.set(to, offset + 4 * i, Float.floatToRawIntBits((float) x[i]));
        }
        return true;
    }

    private static boolean float32Stereo(double[] l, double[] r, int frames, byte[] to, int offset) {
        for (int i = 0; i < frames; i++) {
            INT.set(to, offset + 8 * i, Float.floatToRawIntBits((float) l[i]));
            INT.set(to, offset + 8 * i + 4, Float.floatToRawIntBits((float) r[i]));
        }
        return true;
    }

    private static boolean float64Stereo(double[] l, double[] r, int frames, byte[] to, int offset) {
        for (int i = 0; i < frames; i++) {
            LONG.set(to, offset + 16 * i, Double.doubleToRawLongBits(l[i]));
            LONG.set(to, offset + 16 * i + 8, Double.doubleToRawLongBits(r[i]));
        }
        return true;
    }
}
