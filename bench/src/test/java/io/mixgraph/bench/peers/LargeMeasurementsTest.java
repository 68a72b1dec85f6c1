package io.mixgraph.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.ChannelLayout;
import io.mixgraph.audio.SampleEncoding;
import io.mixgraph.wav.BroadcastOrigin;
import io.mixgraph.wav.WavPlan;
import io.mixgraph.wav.WavTags;
import io.mixgraph.wav.WavWriter;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LargeMeasurementsTest {
    private static final AudioFormat STEREO = new AudioFormat(48_000, ChannelLayout.STEREO);
    private static final int FRAMES = 1000;

    @TempDir
    private Path folder;

    private Path written(boolean rf64) throws IOException {
        Path path = folder.resolve(rf64 + ".wav");
        WavPlan plan = new WavPlan(STEREO, SampleEncoding.PCM24, FRAMES, rf64, WavTags.NONE);
        try (WavWriter writer = WavWriter.create(path, "file", plan, new BroadcastOrigin("file", 0))) {
            writer.write(new AudioBlock(2, FRAMES), FRAMES);
        }
        return path;
    }

    @Test
    void onlyRf64OfTheLengthIsRight() throws IOException {
        assertThat(LargeMeasurements.isRf64(written(true), FRAMES)).isTrue();
        assertThat(LargeMeasurements.isRf64(written(true), FRAMES + 1)).isFalse();
        assertThat(LargeMeasurements.isRf64(written(false), FRAMES)).isFalse();
    }
}
