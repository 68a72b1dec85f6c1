package io.mixgraph.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mixgraph.MixEngine;
import io.mixgraph.audio.AudioSource;
import io.mixgraph.audio.Decibels;
import io.mixgraph.audio.SampleEncoding;
import io.mixgraph.model.BusConfig;
import io.mixgraph.model.LimiterConfig;
import io.mixgraph.model.LoudnessConfig;
import io.mixgraph.model.Master;
import io.mixgraph.model.Output;
import io.mixgraph.model.Session;
import io.mixgraph.model.StemOutput;
import io.mixgraph.model.Track;
import io.mixgraph.testing.MemorySource;
import io.mixgraph.testing.MemoryTarget;
import io.mixgraph.wav.WavFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is far too loud, far too quiet, or no number. */
class ExtremeLevelsTest {
    private static final int RATE = 48_000;
    private static final int FRAMES = 24_000;

    private final MemoryTarget files = new MemoryTarget();

    private RenderReport render(Session session, AudioSource source) throws Exception {
        MixEngine engine = new MixEngine(2, 480);
        return engine.render(engine.plan(session, name -> source), files, RenderMonitor.SILENT);
    }

    private static MemorySource square(double amplitude) {
        double[][] samples = new double[2][FRAMES];
        for (int i = 0; i < FRAMES; i++) {
            samples[0][i] = i / 24 % 2 == 0 ? amplitude : -amplitude;
            samples[1][i] = -samples[0][i];
        }
        return new MemorySource("square", RATE, samples);
    }

    /** The largest magnitude; NaN when any sample is. */
    private static double peak(double[] samples) {
        return Arrays.stream(samples).map(Math::abs).max().orElse(0);
    }

    private static Session session(double gainDb) {
        return Session.of("s", List.of(Track.of("t", "x").withRole("kick").withGainDb(gainDb)));
    }

    @ParameterizedTest
    @CsvSource({"square, 0", "square, 40", "noise, 0", "noise, 40", "noise, 60"})
    void theLimiterHoldsItsCeilingAtAnyLevel(String kind, double gainDb) throws Exception {
        AudioSource source = kind.equals("square") ? square(1) : MemorySource.noise("noise", RATE, 2, FRAMES, 1, 7);
        RenderReport report = render(session(gainDb), source);
        assertThat(report.loudnormMetrics().outputTp()).isLessThanOrEqualTo(-1.0);
        assertThat(report.loudnormMetrics().limiterMaxReductionDb()).isPositive();
        double ceiling = Decibels.toGain(-1);
        for (double[] channel : files.file("master")) {
            assertThat(peak(channel)).isBetween(0.1, ceiling);
        }
        for (double[] channel : files.file("drums")) {
            assertThat(peak(channel)).isFinite();
        }
    }

    @Test
    void aLoudnessTargetIsReachedFromFortyDecibelsAbove() throws Exception {
        Session session = session(40).withMaster(Master.EMPTY.withLoudness(LoudnessConfig.of(-20, -1)));
        RenderReport report = render(session, square(1));
        assertThat(report.loudnormMetrics().outputI()).isBetween(-20.05, -19.95);
        assertThat(report.loudnormMetrics().outputTp()).isLessThanOrEqualTo(-1.0);
    }

    @ParameterizedTest
    @CsvSource({"4.9e-324", "1e-320", "1e-310", "2.3e-308", "1e-300", "1e-45", "1e-39"})
    void denormalsStayFiniteAndSmall(double amplitude) throws Exception {
        render(session(40), square(amplitude));
        files.files().forEach((id, channels) -> {
            for (double[] channel : channels) {
                assertThat(peak(channel)).as(id).isLessThanOrEqualTo(1000 * amplitude);
            }
        });
    }

    @ParameterizedTest
    @CsvSource({"NaN, NaN", "Infinity, infinity", "-Infinity, infinity"})
    void whatIsNoNumberIsNamedWithItsFileAndFrame(float bad, String word, @TempDir Path folder) throws Exception {
        Path path = folder.resolve("bad.wav");
        float[] samples = new float[FRAMES];
        samples[12_345] = bad;
        Files.write(path, floatWav(samples));
        Session session = session(0);
        WavFile source = WavFile.of(path, "takes/bad.wav");
        assertThatThrownBy(() -> render(session, source))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("takes/bad.wav")
                .hasMessageContaining("frame 12345")
                .hasMessageContaining(word);
    }

    /** A mono WAV file of 32-bit floats: format tag 3. */
    private static byte[] floatWav(float[] samples) {
        ByteBuffer bytes = ByteBuffer.allocate(44 + 4 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + 4 * samples.length);
        bytes.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        bytes.putShort((short) 3).putShort((short) 1).putInt(RATE).putInt(4 * RATE);
        bytes.putShort((short) 4).putShort((short) 32);
        bytes.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(4 * samples.length);
        for (float sample : samples) {
            bytes.putFloat(sample);
        }
        return bytes.array();
    }

    private static Session unlimited() {
        return session(0)
                .withBusPreset("none")
                .withBuses(List.of(BusConfig.of("drums").withTrackRoles(List.of("kick"))))
                .withMaster(Master.EMPTY.withLimiter(LimiterConfig.OFF));
    }

    private static MemorySource over() {
        double[][] samples = new double[2][FRAMES];
        samples[0][100] = 1.25;
        samples[1][7_777] = -1.5;
        samples[0][9_000] = 1.5;
        return new MemorySource("over", RATE, samples);
    }

    /** 20 log₁₀ 1.5 = 3.52. */
    @Test
    void anOverInTheMasterIsNamedWithItsPeakAndFrame() {
        assertThatThrownBy(() -> render(unlimited(), over()))
                .isInstanceOf(ClippedException.class)
                .hasMessageStartingWith("master.wav: ")
                .hasMessageContaining("3.52 dBFS at frame 7777")
                .hasMessageContaining("limiter");
    }

    @Test
    void anOverInAStemIsNamedWithItsPeakAndFrame() {
        Output output = Output.DEFAULT.withStems(StemOutput.DEFAULT.withEncoding(SampleEncoding.PCM24));
        Session limited = unlimited().withMaster(Master.EMPTY).withOutput(output);
        assertThatThrownBy(() -> render(limited, over()))
                .isInstanceOf(ClippedException.class)
                .hasMessageStartingWith("stems/drums.wav: ")
                .hasMessageContaining("3.52 dBFS at frame 7777");
    }
}
