package io.mixgraph.audio;

/**
 * The shape of a signal.
 *
 * @param sampleRate frames per second, 1000 to 768000
 * @param layout what each channel is
 */
public record AudioFormat(int sampleRate, ChannelLayout layout) {
    public static final int MIN_SAMPLE_RATE = 1_000;
    public static final int MAX_SAMPLE_RATE = 768_000;

    public AudioFormat {
        if (sampleRate < MIN_SAMPLE_RATE || sampleRate > MAX_SAMPLE_RATE) {
            throw new IllegalArgumentException(
                    "sample rate " + sampleRate + " is outside " + MIN_SAMPLE_RATE + ".." + MAX_SAMPLE_RATE);
        }
    }

    /** The number of channels. */
    public int channels() {
        return layout.channels();
    }
}
