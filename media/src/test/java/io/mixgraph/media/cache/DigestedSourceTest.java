package io.mixgraph.media.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioSource;
import io.mixgraph.audio.ChannelLayout;
import io.mixgraph.audio.FrameSource;
import io.mixgraph.testing.MemorySource;
import io.mixgraph.wav.WavFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DigestedSourceTest {
    @TempDir
    Path place;

    private final FileDigests digests = new FileDigests(CacheFolder.none());

    @Test
    void itIsTheRecordingWithADigest() throws IOException {
        Path file = Files.write(place.resolve("a.wav"), truncatedWav());
        AudioSource plain = WavFile.of(file, "song/a.wav");
        AudioSource source = DigestedSource.open(file, "song/a.wav", digests, name -> WavFile.of(file, name));
        assertThat(source.name()).isEqualTo("song/a.wav");
        assertThat(source.format()).isEqualTo(plain.format());
        assertThat(source.format().layout()).isEqualTo(ChannelLayout.MONO);
        assertThat(source.frames()).isEqualTo(plain.frames()).isEqualTo(4);
        assertThat(source.warnings()).isEqualTo(plain.warnings());
        assertThat(source.backend()).isNull();
        assertThat(source.original()).isSameAs(source);
        assertThat(source.digest()).isEqualTo(digests.of(file));
        try (FrameSource stream = source.open(3)) {
            AudioBlock block = new AudioBlock(1, 10);
            assertThat(stream.format()).isEqualTo(plain.format());
            assertThat(stream.read(block, 10)).isEqualTo(1);
            assertThat(block.channel(0)[0]).isEqualTo(4.0 / 32_768);
        }
    }

    @Test
    void whatOpeningSaysIsSaid() throws IOException {
        Path file = Files.writeString(place.resolve("a.wav"), "no sound");
        assertThatThrownBy(() -> DigestedSource.open(file, "a.wav", digests, name -> WavFile.of(file, name)))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("a.wav: ");
        assertThatThrownBy(() -> DigestedSource.open(
                        place.resolve("b.wav"),
                        "song/b.wav",
                        digests,
                        name -> MemorySource.impulse(name, 48_000, 1, 1, 0)))
                .isInstanceOf(IOException.class)
                .hasMessage("song/b.wav: there is no such file");
    }

    /** A header that promises more than there is, so that there is something to warn of. */
    private static byte[] truncatedWav() {
        ByteBuffer wav = ByteBuffer.allocate(52).order(ByteOrder.LITTLE_ENDIAN);
        wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(1_036);
        wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        wav.putShort((short) 1).putShort((short) 1).putInt(48_000).putInt(96_000);
        wav.putShort((short) 2).putShort((short) 16);
        wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(1_000);
        for (short sample = 1; sample <= 4; sample++) {
            wav.putShort(sample);
        }
        return wav.array();
    }
}
