package io.mixgraph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.AudioSource;
import io.mixgraph.audio.ChannelLayout;
import io.mixgraph.audio.FrameSource;
import io.mixgraph.audio.SampleEncoding;
import io.mixgraph.wav.BroadcastOrigin;
import io.mixgraph.wav.WavWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

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

    /** Writes mono noise, uniform and always the same, in 32-bit float at {@link #RATE}. */
    static Path noise(Path file, long seed, double amplitude, int frames) throws IOException {
        Random random = new Random(seed);
        AudioBlock block = new AudioBlock(1, frames);
        for (int i = 0; i < frames; i++) {
            block.channel(0)[i] = (float) (amplitude * (2 * random.nextDouble() - 1));
        }
        AudioFormat format = new AudioFormat(RATE, ChannelLayout.MONO);
        try (WavWriter writer =
                WavWriter.create(file, format, SampleEncoding.FLOAT32, frames, new BroadcastOrigin("noise", 0))) {
            writer.write(block, frames);
        }
        return file;
    }

    /**
     * Writes the recordings of a band, one second and a half each: {@code kick.wav} on drums, {@code low.wav} on bass,
     * {@code voice.wav} on vocals and {@code pad.wav} on other.
     *
     * @return the document's text up to and without {@code output}
     */
    static String band(Path folder) throws IOException {
        int frames = 3 * RATE / 2;
        sine(folder.resolve("kick.wav"), 60, 0.5, frames);
        sine(folder.resolve("low.wav"), 110, 0.25, frames);
        noise(folder.resolve("voice.wav"), 1, 0.3, frames);
        noise(folder.resolve("pad.wav"), 2, 0.1, frames);
        return """
                mixgraph: 1
                name: Band
                tracks:
                  - {id: kick, role: kick, source: kick.wav}
                  - {id: low, role: bass, source: low.wav}
                  - {id: voice, role: lead_vocal, source: voice.wav, pan: 0.2}
                  - {id: pad, role: synth_pad, source: pad.wav, pan: -0.4}
                master: {loudness: {target_lufs: -14, true_peak_db: -1}}
                """;
    }

    /** All samples of a file, by channel. */
    static double[][] samples(Path file) throws IOException {
        return samples(AudioFiles.open(file, file.toString()));
    }

    static double[][] samples(AudioSource source) throws IOException {
        int channels = source.format().channels();
        int frames = (int) source.frames();
        AudioBlock block = new AudioBlock(channels, frames);
        try (FrameSource stream = source.open(0)) {
            assertThat(stream.read(block, frames)).as(source.name()).isEqualTo(frames);
        }
        double[][] samples = new double[channels][];
        for (int c = 0; c < channels; c++) {
            samples[c] = Arrays.copyOf(block.channel(c), frames);
        }
        return samples;
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

    /** The SHA-256 of every file in a folder, by its path in it. */
    static Map<String, String> digests(Path folder) throws IOException {
        Map<String, String> digests = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                digests.put(folder.relativize(file).toString(), Digest.sha256(file));
            }
        }
        return digests;
    }
}
