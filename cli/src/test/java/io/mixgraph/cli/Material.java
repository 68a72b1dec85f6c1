package io.mixgraph.cli;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.ChannelLayout;
import io.mixgraph.audio.SampleEncoding;
import io.mixgraph.wav.BroadcastOrigin;
import io.mixgraph.wav.WavWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Recordings and sessions to run commands on. */
final class Material {
    static final int RATE = 48_000;

    private Material() {}

    /** Writes a mono sine in 32-bit float at {@link #RATE}. */
    static Path sine(Path file, double frequencyHz, double amplitude, int frames) throws IOException {
        AudioBlock block = new AudioBlock(1, frames);
        for (int i = 0; i < frames; i++) {
            block.channel(0)[i] = (float) (amplitude * StrictMath.sin(2 * StrictMath.PI * frequencyHz * i / RATE));
        }
        AudioFormat format = new AudioFormat(RATE, ChannelLayout.MONO);
        try (WavWriter writer =
                WavWriter.create(file, format, SampleEncoding.FLOAT32, frames, new BroadcastOrigin("sine", 0))) {
            writer.write(block, frames);
        }
        return file;
    }

    /** Writes {@code song.yaml} with a kick and a bass of unequal lengths beside it. */
    static Path song(Path folder) throws IOException {
        sine(folder.resolve("kick.wav"), 60, 0.5, 2 * RATE);
        sine(folder.resolve("bass.wav"), 110, 0.25, 3 * RATE);
        return document(folder, "song.yaml", """
                mixgraph: 1
                name: Song
                tracks:
                  - {id: kick, role: kick, source: kick.wav, gain_db: -3}
                  - {id: low, role: bass, source: bass.wav}
                master: {loudness: {target_lufs: -16, true_peak_db: -1}}
                """);
    }

    static Path document(Path folder, String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
