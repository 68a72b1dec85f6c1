package io.mixgraph.wav;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.ChannelLayout;
import io.mixgraph.audio.FrameSink;
import io.mixgraph.audio.FrameSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpoolTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 6})
    void whatIsWrittenIsReadBitForBitFromAnywhere(int channels) throws IOException {
        AudioFormat format = new AudioFormat(48_000, ChannelLayout.ofCount(channels));
        int frames = 50_000;
        AudioBlock signal = new AudioBlock(channels, frames);
        SplittableRandom random = new SplittableRandom(channels);
        for (int c = 0; c < channels; c++) {
            for (int i = 0; i < frames; i++) {
                signal.channel(c)[i] = Double.longBitsToDouble(random.nextLong());
            }
        }
        try (Spool spool = Spool.create(folder, "master", format)) {
            assertThat(spool.frames()).isZero();
            try (FrameSink sink = spool.sink()) {
                sink.write(signal, frames);
                sink.write(signal, 1);
            }
            spool.sink().close();
            assertThat(spool.frames()).isEqualTo(frames + 1);
            assertThatThrownBy(() -> spool.sink().write(signal, 1)).hasMessageContaining("closed");
            FrameSource one = spool.open(40_000);
            try (FrameSource other = spool.open(0)) {
                AudioBlock block = new AudioBlock(channels, 20_000);
                assertThat(one.read(block, 20_000)).isEqualTo(10_001);
                assertSame(block, 0, signal, 40_000, 10_000);
                assertSame(block, 10_000, signal, 0, 1);
                assertThat(one.read(block, 20_000)).isZero();
                assertThat(other.read(block, 777)).isEqualTo(777);
                assertSame(block, 0, signal, 0, 777);
                one.close();
                assertThat(other.read(block, 20_000)).isEqualTo(20_000);
                assertSame(block, 0, signal, 777, 20_000);
            }
        }
    }

    @Test
    void nothingStaysBehind() throws IOException {
        AudioFormat format = new AudioFormat(48_000, ChannelLayout.MONO);
        Spool spool = Spool.create(folder, "master", format);
        try (FrameSink sink = spool.sink()) {
            sink.write(new AudioBlock(1, 10), 10);
        }
        FrameSource source = spool.open(0);
        spool.close();
        spool.close();
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
        assertThatThrownBy(() -> source.read(new AudioBlock(1, 10), 10))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("master (temporary file in " + folder + "): frame 0: ");
    }

    @Test
    void aFolderThatIsNotThereIsNamed() {
        Path missing = folder.resolve("missing");
        assertThatThrownBy(() -> Spool.create(missing, "master", new AudioFormat(48_000, ChannelLayout.MONO)))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(missing + ": no temporary file can be made here");
    }

    @Test
    void sizesAreKnownBeforehand() {
        assertThat(Spool.fileBytes(new AudioFormat(48_000, ChannelLayout.STEREO), 1000))
                .isEqualTo(16_000);
    }

    private static void assertSame(AudioBlock read, int from, AudioBlock signal, int at, int count) {
        for (int c = 0; c < read.channels(); c++) {
            for (int i = 0; i < count; i++) {
                long expected = Double.doubleToRawLongBits(signal.channel(c)[at + i]);
                assertThat(Double.doubleToRawLongBits(read.channel(c)[from + i]) == expected)
                        .isTrue();
            }
        }
    }
}
