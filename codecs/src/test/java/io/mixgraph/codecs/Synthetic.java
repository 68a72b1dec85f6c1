package io.mixgraph.codecs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The sound that the encoded files of this module's tests hold: 5003 frames of two channels of 16 bits at 44.1 kHz. On
 * the left a tone that rises from 300 Hz to about 8 kHz, which lines up with itself at one shift only; on the right 997
 * Hz that decays and starts anew every 1250 frames. Both begin at full strength, so a lost first frame shows.
 */
final class Synthetic {
    static final int RATE = 44_100;
    static final int FRAMES = 5_003;

    private Synthetic() {}

    static short sample(int channel, int frame) {
        double t = (double) frame / RATE;
        double value = channel == 0
                ? 0.5 * StrictMath.cos(2.0 * StrictMath.PI * (300.0 * t + 34_000.0 * t * t))
                : 0.4 * StrictMath.cos(2.0 * StrictMath.PI * 997.0 * t) * StrictMath.exp(-(frame % 1250) / 450.0);
        return (short) StrictMath.rint(value * 32767.0);
    }

    /** Writes the sound as raw interleaved little-endian samples, for an encoder to read. */
    public static void main(String[] args) throws IOException {
        ByteBuffer raw = ByteBuffer.allocate(FRAMES * 4).order(ByteOrder.LITTLE_ENDIAN);
        for (int frame = 0; frame < FRAMES; frame++) {
            raw.putShort(sample(0, frame)).putShort(sample(1, frame));
        }
        Files.write(Path.of(args[0]), raw.array());
    }
}
