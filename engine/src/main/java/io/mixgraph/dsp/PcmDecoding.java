package io.mixgraph.dsp;

import static io.mixgraph.dsp.PcmEncoding.ROUND_16;
import static io.mixgraph.dsp.PcmEncoding.ROUND_24;
import static io.mixgraph.dsp.PcmEncoding.ROUND_32;
import static io.mixgraph.dsp.PcmEncoding.ROUND_8;

import io.mixgraph.audio.AudioBlock;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The loops of {@link Pcm#decode}. Mono and stereo of the common encodings have loops of constant stride, which keep
 * range checks out of the loop; everything else goes channel by channel.
 *
 * <p>Integers become doubles by the encoder's addition turned round: the integer goes into the low bits of 1.5 · 2^(53
 * − bits), which is then subtracted. It is exact, and on JDK 17 up to four times as fast as a conversion and a product.
 */
final class PcmDecoding {
    static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long ZERO_8 = Double.doubleToRawLongBits(ROUND_8);
    private static final long ZERO_16 = Double.doubleToRawLongBits(ROUND_16);
    private static final long ZERO_24 = Double.doubleToRawLongBits(ROUND_24);
    private static final long ZERO_32 = Double.doubleToRawLongBits(ROUND_32);

    private PcmDecoding() {}

    static void decode(Pcm pcm, byte[] from, int offset, AudioBlock block, int frames) {
        if (block.channels() == 1) {
            double[] x = block.channel(0);
            switch (pcm) {
                case INT16 -> int16Mono(from, offset, x, frames);
                case INT24 -> int24Mono(from, offset, x, frames);
                case FLOAT32 -> float32Mono(from, offset, x, frames);
                default -> channel(pcm, from, offset, pcm.bytes(), x, frames);
            }
        } else if (block.channels() == 2) {
            double[] l = block.channel(0);
            double[] r = block.channel(1);
            switch (pcm) {
                case INT16 -> int16Stereo(from, offset, l, r, frames);
                case INT24 -> int24Stereo(from, offset, l, r, frames);
                case FLOAT32 -> float32Stereo(from, offset, l, r, frames);
                case FLOAT64 -> float64Stereo(from, offset, l, r, frames);
                default -> channels(pcm, from, offset, block, frames);
            }
        } else {
            channels(pcm, from, offset, block, frames);
        }
    }

    private static void channels(Pcm pcm, byte[] from, int offset, AudioBlock block, int frames) {
        int stride = block.channels() * pcm.bytes();
        for (int c = 0; c < block.channels(); c++) {
            channel(pcm, from, offset + c * pcm.bytes(), stride, block.channel(c), frames);
        }
    }

    private static void channel(Pcm pcm, byte[] from, int offset, int stride, double[] x, int frames) {
        switch (pcm) {
            case UINT8 -> {
                for (int i = 0, o = offset; i < frames; i++, o += stride) {
                    x[i] = scaled8((from[o] & 0xFF) - 128);
                }
            }
            case INT16 -> {
                for (int i = 0, o = offset; i < frames; i++, o += stride) {
                    x[i] = scaled16((short) SHORT.get(from, o));
                }
            }
            case INT24 -> {
                for (int i = 0, o = offset; i < frames; i++, o += stride) {
                    x[i] = scaled24(int24(from, o));
                }
            }
            case INT32 -> {
                for (int i = 0, o = offset; i < frames; i++, o += stride) {
                    x[i] = scaled32((int) INT.get(from, o));
                }
            }
            case FLOAT32 -> {
                for (int i = 0, o = offset; i < frames; i++, o += stride) {
                    x[i] = Float.intBitsToFloat((int) INT.get(from, o));
                }
            }
            case FLOAT64 -> {
                for (int i = 0, o = offset; i < frames; i++, o += stride) {
                    x[i] = Double.longBitsToDouble((long) LONG.get(from, o));
                }
            }
        }
    }

    private static double scaled8(int value) {
        return Double.longBitsToDouble(ZERO_8 + value) - ROUND_8;
    }

    private static double scaled16(int value) {
        return Double.longBitsToDouble(ZERO_16 + value) - ROUND_16;
    }

    private static double scaled24(int value) {
        return Double.longBitsToDouble(ZERO_24 + value) - ROUND_24;
    }

    private static double scaled32(int value) {
        return Double.longBitsToDouble(ZERO_32 + value) - ROUND_32;
    }

    private static int int24(byte[] from, int o) {
        return (from[o] & 0xFF) | (from[o + 1] & 0xFF) << 8 | from[o + 2] << 16;
    }

    private static void int16Mono(byte[] from, int offset, double[] x, int frames) {
        for (int i = 0; i < frames; i++) {
            x[i] = scaled16((short) SHORT.get(from, offset + 2 * i));
        }
    }

    private static void int16Stereo(byte[] from, int offset, double[] l, double[] r, int frames) {
        for (int i = 0; i < frames; i++) {
            int both = (int) INT.get(from, offset + 4 * i);
            l[i] = scaled16((short) both);
            r[i] = scaled16(both >> 16);
        }
    }

    /** Two samples are six bytes: the first is the low end of the int at 0, the second the high end of the int at 2. */
    private static void int24Mono(byte[] from, int offset, double[] x, int frames) {
        int pairs = frames / 2;
        for (int i = 0; i < pairs; i++) {
            x[2 * i] = scaled24((int) INT.get(from, offset + 6 * i) << 8 >> 8);
            x[2 * i + 1] = scaled24((int) INT.get(from, offset + 6 * i + 2) >> 8);
        }
        if (frames % 2 == 1) {
            x[frames - 1] = scaled24(int24(from, offset + 3 * (frames - 1)));
        }
    }

    /** A frame is six bytes, read as {@link #int24Mono} reads a pair. */
    private static void int24Stereo(byte[] from, int offset, double[] l, double[] r, int frames) {
        for (int i = 0; i < frames; i++) {
            l[i] = scaled24((int) INT.get(from, offset + 6 * i) << 8 >> 8);
            r[i] = scaled24((int) INT.get(from, offset + 6 * i + 2) >> 8);
        }
    }

    private static void float32Mono(byte[] from, int offset, double[] x, int frames) {
        for (int i = 0; i < frames; i++) {
            x[i] = Float.intBitsToFloat((int) INT.get(from, offset + 4 * i));
        }
    }

    private static void float32Stereo(byte[] from, int offset, double[] l, double[] r, int frames) {
        for (int i = 0; i < frames; i++) {
            l[i] = Float.intBitsToFloat((int) INT.get(from, offset + 8 * i));
            r[i] = Float.intBitsToFloat((int) INT.get(from, offset + 8 * i + 4));
        }
    }

    private static void float64Stereo(byte[] from, int offset, double[] l, double[] r, int frames) {
        for (int i = 0; i < frames; i++) {
            l[i] = Double.longBitsToDouble((long) LONG.get(from, offset + 16 * i));
            r[i] = Double.longBitsToDouble((long) LONG.get(from, offset + 16 * i + 8));
        }
    }
}
