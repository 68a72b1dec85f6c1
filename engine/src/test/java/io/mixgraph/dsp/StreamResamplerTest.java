package io.mixgraph.dsp;

import static org.assertj.core.api.Assertions.assertThat;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.FrameSource;
import io.mixgraph.testing.MemorySource;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamResamplerTest {
    @ParameterizedTest
    @CsvSource({
        "48000, 44100, 1, 512",
        "48000, 44100, 50000, 512",
        "44100, 48000, 30001, 2048",
        "48000, 96000, 20000, 7",
        "96000, 48000, 65536, 65536",
        "44099, 48000, 9000, 100",
        "192000, 8000, 100000, 4096"
    })
    void givesTheBitsThatARecordingWouldHave(int from, int to, int frames, int block) throws IOException {
        MemorySource noise = MemorySource.noise("noise", from, 2, frames, 0.5, frames);
        ResamplerDesign design = ResamplerDesign.between(from, to);
        int length = (int) design.outputFrames(frames);
        AudioBlock expected = new AudioBlock(2, Math.max(1, length));
        try (FrameSource source = new ResampledSource(noise, design).open(0)) {
            assertThat(source.read(expected, length)).isEqualTo(length);
        }

        StreamResampler resampler = new StreamResampler(design, 2);
        AudioBlock in = new AudioBlock(2, block + 3);
        AudioBlock out = new AudioBlock(2, resampler.mostFrames(block));
        double[][] all = new double[2][length + out.capacity()];
        int made = 0;
        for (int at = 0; at < frames; at += block) {
            int run = Math.min(block, frames - at);
            for (int c = 0; c < 2; c++) {
                System.arraycopy(noise.channel(c), at, in.channel(c), 3, run);
            }
            int now = resampler.process(in, 3, run, out);
            if (at + run == frames) {
                now += resampler.finish(length - made - now, out, now);
            }
            for (int c = 0; c < 2; c++) {
                System.arraycopy(out.channel(c), 0, all[c], made, now);
            }
            made += now;
        }
        assertThat(made).isGreaterThanOrEqualTo(length);
        for (int c = 0; c < 2; c++) {
            assertThat(Arrays.copyOf(all[c], length)).isEqualTo(Arrays.copyOf(expected.channel(c), length));
        }
    }
}
