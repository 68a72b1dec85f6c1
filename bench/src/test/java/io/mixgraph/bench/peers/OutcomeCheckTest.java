package io.mixgraph.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.ChannelLayout;
import io.mixgraph.audio.SampleEncoding;
import io.mixgraph.bench.Job;
import io.mixgraph.bench.Voice;
import io.mixgraph.loudness.LoudnessMeter;
import io.mixgraph.wav.BroadcastOrigin;
import io.mixgraph.wav.WavFile;
import io.mixgraph.wav.WavWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutcomeCheckTest {
    private static final Job JOB = Job.of("8x1");

    @TempDir
    private Path folder;

    private Path reference;
    private Path other;

    @BeforeEach
    void write() throws IOException {
        reference = folder.resolve("reference");
        other = folder.resolve("other");
        write(reference, 0, 0, JOB.frames());
        write(other, 0, 0, JOB.frames());
    }

    /** Four stems and their sum, as master and as what it is made of. */
    private static void write(Path folder, int lateFrames, double offset, long frames) throws IOException {
        Files.createDirectories(folder.resolve("stems"));
        double[] sum = new double[(int) frames];
        for (Job.Bus bus : JOB.buses()) {
            double[] signal = signal(bus.id(), lateFrames, (int) frames);
            write(folder.resolve("stems/" + bus.id() + ".wav"), signal);
            for (int i = 0; i < sum.length; i++) {
                sum[i] += signal[i];
            }
        }
        for (int i = 0; i < sum.length; i++) {
            sum[i] += offset;
        }
        write(folder.resolve("pre_master.wav"), sum);
        write(folder.resolve("master.wav"), sum);
    }

    private static double[] signal(String bus, int lateFrames, int frames) {
        double[] played = new double[frames];
        new Voice(Voice.Instrument.DRUMS, bus.hashCode(), 0).play(played);
        double[] signal = new double[frames];
        for (int i = lateFrames; i < frames; i++) {
            signal[i] = Math.rint(0.25 * played[i - lateFrames] * 0x1p20) / 0x1p20;
        }
        return signal;
    }

    private static void write(Path file, double[] signal) throws IOException {
        AudioBlock block = new AudioBlock(2, signal.length);
        System.arraycopy(signal, 0, block.channel(0), 0, signal.length);
        System.arraycopy(signal, 0, block.channel(1), 0, signal.length);
        try (WavWriter writer = WavWriter.create(
                file,
                new AudioFormat(Job.SAMPLE_RATE, ChannelLayout.STEREO),
                SampleEncoding.PCM24,
                signal.length,
                new BroadcastOrigin("", 0))) {
            writer.write(block, signal.length);
        }
    }

    private Outcome outcome() throws IOException {
        return OutcomeCheck.of(JOB, other, reference);
    }

    @Test
    void equalFilesAreAlike() throws IOException {
        Outcome outcome = outcome();

        assertThat(outcome.files()).isEqualTo(5);
        assertThat(outcome.wrongLengths()).isZero();
        assertThat(outcome.lateFrames()).isZero();
        assertThat(outcome.masterLateFrames()).isZero();
        assertThat(outcome.likeness()).isEqualTo(1.0);
        assertThat(outcome.residualDbfs()).isEqualTo(Double.NEGATIVE_INFINITY);
        double lufs =
                LoudnessMeter.measure(WavFile.of(other.resolve("master.wav"))).integratedLufs();
        assertThat(outcome.integratedLufs()).isCloseTo(lufs, within(0.005));
    }

    @Test
    void lateFilesAreFound() throws IOException {
        write(other, 960, 0, JOB.frames());

        assertThat(outcome().lateFrames()).isEqualTo(960);
        assertThat(outcome().masterLateFrames()).isEqualTo(960);
    }

    @Test
    void filesOfAnotherLengthAreFound() throws IOException {
        write(other, 0, 0, JOB.frames() - 5);

        assertThat(outcome().wrongLengths()).isEqualTo(5);
    }

    @Test
    void whatStemsDoNotAddUpToIsFound() throws IOException {
        write(other, 0, 0x1p-10, JOB.frames());

        assertThat(outcome().residualDbfs()).isCloseTo(-60.2, within(0.05));
    }

    @Test
    void anotherMixIsFound() throws IOException {
        write(other.resolve("stems/keys.wav"), signal("another", 0, (int) JOB.frames()));

        assertThat(outcome().likeness()).isLessThan(0.9);
    }
}
