package io.mixgraph.codecs;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.bytedeco.ffmpeg.global.avutil;

/** How a codec hands out samples: integers, full scale at 2^(bits − 1), or floating point, full scale at 1. */
enum SampleType {
    U8(1, avutil.AV_SAMPLE_FMT_U8, avutil.AV_SAMPLE_FMT_U8P),
    S16(2, avutil.AV_SAMPLE_FMT_S16, avutil.AV_SAMPLE_FMT_S16P),
    S32(4, avutil.AV_SAMPLE_FMT_S32, avutil.AV_SAMPLE_FMT_S32P),
    FLOAT32(4, avutil.AV_SAMPLE_FMT_FLT, avutil.AV_SAMPLE_FMT_FLTP),
    FLOAT64(8, avutil.AV_SAMPLE_FMT_DBL, avutil.AV_SAMPLE_FMT_DBLP);

    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final int bytes;
    private final int interleaved;
    private final int planar;

    SampleType(int bytes, int interleaved, int planar) {
        this.bytes = bytes;
        this.interleaved = interleaved;
        this.planar = planar;
    }

    /** Bytes per sample. */
    int bytes() {
        return bytes;
    }

    /** Whether FFmpeg's sample format is this type, in one plane or in many. */
    boolean is(int format) {
        return format == interleaved || format == planar;
    }

    /** FFmpeg's sample format of this type, with one plane per channel or interleaved. */
    int format(boolean inPlanes) {
        return inPlanes ? planar : interleaved;
    }

    /** Whether FFmpeg's sample format, which {@link #is} this type, has one plane per channel. */
    boolean isPlanar(int format) {
        return format == planar;
    }

    /** The byte that silence is made of. */
    byte silence() {
        return this == U8 ? (byte) 0x80 : 0;
    }

    /** Copies one plane into its place among {@code channels} interleaved ones. */
    void interleave(byte[] plane, byte[] pcm, int channel, int channels, int frames) {
        switch (bytes) {
            case 1 -> {
                for (int i = 0; i < frames; i++) {
                    pcm[i * channels + channel] = plane[i];
                }
            }
            case 2 -> {
                for (int i = 0; i < frames; i++) {
                    SHORTS.set(pcm, 2 * (i * channels + channel), (short) SHORTS.get(plane, 2 * i));
                }
            }
            case 4 -> {
                for (int i = 0; i < frames; i++) {
                    INTS.set(pcm, 4 * (i * channels + channel), (int) INTS.get(plane, 4 * i));
                }
            }
            default -> {
                for (int i = 0; i < frames; i++) {
                    LONGS.set(pcm, 8 * (i * channels + channel), (long) LONGS.get(plane, 8 * i));
                }
            }
        }
    }

    /**
     * Takes one channel out of interleaved little-endian samples, to full scale at ±1.
     *
     * @param first the frame of {@code pcm} to begin at
     * @param at where in {@code to} it goes
     */
    void decode(byte[] pcm, int first, int channel, int channels, double[] to, int at, int frames) {
        int start = first * channels + channel;
        switch (this) {
            case U8 -> {
                for (int i = 0; i < frames; i++) {
                    to[at + i] = ((pcm[start + i * channels] & 0xFF) - 128) * 0x1p-7;
                }
            }
            case S16 -> {
                for (int i = 0; i < frames; i++) {
                    to[at + i] = (short) SHORTS.get(pcm, 2 * (start + i * channels)) * 0x1p-15;
                }
            }
            case S32 -> {
                for (int i = 0; i < frames; i++) {
                    to[at + i] = (int) INTS.get(pcm, 4 * (start + i * channels)) * 0x1p-31;
                }
            }
            case FLOAT32 -> {
                for (int i = 0; i < frames; i++) {
                    to[at + i] = Float.intBitsToFloat((int) INTS.get(pcm, 4 * (start + i * channels)));
                }
            }
            case FLOAT64 -> {
                for (int i = 0; i < frames; i++) {
                    to[at + i] = Double.longBitsToDouble((long) LONGS.get(pcm, 8 * (start + i * channels)));
                }
            }
        }
    }

    /**
     * Puts samples, full scale at ±1, into their places among little-endian ones: the inverse of {@link #decode}, exact
     * for what the type holds.
     *
     * @param at the index in {@code to}, in samples, of the first one
     * @param stride from one to the next, in samples
     * @throws IllegalArgumentException for a type that no encoder here takes
     */
    void encode(double[] from, int first, byte[] to, int at, int stride, int frames) {
        switch (this) {
            case S16 -> {
                for (int i = 0; i < frames; i++) {
                    SHORTS.set(to, 2 * (at + i * stride), (short) Math.rint(from[first + i] * 0x1p15));
                }
            }
            case S32 -> {
                for (int i = 0; i < frames; i++) {
                    INTS.set(to, 4 * (at + i * stride), (int) Math.rint(from[first + i] * 0x1p31));
                }
            }
            case FLOAT32 -> {
                for (int i = 0; i < frames; i++) {
                    INTS.set(to, 4 * (at + i * stride), Float.floatToRawIntBits((float) from[first + i]));
                }
            }
            default -> throw new IllegalArgumentException("nothing is encoded from " + this);
        }
    }
}
