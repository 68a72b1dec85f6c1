package io.mixgraph.audio;

import java.util.Arrays;

/**
 * A reusable buffer of consecutive frames, one {@code double[]} per channel, full scale at ±1. Data always starts at
 * index 0, because loops over same-index arrays are the ones the JIT vectorises; how many frames are valid is passed
 * beside the block. Whoever creates a block owns it; a method that is handed one may use it until it returns and never
 * keeps it.
 */
public final class AudioBlock {
    private final double[][] samples;
    private final int capacity;

    /**
     * @param channels number of channels, at least 1
     * @param capacity frames it can hold, at least 1
     */
    public AudioBlock(int channels, int capacity) {
        if (channels < 1 || capacity < 1) {
            throw new IllegalArgumentException("a block needs channels and frames: " + channels + " × " + capacity);
        }
        this.samples = new double[channels][capacity];
        this.capacity = capacity;
    }

    public int channels() {
        return samples.length;
    }

    /** Frames the block can hold. */
    public int capacity() {
        return capacity;
    }

    /** The live samples of one channel, {@link #capacity} long; the block keeps owning them. */
    public double[] channel(int channel) {
        return samples[channel];
    }

    /** Sets the first {@code frames} frames of every channel to +0.0. */
    public void clear(int frames) {
        for (double[] channel : samples) {
            Arrays.fill(channel, 0, frames, 0.0);
        }
    }

    /** Copies the first {@code frames} frames of {@code from}, which has as many channels, into this block. */
    public void copyFrom(AudioBlock from, int frames) {
        for (int c = 0; c < samples.length; c++) {
            System.arraycopy(from.samples[c], 0, samples[c], 0, frames);
        }
    }
}
