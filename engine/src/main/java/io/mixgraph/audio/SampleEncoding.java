package io.mixgraph.audio;

/** How a sample is stored in a file that is written. */
public enum SampleEncoding {
    /** 16-bit integers, with seeded TPDF dither. */
    PCM16(16, true),
    /** 24-bit integers, rounded to nearest. */
    PCM24(24, true),
    /** IEEE 754 single precision, rounded to nearest. */
    FLOAT32(32, false);

    private final int bits;
    private final boolean integer;

    SampleEncoding(int bits, boolean integer) {
        this.bits = bits;
        this.integer = integer;
    }

    /** Bits per sample. */
    public int bits() {
        return bits;
    }

    /** Bytes per sample. */
    public int bytes() {
        return bits / 8;
    }

    /** Whether samples are integers, which cannot hold more than full scale. */
    public boolean integer() {
        return integer;
    }
}
