package io.mixgraph.wav;

import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.SampleEncoding;

/**
 * A WAV file that is to be written: everything that decides how large it becomes.
 *
 * @param format rate and channels
 * @param encoding how samples are stored
 * @param frames exactly how many, 0 or more
 * @param rf64 whether it is RF64 (EBU Tech 3306) whatever its size; else only once the sizes of RIFF do not suffice
 * @param tags what it says of the recording
 */
public record WavPlan(AudioFormat format, SampleEncoding encoding, long frames, boolean rf64, WavTags tags) {
    /** @throws IllegalArgumentException when there are fewer than 0 frames */
    public WavPlan {
        if (frames < 0) {
            throw new IllegalArgumentException("a file cannot have " + frames + " frames");
        }
    }

    /** A file that says nothing of the recording, and is RF64 only when it has to be. */
    public static WavPlan of(AudioFormat format, SampleEncoding encoding, long frames) {
        return new WavPlan(format, encoding, frames, false, WavTags.NONE);
    }

    /**
     * The exact size of the file in bytes.
     *
     * @throws ArithmeticException when that is more than a long holds
     */
    public long fileBytes() {
        return WavChunks.fileBytes(this);
    }

    /** The size of all samples in bytes. */
    long dataBytes() {
        return Math.multiplyExact(frames, frameBytes());
    }

    /** The size of a frame in bytes. */
    long frameBytes() {
        return (long) format.channels() * encoding.bytes();
    }
}
