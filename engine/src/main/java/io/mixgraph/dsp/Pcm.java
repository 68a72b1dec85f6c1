package io.mixgraph.dsp;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.SampleEncoding;

/**
 * A linear encoding of samples as little-endian bytes, frames interleaved. Integers of {@code bits} bits hold value ·
 * 2^(bits − 1): full scale is −1 to just below +1.
 */
public enum Pcm {
    /** 8 bits, unsigned, silence at 128. */
    UINT8(8, true),
    INT16(16, true),
    INT24(24, true),
    INT32(32, true),
    /** IEEE 754 single precision. */
    FLOAT32(32, false),
    /** IEEE 754 double precision. */
    FLOAT64(64, false);

    private final int bits;
    private final boolean integer;

    Pcm(int bits, boolean integer) {
        this.bits = bits;
        this.integer = integer;
    }

    /** The encoding of a file that is written. */
    public static Pcm of(SampleEncoding encoding) {
        return switch (encoding) {
            case PCM16 -> INT16;
            case PCM24 -> INT24;
            case FLOAT32 -> FLOAT32;
        };
    }

    /** Bits per sample. */
    public int bits() {
        return bits;
    }

    /** Bytes per sample. */
    public int bytes() {
        return bits / 8;
    }

    /** Whether samples are integers, which cannot hold +1 or more. */
    public boolean integer() {
        return integer;
    }

    /**
     * Turns bytes into samples, exactly.
     *
     * @param from frames of {@code block.channels()} samples, not changed
     * @param offset where in {@code from} the first frame starts
     * @param block the caller's; the first {@code frames} frames are written
     * @param frames how many
     */
    public void decode(byte[] from, int offset, AudioBlock block, int frames) {
        PcmDecoding.decode(this, from, offset, block, frames);
    }

    /**
     * Turns samples into bytes. {@link #FLOAT64} is exact; the others round to nearest, half to even, which is exact
     * for what a {@link Quantiser} left.
     *
     * @param block the caller's, not changed
     * @param frames how many of its frames
     * @param to takes frames of {@code block.channels()} samples
     * @param offset where in {@code to} the first frame starts
     * @return false when a sample is beyond what the integers hold, or NaN: the bytes are then not to be used
     */
    public boolean encode(AudioBlock block, int frames, byte[] to, int offset) {
        return PcmEncoding.encode(this, block, frames, to, offset);
    }
}
